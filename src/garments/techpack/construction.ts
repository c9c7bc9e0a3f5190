/** Section 7: how the block's seams are sewn, and what is asked of each construction choice. */
import { clothFacts } from '../sewing/cloth.ts'
import type { Localized } from '../../core/values.ts'
import { blockFor } from '../categories/index.ts'
import type { Context, SeamSpec } from '../blocks/types.ts'
import type { StyleSpec } from '../types.ts'
import type { ConstructionRow } from './brief-schema/index.ts'

const both = (zh: string, en: string): Localized => ({ zh, en })

/** Stitch types of ISO 4915 by their trade names. */
export const STITCHES: Readonly<Record<string, Localized>> = {
  '101': both('单线链缝', 'single-thread chainstitch'),
  '103': both('撬边（单线暗缝）', 'blind stitch'),
  '107': both('单线链式钉扣', 'single-thread button stitch'),
  '301': both('平车（锁式）', 'lockstitch'),
  '304': both('人字车（锁式）', 'zigzag lockstitch'),
  '401': both('双线链车', 'two-thread chainstitch'),
  '404': both('凤眼锁眼（双线链式人字）', 'zigzag chainstitch'),
  '406': both('双针坎车', 'two-needle coverstitch'),
  '504': both('三线拷边', 'three-thread overlock'),
  '514': both('四线拷边', 'four-thread overlock'),
  '516': both('五线拷边', 'five-thread safety stitch'),
  '602': both('双针四线绷缝', 'two-needle cover seam'),
  '605': both('三针五线绷缝', 'three-needle cover seam'),
}

/** What the finished seam must look like, by stitch and seam class; the first rule that fits is used. */
const FINISH: readonly { stitch: RegExp; seam: RegExp; words: Localized }[] = [
  {
    stitch: /103/,
    seam: /./,
    words: both('正面不露针迹，底边不起吊', 'no stitch visible on the face, hem does not pull'),
  },
  { stitch: /107/, seam: /./, words: both('绕脚，牢固，拉力不小于 70 N', 'with shank, firm, holds 70 N') },
  {
    stitch: /404|304/,
    seam: /^-$/,
    words: both('位置准确，边缘光洁，线头剪净', 'exact position, clean edges, threads trimmed'),
  },
  {
    stitch: /406/,
    seam: /^6/,
    words: both('面线平行，宽窄一致，有弹性', 'rows parallel, even width, stretches without breaking'),
  },
  { stitch: /6\d\d/, seam: /./, words: both('压线平服，不起拱，底线全包', 'flat, no tunnelling, raw edges covered') },
  { stitch: /./, seam: /^6\.03/, words: both('双折，宽窄一致，不扭', 'double turned, even width, no twist') },
  { stitch: /504/, seam: /^6\.01/, words: both('包光毛边，不卷边', 'raw edge covered, no curling') },
  {
    stitch: /5\d\d/,
    seam: /./,
    words: both('切边整齐，拉伸不断线，倒缝', 'trimmed clean, stretches without breaking, pressed to one side'),
  },
  {
    stitch: /./,
    seam: /^2\.04/,
    words: both('内外不露毛边，两道明线平行', 'no raw edge on either side, two rows parallel'),
  },
  { stitch: /./, seam: /^2\.02/, words: both('压线0.1 cm，宽窄一致', 'edge-stitched 1 mm, even') },
  {
    stitch: /./,
    seam: /^1\.06/,
    words: both('修剪缝份，翻角到位，止口不反吐', 'allowances graded, corners turned out, facing not visible'),
  },
  { stitch: /./, seam: /^5/, words: both('明线顺直，宽窄一致，不接线', 'topstitch straight and even, no joins') },
  { stitch: /./, seam: /^3/, words: both('滚边饱满，里外一致，不漏缝', 'binding full and even, nothing missed') },
  { stitch: /./, seam: /^4/, words: both('拉链平服，拉合顺畅，不起拱', 'zip lies flat and runs freely, no waves') },
  { stitch: /401/, seam: /./, words: both('拉伸不断线，分缝烫平', 'stretches without breaking, pressed open') },
  { stitch: /./, seam: /./, words: both('分缝烫平，不起皱', 'pressed open, no puckering') },
]

const contextOf = (spec: StyleSpec): Context => ({
  gender: spec.gender,
  sa: spec.seamAllowanceMm,
  recipe: spec.recipe ?? 1,
  cloth: clothFacts(spec.materials),
  parameter: (key) => spec.parameters[key] ?? 0,
  choice: (slot) => spec.construction[slot] ?? '',
})

/** A seam class of a hem takes the style's hem depth, a stitch that joins nothing has no allowance. */
function allowanceOf(spec: StyleSpec, seam: string, stitch: string): number {
  if (seam === '-') return 0
  if (/^6\.0[23]/.test(seam) || stitch === '103')
    return spec.parameters['hemDepth'] ?? spec.parameters['hemAllowance'] ?? spec.seamAllowanceMm
  return spec.seamAllowanceMm
}

/** The block's seams that this style has. @throws Problem 422 where the category has no block */
export const seamsOf = (spec: StyleSpec): SeamSpec[] => {
  const context = contextOf(spec)
  return blockFor(spec.category, spec.gender).stitches.filter((entry) => entry.when?.(context) ?? true)
}

/**
 * The seams of a style ({@link seamsOf}, in their order) with stitch (ISO 4915), seam class (ISO 4916; "-" where nothing
 * is joined), density, allowance in mm and finish. @throws Problem 422 where the category has no block
 */
