/**
 * Building a version: derive in the studio, make and label the pictures, store the bytes, pass the gates. What comes
 * back is complete and not yet stored as a row, so that the caller writes it in the transaction that decides about it.
 */
import { blockFor, styleHash, type HouseRules, type StyleSpec } from '../../../garments/index.ts'
import type { Context } from '../../context.ts'
import { readHouse } from '../../0-house/door.ts'
import type { Moderation } from '../designer/designer.ts'
import { storeGeometry } from '../geometry.ts'
import { noveltyGate, rightsGate, wordsGate } from '../gates/content.ts'
import { followedGate, type FollowedAsked } from '../gates/followed.ts'
import { costGate, identityGate, producibleGate, schemaGate, sourceGate } from '../gates/gates.ts'
import { fingerprintOf, type Earlier } from '../gates/novelty.ts'
import type { Removed } from '../gates/source.ts'
import { openIllustrator } from '../pictures/illustrator.ts'
import type { GenerationNote } from '../model.ts'
import { makePictures, type PictureOptions } from '../pictures/pictures.ts'
import { openLedger } from '../model-designer/ledger.ts'
import { briefTrend } from './briefing.ts'
import { readPreview } from './previews.ts'
import { refineByMeasures } from '../refine/measures.ts'
import { refineStyle, type Refined } from '../refine/refining.ts'
import { earlierStyles, stockOf, trendRows, type BuiltVersion, type StyleRow, type VersionRow } from '../store.ts'

export interface BuildOptions {
  rules: HouseRules
  pictures: PictureOptions
  note: GenerationNote
  /** Styles made before, without the one this is a version of: what novelty is measured against. */
  earlier: readonly Earlier[]
  /** What gate G0 took out of the trends' evidence. */
  removed?: readonly Removed[]
  priceBand?: { min: number; max: number } | undefined
  moderation?: Moderation | undefined
  /** The trends that it is said to follow, and how far it has to. */
  follow: Omit<FollowedAsked, 'stock'>
  /** Whose budget a picture model draws on, and for how many styles that is: the run, or the style refined. */
  subject: { id: string; styles: number }
}

/** Redraws pictures where a picture model is configured. */
const illustratorFor = (context: Context, subject: BuildOptions['subject']) =>
  context.engines.image && {
    illustrator: openIllustrator(context.engines.image, openLedger(context), context.engines.files.intermediate),
    subject,
  }

/**
 * @param spec the style; brought into range on the way
 * @returns the version with its gates in order G0 to G10; it is the caller's to insert
 * @throws Problem 422 `garments.undraftable` and what `normalise` refuses; whatever studio and file store throw
 */
export async function buildVersion(context: Context, spec: StyleSpec, options: BuildOptions): Promise<BuiltVersion> {
  const { rules, note, earlier, removed = [], priceBand, moderation } = options
  const whole = await context.studio.derive({ spec, rules })
  const [pictures, geometryFile] = await Promise.all([
    makePictures(context, whole, options.pictures, illustratorFor(context, options.subject)),
    storeGeometry(context, whole),
  ])
  const { spec: final, derived } = whole
  const block = blockFor(final.category, final.gender)
  const fingerprint = pictures.front ? fingerprintOf(pictures.front) : undefined
  const clamped = [...note.clamped, ...whole.clamped]
  const notes = [...note.notes, ...whole.settled.map(({ reason }) => reason)]
  const gates = [
    sourceGate(removed),
    schemaGate(final, clamped),
    producibleGate(whole),
    costGate(whole, rules, priceBand),
    pictures.pictureGate,
    wordsGate(final, block, derived),
    noveltyGate(final, block, fingerprint, earlier),
    rightsGate(final, moderation),
    pictures.labelGate,
    identityGate(final, derived, rules),
    followedGate(final, block, { ...options.follow, stock: await stockOf(context.db.read) }),
  ]
  return {
    spec: final,
    derived,
    rules,
    gates,
    hash: styleHash(final, derived, rules),
    geometryFile,
    pictures: pictures.stored,
    generation: { ...note, notes, clamped, ...(pictures.illustration ? { illustration: pictures.illustration } : {}) },
  }
}

/** Measures set by their values: nobody is asked, and nothing is understood wrong. */
export async function measureVersion(
  { db }: Context,
  { style, version }: Pick<RefineRequest, 'style' | 'version'>,
  parameters: Readonly<Record<string, number>>,
): Promise<Refined> {
  const trends = (await trendRows(db.read, style.trendIds)).map((row) => briefTrend(row).trend)
  return { ...refineByMeasures(version.spec, parameters, await stockOf(db.read), trends), by: 'rules', made: {} }
}

export interface RefineRequest {
  style: StyleRow
  /** The version the sentence is about; the new one's parent. */
  version: VersionRow
  sentence: string
  pictures: PictureOptions
  /** Of a preview ({@link keepPreview}) that is to be applied as it was shown. */
  preview?: string | undefined
}

/** What a sentence makes of a version: by the model where one is configured and may be asked, else by the rules. */
export async function refineVersion(
  context: Context,
  { style, version, sentence }: Pick<RefineRequest, 'style' | 'version' | 'sentence'>,
): Promise<Refined> {
  const { db, engines } = context
  return refineStyle(version.spec, sentence, {
    stock: await stockOf(db.read),
    trends: (await trendRows(db.read, style.trendIds)).map((row) => briefTrend(row).trend),
    model: engines.language,
    ledger: openLedger(context),
    subjectId: style.id,
  })
}

/**
 * A style refined with a sentence: what changed, what was not understood, and the version built from it – none when
 * nothing changed. Nothing is stored but files and the record of a model's answer.
 */
export async function buildRefinement(
  context: Context,
  { style, version, sentence, pictures, preview }: RefineRequest,
): Promise<{ refined: Refined; built: BuiltVersion | undefined }> {
  const { db } = context
  const asked = { style, version, sentence }
  const refined = await (preview === undefined ? refineVersion(context, asked) : readPreview(context, asked, preview))
  if (refined.changes.length === 0) return { refined, built: undefined }
  const { changes, notUnderstood, clamped, made } = refined
  const briefed = (await trendRows(db.read, style.trendIds)).map(briefTrend)
  const built = await buildVersion(context, refined.spec, {
    // A version is priced by the rules of its style, so that a refinement compares like with like.
    rules: version.rules,
    pictures,
    earlier: await earlierStyles(db.read, refined.spec.category, style.id),
    subject: { id: style.id, styles: 1 },
    removed: briefed.flatMap(({ removed }) => removed),
    follow: {
      trends: briefed.map(({ trend }) => trend),
      limit: (await readHouse(db.read)).trendFidelityPercent / 100,
      refined: true,
    },
    note: {
      designer: 'refined',
      seed: refined.spec.seed,
      notes: [],
      clamped,
      changes,
      notUnderstood,
      ...made,
    },
  })
  return { refined, built }
}
