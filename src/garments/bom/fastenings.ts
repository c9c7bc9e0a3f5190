import { definitionOf } from '../categories/index.ts'
import type { Draft, DrawnLine, Piece, SizeDraft, StyleSpec } from '../types.ts'
import { both, bySize, chosen, each, has, round, type Trim } from './trim.ts'
import { type ButtonUse, HOLES, MM_PER_LIGNE } from '../trade/fastenings.ts'

/** Buttons, zips, buckles, hooks, cords and elastics of a garment. */
export function fastenings(spec: StyleSpec, draft: Draft): Trim[] {
  const trims: Trim[] = []
  const zip = zipOf(spec, draft)
  if (zip) trims.push(zip)
  trims.push(...buttonsOf(spec, draft))
  if (spec.construction['belt'] === 'full') trims.push(beltBuckle(draft))
  if (spec.construction['belt'] === 'strap') trims.push(strapBuckle(draft))
  if (has(spec, 'hood')) trims.push(...drawcord(draft))
  const elastic = chosen(spec, 'waist') === 'elastic'
  if (elastic) trims.push(...waistElastic(draft, spec.recipe !== undefined))
  if (definitionOf(spec.category).trade.hooked && !elastic) trims.push(hook(draft))
  return trims
}

/** Where the buttons of a piece belong, and what shows the same ones: hole and button of one fastening are one group. */
interface Fastened {
  use: ButtonUse
  group: string
  pairs: number
}
function fastened(piece: Piece, lower: boolean): Fastened {
  const both = Math.min(2, piece.count)
  if (piece.id === 'collar') return { use: 'cuff', group: 'collar', pairs: 1 }
  if (piece.id === 'collarStand') return { use: 'front', group: 'collarStand', pairs: 1 }
  if (/cuff|sleeve|epaulette|belt/i.test(piece.id)) return { use: 'cuff', group: piece.id, pairs: both }
  if (/flap|pocket|welt|tab/i.test(piece.id)) return { use: 'pocket', group: 'pocket', pairs: both }
  if (lower && piece.id === 'back') return { use: 'pocket', group: 'pocket', pairs: both }
  if (piece.id === 'waistband') return { use: 'waist', group: 'waistband', pairs: 1 }
  if (lower && piece.id.startsWith('fly')) return { use: 'waist', group: 'fly', pairs: 1 }
  // Left and right front, placket and fly show the same buttons; a pair of fronts is drawn once.
  return { use: 'front', group: 'front', pairs: 1 }
}

/**
 * Buttons per garment, counted on the pattern. A front shows every button of the garment once (a pair of fronts is
 * drawn once and cut mirrored, one side with holes, one with buttons); cuffs and flaps come in twos. Of the pieces that
 * show one fastening the fullest counts. Double cuffs close with links: their holes are no buttons.
 */
export function countButtons(size: SizeDraft): Partial<Record<ButtonUse, number>> {
  const counts: Partial<Record<ButtonUse, number>> = {}
  for (const { use, buttons } of buttonGroups(size).values()) counts[use] = (counts[use] ?? 0) + buttons
  return counts
}

/** Buttons that fasten one thing, by its name (`front`, `pocket`, `fly` …). */
export function buttonGroups(size: SizeDraft): ReadonlyMap<string, { use: ButtonUse; buttons: number }> {
  const groups = new Map<string, { use: ButtonUse; buttons: number }>()
  const lower = size.pieces.some(({ id }) => id === 'waistband')
  for (const piece of size.pieces) {
    if (piece.role === 'lining' || piece.role === 'interlining' || piece.role === 'pocketing') continue
    const of = (kind: DrawnLine['kind']): number => piece.lines.filter((line) => line.kind === kind).length
    const marks = piece.id === 'cuff' ? of('button') : Math.max(of('button'), of('buttonhole'))
    if (marks === 0) continue
    const { use, group, pairs } = fastened(piece, lower)
    const buttons = Math.max(groups.get(group)?.buttons ?? 0, marks * pairs)
    groups.set(group, { use, buttons })
  }
  return groups
}

