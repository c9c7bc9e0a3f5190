/**
 * A garment as it is worn, or why it is not shown so: drafted pieces sewn and hung on the form of their size, checked, and
 * pictured. A drape is known by its hash: other colours, sides and sizes of a picture need no other drape.
 */
import { hashOf } from '../../../core/canonical.ts'
import type { Localized } from '../../../core/values.ts'
import { backToCloth, drape, type Draped, DrapeError, type DrapeInput, type DrapeOptions, DRAPE_VERSION } from '../drape.ts' // prettier-ignore
import { type DrapeFigures, faultsOf, figuresOf } from '../checks.ts'
import { classOf } from '../cloth.ts'
import { type Side, type WornPicture, wornPictures } from './picture.ts'

/** What is kept of a drape: where its cloth came to rest. Plain values, so that it crosses threads and lies in files. */
export interface KeptDrape {
  hash: string
  particle: Uint32Array
  at: Float64Array
  gapMm: number
  speed: number
  steps: number
  figures: DrapeFigures
}

/**
 * What a drape is known by: the pieces with their seams, the body, what the cloths weigh and how they bend, the seed, and the
 * version of how it is done. Colour, print and names are not in it.
 */
export function drapeHash({ size, gender, materials, seed }: DrapeInput): string {
  const cloths = Object.fromEntries(
    Object.entries(materials).map(([role, { texture, gsm }]) => [role, { cloth: classOf(texture), gsm }]),
  )
  return hashOf({ drape: DRAPE_VERSION, size, gender, cloths, seed })
}

export interface WornInput extends DrapeInput {
  sides: readonly Side[]
  /** sRGB hex by role, and for trims; each is a picture of every side. */
  colourings: readonly Readonly<Record<string, string>>[]
  /** Height of a picture, px. */
  heightPx: number
  /** When a drape is given up, ms; a minute and a half by default. */
  deadlineMs?: number
  /** A drape from before, taken if it is the same one. */
  kept?: KeptDrape
}
export interface Worn {
  kept: KeptDrape
  pictures: WornPicture[]
}
/** A garment that is not shown as worn: what was wrong with its drape, where there was one. */
export interface NotWorn {
  reason: DrapeError['reason'] | 'unsettled'
  why: Localized
  figures?: DrapeFigures
}
export const isWorn = (outcome: Worn | NotWorn): outcome is Worn => 'pictures' in outcome

const WHY: Readonly<Record<DrapeError['reason'], Localized>> = {
  body: { zh: '该尺码缺少人体数据，无法做出人台', en: 'a measure of the body is missing, so there is no form of it' },
  place: { zh: '有裁片尚不知如何穿在人台上', en: 'nobody says yet where one of its pieces goes on the form' },
  cloth: { zh: '有裁片没有面料', en: 'a piece has no material' },
  mesh: { zh: '有裁片的轮廓无法划分网格', en: 'an outline cannot be divided into triangles' },
  deadline: { zh: '在限定时间内没有静止', en: 'it did not come to rest in time' },
  burst: { zh: '布料模拟发散', en: 'the cloth flew apart' },
}
const FAULTS: Readonly<Partial<Record<keyof DrapeFigures, (figures: DrapeFigures) => Localized>>> = {
  gapMm: ({ gapMm }) => ({ zh: `缝合前最大间隙 ${gapMm.toFixed(1)} mm`, en: `a seam gapes by ${gapMm.toFixed(1)} mm` }), // prettier-ignore
  crossings: ({ crossings }) => ({ zh: `布料相互穿过 ${crossings} 处`, en: `cloth goes through cloth in ${crossings} places` }), // prettier-ignore
  nearestMm: ({ nearestMm }) => ({ zh: `布料陷入人台 ${(-nearestMm).toFixed(1)} mm`, en: `cloth lies ${(-nearestMm).toFixed(1)} mm inside the form` }), // prettier-ignore
  speed: ({ speed }) => ({ zh: `仍以 ${speed.toFixed(1)} mm/s 移动`, en: `it still moves by ${speed.toFixed(1)} mm/s` }), // prettier-ignore
  levelPercent: ({ level, levelPercent }) => ({ zh: `围度（${level}）与裁片相差 ${levelPercent.toFixed(1)}%`, en: `a girth (${level}) is ${levelPercent.toFixed(1)} % off its cut` }), // prettier-ignore
  lengthPercent: ({ lengthPercent }) => ({ zh: `长度与裁片相差 ${lengthPercent.toFixed(1)}%`, en: `its length is ${lengthPercent.toFixed(1)} % off its cut` }), // prettier-ignore
  unsewn: ({ unsewn }) => ({ zh: `有 ${unsewn} 条缝没有缝合`, en: `${unsewn} of its seams were not sewn` }),
}

function unsettled(figures: DrapeFigures): NotWorn | undefined {
  const faults = faultsOf(figures).flatMap((fault) => FAULTS[fault]?.(figures) ?? [])
  if (!faults.length) return undefined
  const said = (lang: 'zh' | 'en', mark: string): string => faults.map((fault) => fault[lang]).join(mark)
  return { reason: 'unsettled', why: { zh: said('zh', '；'), en: said('en', '; ') }, figures }
}

/** Share of the time that a drape takes beside its pictures. */
const DRAPING = 0.7

/**
 * Byte for byte the same for the same input on one engine.
 * @returns the pictures, sides outermost, with the drape to keep; or why there are none: then the flat picture stays
 */
export function worn(
  { sides, colourings, heightPx, deadlineMs, kept, ...input }: WornInput,
  onProgress: (share: number) => void = () => undefined,
): Worn | NotWorn {
  try {
    const { draped, found } = drapedOf(input, kept, {
      onProgress: (share) => onProgress(DRAPING * share),
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
    })
    const fault = unsettled(found.figures)
    if (fault) return fault
    const dresses = colourings.map((colours) => ({ materials: input.materials, colours }))
    const pictures = wornPictures(draped, sides, dresses, heightPx, (share) =>
      onProgress(DRAPING + (1 - DRAPING) * share),
    )
    return { kept: found, pictures }
  } catch (error) {
    if (!(error instanceof DrapeError)) throw error
    return { reason: error.reason, why: { zh: `${WHY[error.reason].zh}（${error.message}）`, en: `${WHY[error.reason].en} (${error.message})` } } // prettier-ignore
  }
}

function drapedOf(
  input: DrapeInput,
  kept: KeptDrape | undefined,
  options: DrapeOptions,
): { draped: Draped; found: KeptDrape } {
  const hash = drapeHash(input)
  if (kept?.hash === hash) return { draped: backToCloth(input, kept), found: kept }
  const draped = drape(input, options)
  const { particle, at, gapMm, speed, steps } = draped
  return { draped, found: { hash, particle, at, gapMm, speed, steps, figures: figuresOf(draped) } }
}
