/**
 * The pictures of a version: front in every colourway, back in the first, each in two widths; rendered in the studio,
 * labelled as made by AI on the only way out, stored by their hashes, and re-read from the stored bytes (gate G8).
 */
import { hashOf } from '../../../core/canonical.ts'
import type { StylePicture } from '../tables.ts'
import {
  encodeLabelled,
  packshotInput,
  pictureGate,
  readLabel,
  type Colourway,
  type Credentials,
  type DerivedStyle,
  type DigitalSourceType,
  type Draft,
  type FoundLabel,
  type GateResult,
  type MeasureCode,
  type PackshotInput,
  type PackshotView,
  type PictureFigures,
  type RawPicture,
  type SizeDraft,
  type StyleSpec,
} from '../../../garments/index.ts'
import type { Context } from '../../context.ts'
import { GATE_VERSION } from '../gates/gates.ts'
import type { Illustrator } from './illustrator.ts'
import type { Illustration } from '../model.ts'
import { portraitOf } from './portrait.ts'

export interface PictureOptions {
  /** Code of the producer in the AI label (GB 45438-2025). */
  contentProducer: string
  /** PEM certificate chain and key for content credentials; signed into every picture when there. */
  c2pa: Credentials | undefined
  /** Edge of the large picture, px; 1024 unless said otherwise. The small one is half of it. */
  sizePx?: number
  /** Supersampling of the renderer, 1–3; 1 unless said otherwise: its edges are antialiased by area, more costs its square. */
  scale?: number
}

export interface MadePictures {
  stored: StylePicture[]
  /** Front of the first colourway as pixels, for the fingerprint. */
  front: RawPicture | undefined
  pictureGate: GateResult
  labelGate: GateResult
  /** What became of the picture a picture model was to draw, where one is configured. */
  illustration: Illustration | undefined
}

const SIZE_PX = 1024
/** Our renderer is an algorithm without a trained model: the honest term of the IPTC vocabulary. */
const RENDERED: DigitalSourceType = 'algorithmicMedia'
const REDRAWN: DigitalSourceType = 'trainedAlgorithmicMedia'

/** The size that is pictured. */
const baseOf = (spec: StyleSpec, draft: Draft): SizeDraft | undefined =>
  draft.sizes.find(({ size }) => size === spec.sizes.base) ?? draft.sizes[0]
/** What the label inside a picture calls the style. */
const numberOf = (spec: StyleSpec): string => hashOf(spec).slice(0, 16)

interface Shot {
  colourway: string
  view: PackshotView
  raw: RawPicture
  input: PackshotInput
}

/** Render front (all colourways on one light map) and back, side by side on the studio's threads. */
async function shoot(
  context: Context,
  { spec, draft }: DerivedStyle,
  { sizePx = SIZE_PX, scale = 1 }: PictureOptions,
): Promise<Shot[]> {
  const base = baseOf(spec, draft)
  const [first] = spec.colourways
  if (!base || !first) return []
  const inputFor = (way: Colourway, view: PackshotView) => packshotInput(spec, base, way.id, view, { sizePx, scale })
  const shots = async (view: PackshotView, ways: readonly Colourway[]): Promise<Shot[]> => {
    const raws = await context.studio.picture({
      packshot: inputFor(first, view),
      colourings: ways.map(({ colours }) => colours),
    })
    return raws.flatMap((raw, i) => {
      const way = ways[i]
      return way ? [{ colourway: way.id, view, raw, input: inputFor(way, view) }] : []
    })
  }
  const [front, back] = await Promise.all([shots('front', spec.colourways), shots('back', [first])])
  return [...front, ...back]
}

type Source = Parameters<typeof encodeLabelled>[0]

/**
 * Encode, label, store: WebP in both widths; AVIF, which takes five times as long to encode, of the leading picture;
 * JPEG where it is asked for, because the tech pack's PDF takes no other and is not to lose the labels.
 */
async function store(
  context: Context,
  options: PictureOptions,
  picture: {
    source: Source
    colourway: string
    view: string
    size: number
    number: string
    from: DigitalSourceType
    leading: boolean
    jpeg: boolean
  },
): Promise<StylePicture[]> {
  const { source, colourway, view, size, number, from, leading } = picture
  const label = {
    contentProducer: options.contentProducer,
    produceId: `${number}-${colourway}-${view}`,
    digitalSourceType: from,
  }
  const encode = async (format: 'webp' | 'avif' | 'jpeg', widthPx: number): Promise<string> =>
    context.engines.files.put(
      await encodeLabelled(source, { format, widthPx, label, ...(options.c2pa ? { c2pa: options.c2pa } : {}) }),
    )
  const half = Math.max(64, Math.round(size / 2))
  const [webp, small, avif, jpeg] = await Promise.all([
    encode('webp', size),
    encode('webp', half),
    leading ? encode('avif', size) : undefined,
    picture.jpeg ? encode('jpeg', size) : undefined,
  ])
  const row = { colourway, view, digitalSourceType: from }
  return [
    { ...row, width: size, height: size, files: { webp, ...(avif ? { avif } : {}), ...(jpeg ? { jpeg } : {}) } },
    { ...row, width: half, height: half, files: { webp: small } },
  ]
}