export const constructionRows = (spec: StyleSpec): ConstructionRow[] =>
  seamsOf(spec).map((entry, i) => {
    const seam = /^\d/.test(entry.seamClass) ? entry.seamClass : '-'
    return {
      n: i + 1,
      operation: entry.where,
      stitch: entry.stitch,
      stitchName: STITCHES[entry.stitch] ?? both(entry.stitch, entry.stitch),
      seam,
      stitchesPerCm: entry.perCm,
      allowanceMm: allowanceOf(spec, seam, entry.stitch),
      finish:
        FINISH.find((rule) => rule.stitch.test(entry.stitch) && rule.seam.test(seam))?.words ?? both('平服', 'flat'),
    }
  })

export interface Detail {
  slot: string
  option: string
  view: 'front' | 'back' | 'inside'
  words: Localized
  /** What the sewing floor is to watch. */
  care: Localized
}

/** What to watch at each part of a garment; the first that fits the slot and option is used. */
const WATCH: readonly { slot: RegExp; option: RegExp; view: Detail['view']; care: Localized }[] = [
  {
    slot: /closure/,
    option: /back-zip/,
    view: 'back',
    care: both('拉链平服，左右高低一致', 'zip flat, both sides level'),
  },
  {
    slot: /^backPocket$/,
    option: /./,
    view: 'back',
    care: both('位置左右对称，袋口打结', 'placed symmetrically, mouth bar-tacked'),
  },
  {
    slot: /^belt$/,
    option: /loops/,
    view: 'front',
    care: both('裤襻等长等宽，钉牢', 'loops of one length and width, firmly attached'),
  },
  {
    slot: /^belt$/,
    option: /half|strap/,
    view: 'back',
    care: both('居中，左右高低一致', 'centred, both ends level'),
  },
  {
    slot: /closure|placket|fly/,
    option: /zip/,
    view: 'front',
    care: both('拉链平服，左右高低一致', 'zip flat, both sides level'),
  },
  {
    slot: /closure|placket|fly/,
    option: /./,
    view: 'front',
    care: both('扣位与扣眼对齐，门襟等长', 'buttons meet their holes, fronts of one length'),
  },
  {
    slot: /collar|neck/,
    option: /fur/,
    view: 'front',
    care: both('毛向一致，左右对称', 'pile in one direction, symmetrical'),
  },
  {
    slot: /collar|neck/,
    option: /./,
    view: 'front',
    care: both('左右对称，平服，不反吐', 'symmetrical, flat, underside not visible'),
  },
  {
    slot: /hood/,
    option: /./,
    view: 'front',
    care: both('中线对准后中，左右对称', 'centred on the back neck, symmetrical'),
  },
  {
    slot: /^chestPocket$/,
    option: /./,
    view: 'front',
    care: both('位置按款式图，袋口打结', 'placed as drawn, mouth bar-tacked'),
  },
  {
    slot: /^pocket$/,
    option: /^chest$/,
    view: 'front',
    care: both('位置按款式图，袋口打结', 'placed as drawn, mouth bar-tacked'),
  },
  {
    slot: /pocket/,
    option: /./,
    view: 'front',
    care: both('位置左右对称，袋口打结', 'placed symmetrically, mouth bar-tacked'),
  },
  { slot: /cuff|sleeve/, option: /./, view: 'front', care: both('左右等长等宽', 'both of one length and width') },
  {
    slot: /^waist$/,
    option: /./,
    view: 'front',
    care: both('宽窄一致，两端平齐', 'even width, both ends level'),
  },
  {
    slot: /^rib$/,
    option: /rib/,
    view: 'front',
    care: both('松紧一致，不扭不起浪', 'stretched evenly, neither twisted nor wavy'),
  },
  {
    slot: /belt|waistband/,
    option: /./,
    view: 'front',
    care: both('宽窄一致，接缝在后', 'even width, join at the back'),
  },
  {
    slot: /lining/,
    option: /./,
    view: 'inside',
    care: both('留余量，不吊不露', 'with ease, neither pulling nor showing'),
  },
  {
    slot: /^shoulder$/,
    option: /^plain$/,
    view: 'front',
    care: both('肩线平服，不起皱', 'shoulder seam flat, no puckering'),
  },
  {
    slot: /shoulder|epaulet/,
    option: /./,
    view: 'front',
    care: both('左右对称，钉牢', 'symmetrical, firmly attached'),
  },
  {
    slot: /^back$/,
    option: /^(?!centre-vent)/,
    view: 'back',
    care: both('平服，左右对称', 'flat, symmetrical'),
  },
  {
    slot: /back|vent|yoke/,
    option: /./,
    view: 'back',
    care: both('居中，平服，不豁不搅', 'centred, flat, neither gaping nor overlapping'),
  },
  { slot: /hem|bottom/, option: /./, view: 'front', care: both('圆顺，前后平齐', 'smooth, front and back level') },
]
const WATCH_ELSE = { view: 'front', care: both('按款式图，左右对称', 'as drawn, symmetrical') } as const

/** Each construction choice in the block's own words, with the view it is seen in and what to watch. */
export function detailsOf(spec: StyleSpec): Detail[] {
  return blockFor(spec.category, spec.gender).construction.map((slot) => {
    const chosen = spec.construction[slot.slot] ?? slot.default
    const option = slot.options.find((entry) => entry.value === chosen)
    const { view, care } = WATCH.find((rule) => rule.slot.test(slot.slot) && rule.option.test(chosen)) ?? WATCH_ELSE
    const said = option?.label ?? both(chosen, chosen)
    return {
      slot: slot.slot,
      option: chosen,
      view,
      care,
      words: both(`${slot.label.zh}：${said.zh}`, `${slot.label.en}: ${said.en}`),
    }
  })
}
