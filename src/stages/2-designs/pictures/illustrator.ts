/**
 * A picture model redraws our own packshot, so that its picture keeps the cut. What it sends is held against our picture;
 * where it fails, is too dear, or bends the garment, our renderer's picture stands alone and the version says why.
 */
import { loadSharp } from '../../../core/sharp.ts'
import { hashOf, sha256 } from '../../../core/canonical.ts'
import { Problem } from '../../../core/errors.ts'
import { cutText, storableText } from '../../../core/storable.ts'
import { DAY, type Localized } from '../../../core/values.ts'
import type { ImageModel, IntermediateStore } from '../../../engines/ports.ts'
import { blockFor, pictureGate, type PackshotInput, type RawPicture, type StyleSpec } from '../../../garments/index.ts'
import type { Context } from '../../context.ts'
import { both, detailsOf, sayComposition } from '../designer/facts.ts'
import { alike, outlineOf, type Outline } from './outline.ts'
import { refused } from '../messages.ts'
import { CACHE_DAYS } from '../model-designer/ledger.ts'
import type { Illustration } from '../model.ts'
import { asRequested, type GenerationRecord, type Ledger, type Requested } from '../model-designer/asking.ts'
import { fillIn, readPrompt } from '../model-designer/prompts.ts'
import { generationById, generationsAbout, type BuiltVersion } from '../store.ts'

const PURPOSE = 'designs.illustrate'

/** A picture of ours that may be redrawn. */
export interface Packshot {
  colourway: string
  raw: RawPicture
  input: PackshotInput
}

export interface Illustrated {
  /** The redrawn picture as PNG, of the size of ours; undefined with the reason in the note. */
  picture: { png: Buffer; colourway: string } | undefined
  note: Illustration
}

export interface Illustrator {
  /**
   * Redraw the first of the pictures whose outline can be checked at all.
   * @param subject whose budget it is, and for how many styles that budget is
   */
  illustrate(asked: {
    packshots: readonly Packshot[]
    spec: StyleSpec
    subject: { id: string; styles: number }
  }): Promise<Illustrated>
}

/** How far a model's picture may bend the garment: the box's proportions, and the outline in it (see `alike`). */
const MOST_BENT = 0.08
const LEAST_ALIKE = 0.92
/** As gate G4 has them for our own pictures, with room for another photographer's light. */
const MOST_DELTA_E = 25
const COVERAGE = { min: 0.45, max: 0.9 }
const LEAST_SHARPNESS = 0.8
/** Of ours: what is out of focus still has the grain of its 8 bits, so a bound of its own would not see it. */
const LEAST_SHARE_OF_OURS = 0.45
/** Colour and sharpness show at this width as well, and a quarter of the pixels are looked at. */
const JUDGED_PX = 512
/** Our renderer knows how much of its picture is garment: an outline that disagrees has not found the garment. */
const MOST_MISSED = 0.04

const SAID = {
  'designs.budget-day': both(
    '当天的模型预算已用完，未请图像模型绘制。',
    'The day’s budget for models is spent; the picture model was not asked.',
  ),
  'designs.budget-style': both(
    '该款的模型预算已用完，未请图像模型绘制。',
    'The style’s budget for models is spent; the picture model was not asked.',
  ),
  'image.too-pale': both(
    '各配色都与背景太接近，无法核对轮廓，未请图像模型绘制。',
    'Every colourway is too close to the wall to check an outline; the picture model was not asked.',
  ),
  'image.shape': both('图像模型返回的图片不是方形，未采用。', 'The model’s picture is not square and was not used.'),
  'image.bent': both(
    '图像模型改变了衣服的轮廓，与版型不符，图片未采用。',
    'The model bent the garment’s outline away from its pattern; its picture was not used.',
  ),
  'image.framed': both(
    '图像模型画的衣服在画面中过大或过小，图片未采用。',
    'The garment is too large or too small in the model’s picture; it was not used.',
  ),
  'image.colour': both(
    '图像模型画的颜色与配色不符，图片未采用。',
    'The colour in the model’s picture is not the colourway’s; it was not used.',
  ),
  'image.blurred': both('图像模型的图片不清晰，未采用。', 'The model’s picture is not sharp and was not used.'),
} as const satisfies Record<string, Localized>
type Fault = keyof typeof SAID
export const ILLUSTRATION_FAILURES = Object.keys(SAID)

interface Ready extends Packshot {
  png: Buffer
  outline: Outline
}

/** The first picture whose garment stands out from the wall, so that a redrawn one can be held against it. */
async function firstCheckable(packshots: readonly Packshot[]): Promise<Ready | undefined> {
  const sharp = await loadSharp()
  for (const packshot of packshots) {
    const { width, height, data, silhouette } = packshot.raw
    const png = await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer()
    const outline = await outlineOf(png)
    if (
      outline &&
      Math.abs(outline.area / silhouette.area - 1) < MOST_MISSED &&
      Math.abs(outline.coverage / silhouette.coverage - 1) < MOST_MISSED
    )
      return { ...packshot, png, outline }
  }
  return undefined
}