/** Edge of a picture that is looked at before anything is decided, px. */
const LOOK_PX = 384

/**
 * The front of the first colourway, small: of no version, and labelled like every picture.
 * @returns the file's hash; undefined where there is nothing to draw
 */
export async function pictureToLook(
  context: Context,
  { spec, draft }: Pick<DerivedStyle, 'spec' | 'draft'>,
  options: PictureOptions,
): Promise<string | undefined> {
  const base = baseOf(spec, draft)
  const [first] = spec.colourways
  if (!base || !first) return undefined
  const sizePx = Math.min(LOOK_PX, options.sizePx ?? SIZE_PX)
  const packshot = packshotInput(spec, base, first.id, 'front', { sizePx, scale: options.scale ?? 1 })
  const [raw] = await context.studio.picture({ packshot })
  if (!raw) return undefined
  const label = {
    contentProducer: options.contentProducer,
    produceId: `${numberOf(spec)}-${first.id}-look`,
    digitalSourceType: RENDERED,
  }
  const { c2pa } = options
  const encoded = await encodeLabelled(raw, { format: 'webp', widthPx: sizePx, label, ...(c2pa ? { c2pa } : {}) })
  return context.engines.files.put(encoded)
}

/** What G4 asks of a picture: `review` beyond the first bound, `block` beyond the second. */
const BOUNDS = {
  proportions: { review: 0.05, block: 0.12 },
  deltaE: { review: 10, block: 25 },
} as const
const COVERAGE = { min: 0.45, max: 0.86 }
const LEAST_SHARPNESS = 0.8
const LEAST_CONTRAST = 12

function judgePictures(shots: readonly { shot: Shot; figures: PictureFigures }[], size: number): GateResult {
  const faults: { verdict: 'review' | 'block'; zh: string; en: string }[] = []
  for (const { shot, figures } of shots) {
    const where = `${shot.colourway}/${shot.view}`
    const say = (verdict: 'review' | 'block', zh: string, en: string) =>
      faults.push({ verdict, zh: `${where}：${zh}。`, en: `${where}: ${en}.` })
    const { coverage, sharpness, contrast, deltaE, proportions } = figures
    if (proportions > BOUNDS.proportions.review)
      say(
        proportions > BOUNDS.proportions.block ? 'block' : 'review',
        `比例与尺码表相差 ${(proportions * 100).toFixed(1)}%`,
        `proportions differ from the size chart by ${(proportions * 100).toFixed(1)} %`,
      )
    // The back is judged by its cut; what its middle shows (a seam, a vent) is not the colour of the cloth.
    if (shot.view === 'front' && deltaE > BOUNDS.deltaE.review)
      say(
        deltaE > BOUNDS.deltaE.block ? 'block' : 'review',
        `颜色与配色相差 ΔE ${deltaE.toFixed(1)}`,
        `the colour is ΔE ${deltaE.toFixed(1)} from the colourway`,
      )
    if (coverage < COVERAGE.min || coverage > COVERAGE.max)
      say(
        'review',
        `衣服占画面 ${(coverage * 100).toFixed(0)}%`,
        `the garment fills ${(coverage * 100).toFixed(0)} % of the frame`,
      )
    if (sharpness < LEAST_SHARPNESS) say('review', '清晰度不足', 'it is not sharp')
    if (contrast < LEAST_CONTRAST) say('review', '对比度不足', 'it has too little contrast')
  }
  const evidence = {
    size,
    pictures: shots.map(({ shot, figures }) => ({ colourway: shot.colourway, view: shot.view, ...figures })),
  }
  const unblocked = faults.length > 0 ? 'review' : 'pass'
  const verdict = shots.length === 0 || faults.some((fault) => fault.verdict === 'block') ? 'block' : unblocked
  const worst = Math.max(0, ...shots.map(({ figures }) => figures.proportions))
  const reason = () => {
    if (shots.length === 0) return { zh: '没有图片。', en: 'There is no picture.' }
    const named = faults.slice(0, 3)
    if (named.length > 0) return { zh: named.map(({ zh }) => zh).join(''), en: named.map(({ en }) => en).join(' ') }
    return {
      zh: `图片清晰，颜色与配色一致，比例与尺码表相差不超过 ${(worst * 100).toFixed(1)}%。`,
      en: `Sharp, true to the colourways, proportions within ${(worst * 100).toFixed(1)} % of the size chart.`,
    }
  }
  return {
    gate: 'G4',
    verdict,
    score: { pass: Number((1 - worst).toFixed(3)), review: 0.5, block: 0 }[verdict],
    reason: reason(),
    evidence,
    version: GATE_VERSION,
  }
}

