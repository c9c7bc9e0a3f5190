/** What is done once a garment is sewn: bartacks, buttons, what is fitted to it, pressing, inspection, packing. */
import type { Localized } from '../../core/values.ts'
import { both } from '../blocks/common.ts'
import { countButtons } from '../bom/fastenings.ts'
import { definitionOf } from '../categories/index.ts'
import type { BomRow } from '../types.ts'
import type { MachineId } from './machines.ts'
import { byHand, counted, type Group, isKnit, isLined, isTailored, type Making, type Step, sum } from './step.ts'

function closureSteps({ size, stitches }: Making): Step[] {
  const buttons = sum(Object.values(countButtons(size)))
  const holes = Math.min(buttons, sum(size.pieces.map(({ lines, count, role }) => (role === 'shell' || role === 'contrast' ? lines.filter(({ kind }) => kind === 'buttonhole').length * Math.min(2, count) : 0)))) // prettier-ignore
  const eyelet = stitches.has('eyelet')
  return [
    ...(buttons ? [byHand('finish', 'mark-buttons', both('点扣位、扣眼位', 'Mark buttons and holes'), 'table', { each: 0.05, times: buttons + holes })] : []), // prettier-ignore
    ...counted('buttonholes', both(`锁眼 ${holes} 个`, `Buttonholes: ${holes}`), eyelet ? 'eyelet' : 'buttonhole', holes, 0.16), // prettier-ignore
    ...counted('buttons', both(`钉扣 ${buttons} 粒`, `Sew on buttons: ${buttons}`), 'buttonSew', buttons, 0.14),
  ]
}

/** What a row of the bill of materials asks a pair of hands to do; the first that fits its code. */
const FITTED: readonly { code: RegExp; name: Localized; machine: MachineId; each: number }[] = [
  { code: /^PAD-/, name: both('钉垫肩', 'Set shoulder pads'), machine: 'table', each: 1.4 },
  { code: /^SLV-ROLL/, name: both('绱弹袖棉', 'Set sleeve heads'), machine: 'lockstitch', each: 0.8 },
  { code: /^EYE-/, name: both('打气眼', 'Set eyelets'), machine: 'table', each: 0.15 },
  { code: /^CORD-/, name: both('穿绳、打结', 'Thread the cord, knot its ends'), machine: 'table', each: 0.5 },
  { code: /^ELA-/, name: both('装松紧带', 'Insert elastic, join its ends'), machine: 'lockstitch', each: 0.7 },
  { code: /^HOOK-/, name: both('钉裤钩', 'Set hook and bar'), machine: 'table', each: 0.35 },
  { code: /^BKL-/, name: both('装扣环', 'Fit the buckle'), machine: 'lockstitch', each: 0.5 },
  { code: /^LBL-BRAND/, name: both('钉主唛、尺码唛', 'Sew brand and size label'), machine: 'lockstitch', each: 0.35 },
  { code: /^LBL-CARE/, name: both('钉洗水唛', 'Sew in the care label'), machine: 'lockstitch', each: 0.2 },
]

function fittedSteps(bom: readonly BomRow[], size: string): Step[] {
  return bom.flatMap((row) => {
    const rule = FITTED.find(({ code }) => code.test(row.code))
    const count = row.quantity[size] ?? 0
    if (!rule || !count) return []
    const times = row.unit === 'm' ? 1 : Math.max(1, Math.round(count))
    return [byHand('finish', row.code.toLowerCase(), rule.name, rule.machine, { each: rule.each, times }, { zh: row.placement.zh, en: row.placement.en })] // prettier-ignore
  })
}

function barTackSteps({ stitches }: Making, groups: readonly Group[]): Step[] {
  if (!stitches.has('bartack')) return []
  const mouths = groups.filter(({ seam }) => /pocketMouth|welt|beltLoop|fly$|zip/.test(seam))
  const times = Math.max(2, 2 * sum(mouths.map(({ entries }) => entries.length)))
  return counted('bartacks', both(`打枣 ${times} 处`, `Bartacks: ${times}`), 'bartack', times, 0.09)
}

/** Final press by how a garment is worn and sold: knits steamed, tailoring formed; minutes. */
function endSteps(making: Making, sewnMm: number): Step[] {
  const { trade } = definitionOf(making.spec.category)
  const [lined, tailored] = [isLined(making), isTailored(making)]
  const woven = lined ? 3 : 1.8
  const untailored = isKnit(making) ? 0.8 : woven
  const press = tailored ? 9 : untailored
  return [
    byHand('finish', 'trim-threads', both('剪线头、清洁', 'Trim threads, clean'), 'table', { each: 0.3, mm: sewnMm, per100mm: 0.007 }), // prettier-ignore
    byHand('finish', 'final-press', both(tailored ? '整烫定型' : '整烫', tailored ? 'Final press and forming' : 'Final press'), tailored ? 'press' : 'iron', { each: press }), // prettier-ignore
    byHand('pack', 'mid-check', both('中检', 'In-line inspection'), 'table', { each: 0.25 }),
    byHand('pack', 'inspect', both('终检、量尺寸', 'Final inspection and measuring'), 'table', { each: tailored ? 2.5 : 0.8 }), // prettier-ignore
    byHand('finish', 'needle', both('过检针机', 'Needle detector'), 'table', { each: 0.08 }),
    byHand('pack', 'pack', both(trade.packed === 'hung' ? '挂吊牌、套衣架、入袋' : '挂吊牌、折叠、入袋', trade.packed === 'hung' ? 'Hang tag, hanger, bag' : 'Hang tag, fold, bag'), 'table', { each: 0.5 }), // prettier-ignore
  ]
}

/**
 * Every step after sewing, in order.
 * @param sewnMm length of all that was sewn before
 */
export const finishSteps = (
  making: Making,
  groups: readonly Group[],
  bom: readonly BomRow[],
  sewnMm: number,
): Step[] => [
  ...barTackSteps(making, groups),
  ...closureSteps(making),
  ...fittedSteps(bom, making.size.size),
  ...endSteps(making, sewnMm),
]