/** What is wrong with a redrawn picture, if anything, and the figures that say so. */
async function judge(png: Buffer, ours: Ready): Promise<{ fault: Fault | undefined; figures: Record<string, number> }> {
  const sharp = await loadSharp()
  const { width = 0, height = 0 } = await sharp(png).metadata()
  if (Math.abs(width / height - 1) > 0.01) return { fault: 'image.shape', figures: { width, height } }
  const outline = await outlineOf(png)
  const judged = async (picture: Buffer) =>
    pictureGate(await sharp(picture).resize(JUDGED_PX).png().toBuffer(), ours.input)
  const [{ sharpness, contrast, deltaE }, { sharpness: ourSharpness }] = [await judged(png), await judged(ours.png)]
  const bent = outline ? Math.abs(outline.ratio / ours.outline.ratio - 1) : 1
  const likeness = outline ? alike(outline, ours.outline) : 0
  const coverage = outline?.coverage ?? 0
  const figures = Object.fromEntries(
    Object.entries({ alike: likeness, bent, coverage, deltaE, sharpness, ourSharpness, contrast }).map(
      ([name, value]) => [name, Number(value.toFixed(3))],
    ),
  )
  const fault = (): Fault | undefined => {
    if (bent > MOST_BENT || likeness < LEAST_ALIKE) return 'image.bent'
    if (coverage < COVERAGE.min || coverage > COVERAGE.max) return 'image.framed'
    if (deltaE > MOST_DELTA_E) return 'image.colour'
    return sharpness < Math.max(LEAST_SHARPNESS, LEAST_SHARE_OF_OURS * ourSharpness) ? 'image.blurred' : undefined
  }
  return { fault: fault(), figures }
}

interface Answer {
  png: Buffer
  generationId: string
  record: GenerationRecord
}

/** A picture being redrawn: by whom, where that is kept, and what exactly is asked. */
interface Drawing {
  model: ImageModel
  ledger: Ledger
  intermediate: IntermediateStore
  subject: { id: string; styles: number }
  ours: Ready
  text: string
  requested: Requested
}

/** No picture of the model's, and why. */
const without = (
  { name: model }: ImageModel,
  failure: string,
  reason: Localized | undefined,
  more: Partial<Illustration> = {},
): Illustrated => ({
  picture: undefined,
  note: { model, made: false, costMicros: 0, failure, ...(reason ? { reason } : {}), ...more },
})

/** What is asked, and its record before it is asked. */
function requestFor(model: ImageModel, ours: Ready, spec: StyleSpec, subjectId: string) {
  const { colourway } = ours
  const prompt = readPrompt('design/illustrate', 1)
  const shell = spec.materials.shell
  const [message] = fillIn(prompt, {
    name: spec.names.en,
    cloth: shell ? `${shell.name.en}, ${shell.gsm} gsm, ${sayComposition(shell.composition).en}` : '',
    colour: spec.colourways.find(({ id }) => id === colourway)?.name.en ?? colourway,
    details:
      detailsOf(spec, blockFor(spec.category, spec.gender))
        .map(({ label }) => label.en)
        .join(', ') || 'none',
  })
  const text = message?.content ?? ''
  const requested = asRequested(
    {
      purpose: PURPOSE,
      subjectId,
      prompt: { name: prompt.name, version: prompt.version, hash: prompt.hash, filledHash: hashOf(text) },
      asked: model.name,
      parameters: { temperature: 0, seed: spec.seed, maxTokens: 0 },
      schemaHash: '',
      cacheKey: hashOf({ text, packshot: sha256(ours.png), model: model.name }),
      mode: 'image',
      parent: undefined,
    },
    model.priceMicros,
  )
  return { text, requested }
}