/** The legal height of the visible mark, as a share of the short side. */
const LEAST_MARK = 0.05

function labelFaults(found: FoundLabel, picture: StylePicture, format: string, signed: boolean): string[] {
  const faults: string[] = []
  if (!found.aigc?.['Label'] || !found.aigc['ContentProducer'] || !found.aigc['ProduceID'])
    faults.push('XMP TC260:AIGC')
  if (found.digitalSourceType !== picture.digitalSourceType) faults.push('XMP DigitalSourceType')
  if (!found.visible.present || found.visible.share < LEAST_MARK) faults.push('visible mark')
  if (signed && !found.c2pa) faults.push('C2PA')
  return faults.map((fault) => `${picture.colourway}/${picture.view}/${picture.width}.${format}: ${fault}`)
}

/** G8: every stored derivative read again from the file store. */
async function judgeLabels(context: Context, stored: readonly StylePicture[], signed: boolean): Promise<GateResult> {
  const files = stored.flatMap((picture) =>
    Object.entries(picture.files).map(([format, hash]) => ({ picture, format, hash })),
  )
  const faults = (
    await Promise.all(
      files.map(async ({ picture, format, hash }) =>
        labelFaults(await readLabel(await context.engines.files.get(hash)), picture, format, signed),
      ),
    )
  ).flat()
  const good = faults.length === 0 && files.length > 0
  return {
    gate: 'G8',
    verdict: good ? 'pass' : 'block',
    score: good ? 1 : 0,
    reason: good
      ? {
          zh: `${files.length} 个图片文件均带可见标识和元数据标识${signed ? '及内容凭证' : ''}。`,
          en: `All ${files.length} picture files carry the visible mark and the metadata${signed ? ' and content credentials' : ''}.`,
        }
      : {
          zh: `标识缺失：${faults.slice(0, 3).join('、') || '没有图片'}。`,
          en: `Labels are missing: ${faults.slice(0, 3).join(', ') || 'no pictures'}.`,
        },
    evidence: { files: files.length, faults, signed },
    version: GATE_VERSION,
  }
}

/** For pictures that come after the decision: people wait for others. */
const BACKGROUND = { background: true }
/** Edge of a detail, px: it is shown beside the whole garment, not instead of it. */
const DETAIL_PX = 640
/** The front as 4:5, for shops, feeds and link previews; no part of a style's gallery. */
export const PORTRAIT = 'front-portrait'

/** What the renderer draws close, and what is seen there by what the garment has: a view's name says what it shows. */
function detailsOf(measures: Readonly<Partial<Record<MeasureCode, number>>>): { view: PackshotView; name: string }[] {
  return [
    { view: 'detail-collar', name: measures.halfChest ? 'detail-collar' : 'detail-waist' },
    { view: 'detail-cuff', name: measures.sleeveLength ? 'detail-cuff' : 'detail-hem' },
    { view: 'detail-fabric', name: 'detail-fabric' },
  ]
}

/** The front of the first colourway as 4:5: JPEG, because not every feed takes WebP, and WebP. */
async function storePortrait(
  context: Context,
  options: PictureOptions,
  { packshot, colourway, number }: { packshot: PackshotInput; colourway: string; number: string },
): Promise<StylePicture[]> {
  const [raw] = await context.studio.picture({ packshot }, BACKGROUND)
  if (!raw) return []
  const source = portraitOf(raw)
  const { width, height } = source
  const label = {
    contentProducer: options.contentProducer,
    produceId: `${number}-${colourway}-${PORTRAIT}`,
    digitalSourceType: RENDERED,
  }
  const encode = async (format: 'jpeg' | 'webp'): Promise<string> =>
    context.engines.files.put(
      await encodeLabelled(source, { format, widthPx: width, label, ...(options.c2pa ? { c2pa: options.c2pa } : {}) }),
    )
  const [jpeg, webp] = await Promise.all([encode('jpeg'), encode('webp')])
  return [{ colourway, view: PORTRAIT, width, height, files: { jpeg, webp }, digitalSourceType: RENDERED }]
}

type Drafted = Pick<DerivedStyle, 'spec' | 'draft'>

