/** What is done before a needle is threaded: spreading, cutting, bundling, fusing. */
import type { Localized } from '../../core/values.ts'
import { both } from '../blocks/common.ts'
import { isWaistTape } from '../bom/tape.ts'
import type { BomRow, Material } from '../types.ts'
import { byHand, isKnit, type Making, namesOf, type Step, sum } from './step.ts'
import { SAY } from './words.ts'

export function cutSteps(making: Making): Step[] {
  const sheets = sum(making.size.pieces.map(({ count }) => count))
  return [
    ...(isKnit(making) ? [byHand('cut', 'relax', both('松布', 'Relax the cloth'), 'table', { each: 0.1 }, both('松布 24 小时后再裁', 'cut after 24 hours'))] : []), // prettier-ignore
    byHand('cut', 'spread-cut', both('拉布、裁剪', 'Spread and cut'), 'cutter', { each: 0.05, times: sheets, mm: 1000, per100mm: 0.04 }), // prettier-ignore
    byHand('cut', 'number-bundle', both('验片、打号、捆扎', 'Check, number and bundle'), 'table', { each: 0.03, times: sheets }), // prettier-ignore
  ]
}

/** Temperature at the glue line, time and pressure, by weight: as makers of fusibles print them for these kinds. */
function fusing({ gsm, composition }: Material): Localized {
  const [celsius, seconds, bar] = gsm >= 100 ? ([155, 18, 3] as const) : ([130, 14, 2.5] as const) // prettier-ignore
  const cotton = composition.some(({ fibre }) => fibre === 'cotton')
  return both(
    `粘合温度 ${celsius} ℃，时间 ${seconds} 秒，压力 ${bar} bar；先试粘，剥离强度合格后再批量${cotton ? '；平放冷却' : ''}`,
    `${celsius} °C at the glue line, ${seconds} s, ${bar} bar; try first, bond tested before the lot${cotton ? '; cool flat' : ''}`,
  )
}

/** As {@link fusing} has it for what is as light as tape, which must not be drawn longer on its way through the press. */
const TAPE_FUSING = both(
  '粘合温度 130 ℃，时间 14 秒，压力 2.5 bar；对齐折线，不得拉伸，先试粘',
  '130 °C at the glue line, 14 s, 2.5 bar; edge on the fold line, not stretched, try first',
)

/** Canvas with hair in it is sewn in; everything else of interlining is fused. */
const isSewnIn = ({ composition }: Material): boolean => composition.some(({ fibre }) => fibre === 'horsehair')

/** @param bom tape that is bought for a waistband is fused beside what is cut */
export const fuseSteps = (making: Making, bom: readonly BomRow[]): Step[] => [
  ...fusePieces(making),
  ...bom
    .filter((row) => isWaistTape(row) && (row.quantity[making.size.size] ?? 0) > 0)
    .map(
      ({ name, quantity }) =>
      byHand('fuse', 'fuse-tape', SAY.fuse(name), 'fusing', { each: 0.12, mm: 1000 * quantity[making.size.size]!, per100mm: 0.01 }, TAPE_FUSING), // prettier-ignore
    ),
]

function fusePieces({ spec, size }: Making): Step[] {
  const cloth = spec.materials.interlining
  const pieces = size.pieces.filter(({ role }) => role === 'interlining')
  if (!cloth || !pieces.length) return []
  const sheets = sum(pieces.map(({ count }) => count))
  return isSewnIn(cloth)
    ? [
        byHand('fuse', 'canvas', both(`敷衬：${namesOf(pieces).zh}`, `Baste canvas: ${namesOf(pieces).en}`), 'table', {
          each: 0.9,
          times: sheets,
        }),
      ]
    : [byHand('fuse', 'fuse', SAY.fuse(namesOf(pieces)), 'fusing', { each: 0.14, times: sheets }, fusing(cloth))]
}
