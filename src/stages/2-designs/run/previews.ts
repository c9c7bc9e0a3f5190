/**
 * Previews of a refinement: asked on the path that applies it, and kept, so that applying it asks nothing again and
 * changes exactly what was shown.
 */
import { dayIn, newId } from '../../../core/values.ts'
import { notFound } from '../../../core/errors.ts'
import type { Derived } from '../../../garments/index.ts'
import type { Context } from '../../context.ts'
import { movedOn, refused } from '../messages.ts'
import { STYLE } from '../views.ts'
import { readHouse } from '../../0-house/door.ts'
import { pictureToLook, type PictureOptions } from '../pictures/pictures.ts'
import type { Refined } from '../refine/refining.ts'
import { generationById, insertGeneration, styleById, versionOf, type StyleRow, type VersionRow } from '../store.ts'

export const PREVIEW = 'designs.preview'

/** A preview as it is kept: what was shown, of which version, for which sentence. */
export interface Kept {
  styleId: string
  versionHash: string
  sentence: string
  refined: Refined
}

export interface Previewed {
  style: StyleRow
  version: VersionRow
  sentence: string
}

/**
 * A style that may still be refined, at the version that was looked at: the current one where none is named.
 * @throws Problem 404, 409 `approvals.moved-on`
 */
export async function openToChange(
  { db }: Context,
  id: string,
  wanted: number | undefined,
): Promise<{ style: StyleRow; version: VersionRow }> {
  const style = await styleById(db.read, id)
  if (!style) throw notFound(STYLE, id)
  const version = await versionOf(db.read, id, style.version)
  if (!version || style.state !== 'proposed' || (wanted ?? style.version) !== style.version) throw movedOn()
  return { style, version }
}

/** Keep what was shown; returns the id to apply it by. What it cost is on the record of the call itself. */
async function keepPreview(
  context: Context,
  { style, version, sentence }: Previewed,
  refined: Refined,
): Promise<string> {
  const { timeZone } = await readHouse(context.db.read)
  const kept: Kept = { styleId: style.id, versionHash: version.hash, sentence, refined }
  const createdAt = context.clock.now()
  const id = newId()
  await context.db.write((tx) =>
    insertGeneration(tx, {
      id,
      purpose: PREVIEW,
      subjectId: style.id,
      record: kept,
      costMicros: 0,
      day: dayIn(createdAt, timeZone),
      createdAt,
    }),
  )
  return id
}

/** What previews are opened with: what would be made is drawn. */
export interface PreviewContext extends Context {
  pictures: PictureOptions
}

const figuresOf = ({ cost, ladder, priceFloor }: Derived) => ({
  cost: cost.base.total,
  price: ladder[0]?.unitPrice ?? priceFloor,
  priceFloor,
})

/** Picture, cost and price as they are and as they would be. @throws Problem 422 where it cannot be drafted */
async function compare(context: PreviewContext, { version }: Previewed, { spec }: Refined) {
  const whole = await context.studio.derive({ spec, rules: version.rules })
  const lead = version.spec.colourways[0]?.id
  const front = version.pictures
    .filter(({ view, colourway }) => view === 'front' && colourway === lead)
    .sort((a, b) => a.width - b.width)[0]
  return {
    before: { ...figuresOf(version.derived), picture: front?.files['webp'] },
    after: { ...figuresOf(whole.derived), picture: await pictureToLook(context, whole, context.pictures) },
    currency: version.derived.currency,
  }
}

/** A refinement as its preview tells it, kept where there is something to apply. */
export async function tellPreview(context: PreviewContext, about: Previewed, refined: Refined) {
  const { changes, notUnderstood, clamped, by, made } = refined
  const told = { version: about.style.version, changes, notUnderstood, clamped, by, ...made }
  if (changes.length === 0) return { ...told, preview: undefined, compared: undefined }
  const compared = await compare(context, about, refined)
  return { ...told, preview: await keepPreview(context, about, refined), compared }
}

/**
 * What was shown under this id.
 * @throws Problem 409 `approvals.preview-gone` where it was of another style, version or sentence
 */
export async function readPreview(
  context: Context,
  { style, version, sentence }: Previewed,
  id: string,
): Promise<Refined> {
  const row = await generationById(context.db.read, id)
  const kept = row?.purpose === PREVIEW ? (row.record as Kept) : undefined
  if (kept && kept.styleId === style.id && kept.versionHash === version.hash && kept.sentence === sentence)
    return kept.refined
  throw refused('approvals.preview-gone', undefined, { field: 'sentence' })
}