function buttonsOf(spec: StyleSpec, draft: Draft): Trim[] {
  const table = definitionOf(spec.category).trade.buttons
  const perSize = draft.sizes.map((size) => ({ size: size.size, counts: countButtons(size) }))
  return (Object.keys(table) as ButtonUse[]).flatMap((use): Trim[] => {
    const kind = table[use]!
    const counts = Object.fromEntries(perSize.map(({ size, counts }) => [size, counts[use] ?? 0]))
    const most = Math.max(...Object.values(counts))
    if (most === 0) return []
    const mm = round(kind.ligne * MM_PER_LIGNE, 1)
    return [
      {
        role: 'trim',
        code: `BTN-${kind.ligne}L-${use.toUpperCase()}`,
        name: both(`${kind.ligne}L ${kind.material.zh}纽扣`, `${kind.ligne}L ${kind.material.en} button`),
        specification: both(
          `${kind.ligne}L（直径 ${mm} mm），${HOLES[kind.holes].zh}，${kind.material.zh}，含备扣 1 粒`,
          `${kind.ligne} ligne (${mm} mm), ${HOLES[kind.holes].en}, ${kind.material.en}; 1 spare included`,
        ),
        placement: kind.placement,
        unit: 'pc',
        // One spare of every kind is sewn to the care label.
        quantity: Object.fromEntries(Object.entries(counts).map(([size, count]) => [size, count > 0 ? count + 1 : 0])),
        wastePercent: 2,
        fen: kind.fen,
        grams: kind.grams,
        colourFrom: ['button', 'contrast', 'shell'],
      },
    ]
  })
}

/** The garment's zip, its lengths to the next 10 mm. */
function zipOf(spec: StyleSpec, draft: Draft): Trim | undefined {
  const zip = definitionOf(spec.category).trade.zip?.(spec.construction)
  if (!zip) return undefined
  const lengths = each(draft, (size) => Math.round(zip.length(size) / 10) * 10)
  const longest = Math.max(...Object.values(lengths))
  const words = bySize(lengths, both('mm', 'mm'))
  return {
    role: 'trim',
    code: zip.code,
    name: zip.name,
    specification: both(`${zip.kind.zh}，长 ${words.zh}`, `${zip.kind.en}, length ${words.en}`),
    placement: zip.placement,
    unit: 'pc',
    quantity: each(draft, () => 1),
    wastePercent: 2,
    fen: Math.round((longest / 100) * zip.fenPer100mm + 60),
    grams: round((longest / 100) * 2.4, 1),
    colourFrom: ['zip', 'thread', 'shell'],
  }
}

const beltBuckle = (draft: Draft): Trim => ({
  role: 'trim',
  code: 'BKL-50',
  name: both('50 mm 腰带扣', 'Belt buckle, 50 mm'),
  specification: both('内径 50 mm，带针，包布或仿角质树脂', '50 mm inside width, with prong, horn-look resin'),
  placement: both('腰带', 'Belt'),
  unit: 'pc',
  quantity: each(draft, () => 1),
  wastePercent: 2,
  fen: 450,
  grams: 28,
  colourFrom: ['buckle', 'button', 'shell'],
})

const strapBuckle = (draft: Draft): Trim => ({
  role: 'trim',
  code: 'BKL-25',
  name: both('25 mm 调节扣', 'Strap adjuster, 25 mm'),
  specification: both('内径 25 mm，日字扣，枪色金属', '25 mm inside width, slider, gunmetal'),
  placement: both('后腰襻', 'Back strap'),
  unit: 'pc',
  quantity: each(draft, () => 1),
  wastePercent: 2,
  fen: 60,
  grams: 6,
  colourFrom: ['buckle'],
})

