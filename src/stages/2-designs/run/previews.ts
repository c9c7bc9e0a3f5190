/**
 * Previews of a refinement: asked on the path that applies it, and kept, so that applying it asks nothing again and
 * changes exactly what was shown.
 */
import { dayIn, newId } from '../../../core/values.ts'
import { problem } from '../../../core/errors.ts'
import type { Context } from '../../context.ts'
import { readHouse } from '../../0-house/door.ts'
import type { Refined } from '../refine/refining.ts'
import { generationById, insertGeneration, type StyleRow, type VersionRow } from '../store.ts'

export const PREVIEW = 'designs.preview'

interface Kept {
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

/** Keep what was shown; returns the id to apply it by. What it cost is on the record of the call itself. */
export async function keepPreview(
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
      record: { ...kept },
      costMicros: 0,
      day: dayIn(createdAt, timeZone),
      createdAt,
    }),
  )
  return id
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
  const kept = row?.purpose === PREVIEW ? (row.record as unknown as Kept) : undefined
  if (kept && kept.styleId === style.id && kept.versionHash === version.hash && kept.sentence === sentence)
    return kept.refined
  throw problem(
    'approvals.preview-gone',
    409,
    {
      en: 'This preview is of another version or another sentence. Preview the sentence again, then apply it.',
      zh: '该预览对应的是另一个版本或另一句话，请重新预览后再应用。',
    },
    { field: 'sentence' },
  )
}