/** Close-ups in the given colourways of a style, each view from one light map; labelled and re-read like every picture. */
async function drawCloseUps(
  context: Context,
  { spec, draft }: Drafted,
  options: PictureOptions,
  { ways, urgency }: { ways: readonly Colourway[]; urgency: { background?: boolean } },
): Promise<StylePicture[]> {
  const base = baseOf(spec, draft)
  const [first] = spec.colourways
  if (!base || !first) return []
  const { sizePx = SIZE_PX, scale = 1 } = options
  const size = Math.min(DETAIL_PX, sizePx)
  const views = await Promise.all(
    detailsOf(base.measures).map(async ({ view, name }) => {
      const raws = await context.studio.picture(
        {
          packshot: packshotInput(spec, base, first.id, view, { sizePx: size, scale }),
          colourings: ways.map(({ colours }) => colours),
        },
        urgency,
      )
      const stored: StylePicture[] = []
      for (const [i, { id: colourway }] of ways.entries()) {
        const source = raws[i]
        if (source)
          stored.push(
            ...(await store(context, options, {
              source,
              colourway,
              view: name,
              size,
              number: numberOf(spec),
              from: RENDERED,
              leading: false,
              // The tech pack shows the first colourway from near.
              jpeg: colourway === first.id,
            })),
          )
      }
      return stored
    }),
  )
  return views.flat()
}

async function assertLabelled(
  context: Context,
  options: PictureOptions,
  spec: StyleSpec,
  stored: readonly StylePicture[],
): Promise<void> {
  const labels = await judgeLabels(context, stored, options.c2pa !== undefined)
  if (labels.verdict !== 'pass') throw new Error(`details of ${numberOf(spec)}: ${labels.reason.en}`)
}

/**
 * What a style needs once it is to be sold, which most proposals never are: close-ups in every colourway, and the front
 * as 4:5; labelled and re-read like every picture.
 * @throws Error where a stored file has lost its label
 */
export async function makeDetails(context: Context, style: Drafted, options: PictureOptions): Promise<StylePicture[]> {
  const { spec, draft } = style
  const base = baseOf(spec, draft)
  const [way] = spec.colourways
  if (!base || !way) return []
  const { sizePx = SIZE_PX, scale = 1 } = options
  const front = packshotInput(spec, base, way.id, 'front', { sizePx, scale })
  const stored = await drawCloseUps(context, style, options, { ways: spec.colourways, urgency: BACKGROUND })
  stored.push(
    ...(await storePortrait(context, options, { packshot: front, colourway: way.id, number: numberOf(spec) })),
  )
  await assertLabelled(context, options, spec, stored)
  return stored
}

/**
 * The close-ups a tech pack shows, for a lot that sold before its style's details were drawn: somebody waits for these.
 * They are the very pictures that the style gets later, so nothing is added to it here.
 * @throws Error where a stored file has lost its label
 */
export async function closeUpsForBrief(
  context: Context,
  style: Drafted,
  options: PictureOptions,
): Promise<StylePicture[]> {
  const stored = await drawCloseUps(context, style, options, { ways: style.spec.colourways.slice(0, 1), urgency: {} })
  await assertLabelled(context, options, style.spec, stored)
  return stored
}

/**
 * Make, label, store and judge the pictures of a derived style. With an illustrator a front picture is also there as a
 * picture model redrew it (view `front-model`), labelled as what it is.
 * @param model who redraws pictures, and on whose budget
 */
export async function makePictures(
  context: Context,
  whole: DerivedStyle,
  options: PictureOptions,
  model?: { illustrator: Illustrator; subject: { id: string; styles: number } },
): Promise<MadePictures> {
  const shots = await shoot(context, whole, options)
  const number = numberOf(whole.spec)
  const size = options.sizePx ?? SIZE_PX
  const judged = await Promise.all(
    shots.map(async (shot) => ({ shot, figures: await pictureGate(shot.raw, shot.input) })),
  )
  const stored: StylePicture[] = []
  const [first] = shots
  for (const shot of shots) {
    const { colourway, view, raw } = shot
    const leading = shot === first
    stored.push(
      ...(await store(context, options, {
        source: raw,
        colourway,
        view,
        size,
        number,
        from: RENDERED,
        leading,
        // The tech pack shows the front in every colourway, and the back.
        jpeg: true,
      })),
    )
  }
  const illustrated = await model?.illustrator.illustrate({
    packshots: shots.filter(({ view }) => view === 'front'),
    spec: whole.spec,
    subject: model.subject,
  })
  if (illustrated?.picture)
    stored.push(
      ...(await store(context, options, {
        source: illustrated.picture.png,
        colourway: illustrated.picture.colourway,
        view: 'front-model',
        size,
        number,
        from: REDRAWN,
        leading: false,
        jpeg: false,
      })),
    )
  return {
    stored,
    front: first?.raw,
    pictureGate: judgePictures(judged, size),
    labelGate: await judgeLabels(context, stored, options.c2pa !== undefined),
    illustration: illustrated?.note,
  }
}