/** Ask the model and settle what came of it. @throws Problem 503 `image.under-way` where somebody else is at it */
async function draw(drawing: Drawing): Promise<Answer | Illustrated> {
  const { model, ledger, intermediate, subject, ours, text, requested } = drawing
  const { colourway } = ours
  const reserved = await ledger.reserve(requested, subject.styles, true)
  // Somebody alive is having this very picture drawn: it will be there when this is tried again.
  if (!reserved.ok && reserved.code === 'language.under-way') throw refused('image.under-way')
  if (!reserved.ok) return without(model, reserved.code, SAID[reserved.code as keyof typeof SAID])
  const { id } = reserved
  const began = performance.now()
  const settle = async (more: Partial<GenerationRecord>): Promise<GenerationRecord> => {
    const record = { ...requested, attempts: 1, latencyMs: Math.round(performance.now() - began), ...more }
    await ledger.settle(id, record)
    return record
  }
  let made: Awaited<ReturnType<ImageModel['edit']>>
  try {
    made = await model.edit({ prompt: text, image: ours.png, size: '1024x1024' })
  } catch (error) {
    // Whatever it was, it is settled: asking again by itself would pay again.
    const failed = error instanceof Problem ? error : undefined
    // A picture that came and could not be used has been paid for all the same.
    const details = (failed?.extra.details ?? {}) as Partial<typeof made> & { cause?: string }
    const { costMicros = 0, model: answered, cause: said = String(error) } = details
    const code = failed?.code ?? 'image.failed'
    await settle({ outcome: 'failed', failure: code, costMicros, answered, said: cutText(storableText(said), 500) })
    return without(model, code, failed?.text, { colourway, generationId: id, costMicros })
  }
  const { png, model: answered, costMicros } = made
  let answerFile: string
  try {
    // The bytes first: a record that names them must be able to give them back.
    answerFile = await intermediate.put(png)
  } catch (error) {
    await settle({ outcome: 'failed', failure: 'image.failed', costMicros, answered, said: String(error) })
    throw error
  }
  const record = await settle({ outcome: 'answered', answered, costMicros, outputHash: answerFile, answerFile })
  return { png, generationId: id, record }
}

/** What was paid for before the process ended, if it is still there. */
async function findLeft(drawing: Drawing): Promise<Answer | Illustrated | undefined> {
  const { model, ledger, intermediate, subject, ours, requested } = drawing
  const { colourway } = ours
  for (const { id, record } of await ledger.earlier(PURPOSE, subject.id, requested.cacheKey)) {
    const { outcome, failure, costMicros, figures, answerFile } = record
    if (outcome === 'unusable' && failure !== undefined && failure in SAID)
      return without(model, failure, SAID[failure as Fault], {
        colourway,
        generationId: id,
        costMicros,
        ...(figures ? { figures } : {}),
      })
    // Paid for and of no use, or nobody knows what came of it: it is not asked again by itself.
    if (outcome === 'unknown' || (outcome === 'failed' && costMicros > 0))
      return without(model, failure ?? 'image.unknown', undefined, { colourway, generationId: id, costMicros })
    const png = outcome === 'answered' && answerFile ? await intermediate.get(answerFile) : undefined
    if (png) return { png, generationId: id, record }
  }
  return undefined
}

/**
 * @param intermediate keeps what the model sent, until the labelled picture is stored: a crash in between is not paid for
 * a second time, and no route serves from there
 */
export const openIllustrator = (model: ImageModel, ledger: Ledger, intermediate: IntermediateStore): Illustrator => ({
  async illustrate({ packshots, spec, subject }) {
    const ours = await firstCheckable(packshots)
    if (!ours) return without(model, 'image.too-pale', SAID['image.too-pale'])
    const { colourway } = ours
    const drawing = { model, ledger, intermediate, subject, ours, ...requestFor(model, ours, spec, subject.id) }
    const answer = (await findLeft(drawing)) ?? (await draw(drawing))
    if ('note' in answer) return answer
    const { generationId, record } = answer
    const { costMicros } = record
    const { fault, figures } = await judge(answer.png, ours)
    if (fault) {
      await ledger.settle(generationId, { ...record, outcome: 'unusable', failure: fault, figures })
      if (record.answerFile) await intermediate.remove(record.answerFile)
      return without(model, fault, SAID[fault], { colourway, generationId, costMicros, figures })
    }
    const sharp = await loadSharp()
    const { width, height } = ours.raw
    const png = await sharp(answer.png).resize(width, height, { fit: 'fill', kernel: 'lanczos3' }).png().toBuffer()
    return {
      picture: { png, colourway },
      note: { model: record.answered ?? model.name, made: true, colourway, generationId, costMicros, figures },
    }
  },
})

/**
 * Remove a model's unlabelled bytes now that the version with the labelled picture is stored. To be called after the
 * version's transaction: before it, a crash would have to pay for the picture again.
 */
export async function forgetAnswer(context: Context, { generation }: Pick<BuiltVersion, 'generation'>): Promise<void> {
  const id = generation.illustration?.generationId
  const row = id === undefined ? undefined : await generationById(context.db.read, id)
  const { answerFile } = (row?.record ?? {}) as Partial<GenerationRecord>
  if (answerFile) await context.engines.files.intermediate.remove(answerFile)
}

/** The same for everything of a subject that is finished, and for what was given up long ago. */
export async function forgetAnswers(context: Context, subjectId: string): Promise<void> {
  const { intermediate } = context.engines.files
  for (const { record } of await generationsAbout(context.db.read, [subjectId], PURPOSE)) {
    const { answerFile } = record as GenerationRecord
    if (answerFile) await intermediate.remove(answerFile)
  }
  await intermediate.removeBefore(new Date(context.clock.now().getTime() - CACHE_DAYS * DAY))
}