function drawcord(draft: Draft): Trim[] {
  // Round the face opening: twice the hood's height, and a tail of 200 mm on each side.
  const length = each(draft, (size) => Math.round((2 * (size.measures.hoodHeight ?? 350) + 400) / 10) * 10)
  const words = bySize(length, both('mm', 'mm'))
  return [
    {
      role: 'trim',
      code: 'CORD-6',
      name: both('6 mm 帽绳', 'Hood drawcord, 6 mm'),
      specification: both(
        `6 mm 圆编织棉绳，两端包头，长 ${words.zh}`,
        `6 mm round braided cotton, tipped ends, length ${words.en}`,
      ),
      placement: both('帽口', 'Hood opening'),
      unit: 'm',
      quantity: each(draft, (size) => round((length[size.size] ?? 0) / 1000, 2)),
      wastePercent: 3,
      fen: 90,
      grams: 11,
      colourFrom: ['cord', 'thread', 'shell'],
    },
    eyelets(
      draft,
      'EYE-11',
      both('11 mm 气眼', 'Eyelet, 11 mm'),
      both('内径 11 mm，黄铜，带垫圈，2 粒', '11 mm inside, brass with washer, 2 per garment'),
      both('帽口绳孔', 'Cord exits of the hood'),
    ),
  ]
}

/** @param eyed with the eyelets its cord comes out of, which styles of the first recipe were made without */
function waistElastic(draft: Draft, eyed: boolean): Trim[] {
  const relaxed = each(
    draft,
    (size) => Math.round((1.6 * (size.measures.halfWaist ?? size.measures.waistband ?? 380)) / 10) * 10,
  )
  const words = bySize(relaxed, both('mm', 'mm'))
  return [
    {
      role: 'trim',
      code: 'ELA-40',
      name: both('40 mm 腰头松紧带', 'Waist elastic, 40 mm'),
      specification: both(`宽 40 mm 梭织松紧带，长 ${words.zh}`, `40 mm woven elastic, cut length ${words.en}`),
      placement: both('腰头', 'Waistband'),
      unit: 'm',
      quantity: each(draft, (size) => round((relaxed[size.size] ?? 0) / 1000, 2)),
      wastePercent: 3,
      fen: 80,
      grams: 24,
      colourFrom: [],
    },
    {
      role: 'trim',
      code: 'CORD-5-WAIST',
      name: both('5 mm 腰绳', 'Waist drawcord, 5 mm'),
      specification: both('5 mm 扁编织绳，长 1400 mm', '5 mm flat braid, length 1400 mm'),
      placement: both('腰头', 'Waistband'),
      unit: 'm',
      quantity: each(draft, () => 1.4),
      wastePercent: 3,
      fen: 80,
      grams: 8,
      colourFrom: ['cord', 'thread', 'shell'],
    },
    ...(eyed
      ? [
          eyelets(
            draft,
            'EYE-8',
            both('8 mm 气眼', 'Eyelet, 8 mm'),
            both('内径 8 mm，黄铜，带垫圈，2 粒', '8 mm inside, brass with washer, 2 per garment'),
            both('腰头绳孔', 'Cord exits of the waistband'),
          ),
        ]
      : []),
  ]
}

const eyelets = (
  draft: Draft,
  code: string,
  name: Trim['name'],
  specification: Trim['specification'],
  placement: Trim['placement'],
): Trim => ({
  role: 'trim',
  code,
  name,
  specification,
  placement,
  unit: 'pc',
  quantity: each(draft, () => 2),
  wastePercent: 3,
  fen: 15,
  grams: 0.8,
  colourFrom: [],
})

const hook = (draft: Draft): Trim => ({
  role: 'trim',
  code: 'HOOK-18',
  name: both('18 mm 裤钩', 'Trouser hook and bar, 18 mm'),
  specification: both('18 mm 四件套裤钩，镀镍', '18 mm four-part hook and bar, nickel'),
  placement: both('腰头搭门', 'Waistband extension'),
  unit: 'set',
  quantity: each(draft, () => 1),
  wastePercent: 2,
  fen: 25,
  grams: 2.5,
  colourFrom: [],
})
