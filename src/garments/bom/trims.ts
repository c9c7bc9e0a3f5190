import type { Localized } from '../../core/values.ts'
import { polygonArea } from '../marker/shape.ts'
import { definitionOf } from '../categories/index.ts'
import type { Draft, Piece, StyleSpec } from '../types.ts'
import { fastenings } from './fastenings.ts'
import { waistTape } from './tape.ts'
import { both, each, round, type Trim } from './trim.ts'

/** Everything sewn on, sewn with, or packed around a garment, from its construction, its measures and its pattern. */
export function trimsOf(spec: StyleSpec, draft: Draft): Trim[] {
  return [
    ...fastenings(spec, draft),
    ...shaping(spec, draft),
    ...waistTape(spec, draft),
    thread(spec, draft),
    ...labels(spec, draft),
    ...packaging(spec, draft),
  ]
}

// ── inside ───────────────────────────────────────────────────────────────────────────────────────────────────────

function shaping(spec: StyleSpec, draft: Draft): Trim[] {
  const thick = definitionOf(spec.category).trade.padsMm
  // Pads are sewn between cloth and lining: an unlined garment has none.
  if (!thick || spec.construction['lining'] === 'none') return []
  return [
    {
      role: 'trim',
      code: `PAD-${thick}`,
      name: both(`${thick} mm 垫肩`, `Shoulder pads, ${thick} mm`),
      specification: both(`针刺棉垫肩，厚 ${thick} mm，1 副`, `needle-felt pads, ${thick} mm thick, 1 pair`),
      placement: both('肩部', 'Shoulders'),
      unit: 'set',
      quantity: each(draft, () => 1),
      wastePercent: 2,
      fen: 180,
      grams: 36,
      colourFrom: [],
    },
    {
      role: 'trim',
      code: 'SLV-ROLL',
      name: both('袖窿条', 'Sleeve-head roll'),
      specification: both('40 mm 宽针刺棉条，每袖 350 mm，2 根', '40 mm needle felt, 350 mm per sleeve, 2 pieces'),
      placement: both('袖山', 'Sleeve heads'),
      unit: 'pc',
      quantity: each(draft, () => 2),
      wastePercent: 2,
      fen: 60,
      grams: 8,
      colourFrom: [],
    },
  ]
}

/**
 * Sewing thread by the usual rule: seam length × thread per metre of seam for the stitch, and 15 % for ends. Every
 * seam joins two edges, so the seams are half of all outlines together.
 */
function thread(spec: StyleSpec, draft: Draft): Trim {
  const kind = definitionOf(spec.category).trade.thread
  const metres = each(draft, (size) => {
    const edges = size.pieces
      .filter((piece) => piece.role !== 'interlining')
      .reduce((sum, piece) => sum + piece.count * perimeter(piece), 0)
    return Math.ceil(((edges / 2 / 1000) * kind.perMetre * 1.15) / 5) * 5
  })
  const used = Object.values(metres)
  const span = [...new Set([Math.min(...used), Math.max(...used)])].join('–')
  return {
    role: 'trim',
    code: `THR-${kind.tex}`,
    name: both('涤纶缝纫线', 'Polyester sewing thread'),
    specification: both(
      `Tex ${kind.tex} 包芯涤纶线，${kind.cone} 米/筒；每件 ${span} 米`,
      `Tex ${kind.tex} core-spun polyester, ${kind.cone} m cones; ${span} m per garment`,
    ),
    placement: both('全身缝份、锁边、锁眼钉扣', 'All seams, edges and buttonholes'),
    // Bought by the cone: a metre of thread costs less than the smallest coin.
    unit: 'pc',
    quantity: each(draft, (size) => round((metres[size.size] ?? 0) / kind.cone, 4)),
    wastePercent: 5,
    fen: kind.fen,
    grams: round((kind.cone * kind.tex) / 1000, 0),
    colourFrom: ['thread', 'shell'],
  }
}

const perimeter = (piece: Piece): number => {
  // A long thin outline of no area is a line twice over: nothing to sew.
  if (polygonArea(piece.seam) < 1) return 0
  return piece.seam.reduce((sum, p, i) => {
    const q = piece.seam[(i + 1) % piece.seam.length]!
    return sum + Math.hypot(q.x - p.x, q.y - p.y)
  }, 0)
}

// ── labels and packing ───────────────────────────────────────────────────────────────────────────────────────────

/** A row of which every garment takes one. */
const oneEach =
  (draft: Draft) =>
  (
    role: Trim['role'],
    code: string,
    name: Localized,
    specification: Localized,
    placement: Localized,
    fen: number,
    grams: number,
  ): Trim => ({
    role,
    code,
    name,
    specification,
    placement,
    unit: 'pc',
    quantity: each(draft, () => 1),
    wastePercent: 3,
    fen,
    grams,
    colourFrom: [],
  })

function labels(spec: StyleSpec, draft: Draft): Trim[] {
  const { drawing } = definitionOf(spec.category)
  const centre = drawing.build === 'top' ? both('后领中', 'Centre back neck') : both('后腰中', 'Centre back waist')
  const side = both('左侧缝内，距底边 100 mm', 'Left side seam inside, 100 mm above the hem')
  const row = oneEach(draft)
  const sizes = draft.sizes.map((size) => size.size)
  return [
    row(
      'label',
      'LBL-BRAND',
      both('主唛', 'Brand label'),
      both('织唛 60 × 20 mm，两端折，锁式车缝', 'woven, 60 × 20 mm, end fold'),
      centre,
      22,
      0.6,
    ),
    row(
      'label',
      'LBL-SIZE',
      both('尺码唛', 'Size label'),
      both(
        `织唛 12 × 12 mm，${sizes.length} 个尺码：${sizes.join('、')}`,
        `woven, 12 × 12 mm, ${sizes.length} sizes: ${sizes.join(', ')}`,
      ),
      centre,
      6,
      0.2,
    ),
    row(
      'label',
      'LBL-CARE',
      both('成分洗水唛', 'Fibre and care label'),
      both(
        '缎带印唛 30 × 70 mm，中英文，符合 GB/T 5296.4',
        'printed satin, 30 × 70 mm, Chinese and English, after GB/T 5296.4',
      ),
      side,
      12,
      0.4,
    ),
  ]
}

function packaging(spec: StyleSpec, draft: Draft): Trim[] {
  const { trade } = definitionOf(spec.category)
  const row = oneEach(draft)
  const bag = trade.hanger
    ? both('600 × 1300 mm，PE 0.04 mm，印警示语', '600 × 1300 mm, 0.04 mm PE with warning print')
    : both('300 × 400 mm，PE 0.05 mm，自粘口，印警示语', '300 × 400 mm, 0.05 mm PE, self-seal, with warning print')
  return [
    row(
      'packaging',
      'TAG-HANG',
      both('吊牌', 'Hangtag'),
      both('300 g 白卡 50 × 90 mm，含吊粒，附备扣袋', '300 gsm board, 50 × 90 mm, with string and spare-button bag'),
      both('主唛处', 'At the brand label'),
      35,
      0,
    ),
    row(
      'packaging',
      'BAG-POLY',
      both('包装袋', 'Polybag'),
      bag,
      both('每件一袋', 'One per garment'),
      trade.hanger ? 85 : 30,
      0,
    ),
    ...(trade.hanger
      ? [
          row(
            'packaging',
            'HANGER',
            both('塑料衣架', 'Hanger'),
            both('PP 衣架，宽 430 mm', 'polypropylene, 430 mm wide'),
            both('每件一个', 'One per garment'),
            160,
            0,
          ),
        ]
      : []),
  ]
}
