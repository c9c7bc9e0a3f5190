/** Waistcoat: front in cloth, back in lining or cloth. */
import { choicesIn } from '../../blocks/common.ts'
import { finish } from '../../drawing/finish.ts'
import { bodyFolds, bodyOutline, bodySurface, hemLine, upperFrame, type UpperFrame } from '../../drawing/frame.ts'
import type { Field } from '../../drawing/folds.ts'
import type { Path } from '../../drawing/geometry.ts'
import { bezier, lerp, mirror, offset, onSide, pt, through } from '../../drawing/geometry.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import type { Layout, Part } from '../../drawing/layout.ts'
import { scoop } from '../../drawing/necks.ts'
import { alone, lowShadow, on, type Piece, sides, spread, together } from '../../drawing/piece.ts'
import { pocket } from '../../drawing/pockets.ts'
import { choices, type WaistcoatChoices } from './choices.ts'

/** How far the fronts lap over the centre, mm. */
const LAP = 18
/** The last button above the measured length, where no pattern marks it, mm. */
const TURN = { pointed: 32, rounded: 53, square: 25 } as const

export function layout(input: PackshotInput, m: Full): Layout {
  const chosen = choicesIn(choices, input.construction)
  const f = upperFrame(input, m)
  if (f.back) {
    const { parts, trims } = together(alone(backPanel(f, chosen)), cinch(f, chosen))
    return finish(f, parts, trims, { cuff: false })
  }
  const marked = (input.buttons ?? []).map(({ y }) => y)
  // The back hangs level to the measured length. Fronts end in their points below it, rounded and square ones with it;
  // all rise to the side, and the last button is sewn where the edge begins to turn away.
  const turn = marked.at(-1) ?? m.bodyLength - TURN[chosen.hem]
  const throat = m.frontNeckDrop
  const rows = marked.length ? marked : spread(throat + 14, turn, input.counts?.['buttons'] ?? 5)
  const seenThrough = inside(f)
  const folds = bodyFolds(f, { drag: 2.6, flutes: 1, fluteDepth: 2.5 })
  const order = f.lap === 1 ? ([-1, 1] as const) : ([1, -1] as const)
  const fronts = order.map((side, i) => frontPanel(f, chosen, folds, turn, side, i === 1))
  const { parts, trims } = together(seenThrough, alone(...fronts), pockets(f, chosen), {
    parts: [],
    trims: rows.flatMap((y): Piece['trims'] => [
      { kind: 'buttonhole', at: pt(f.lap * -5, y), length: 16, angle: 0, over: 'body' },
      { kind: 'button', at: pt(0, y), radius: 7.6, style: 'four-hole', over: 'body' },
    ]),
  })
  return finish(f, parts, trims, { cuff: false, neck: pt(f.lap * -LAP, throat) })
}

function backPanel(f: UpperFrame, { back }: WaistcoatChoices): Part {
  const { m } = f
  const neckline = scoop(f, m.backNeckDrop)
  const hem = hemLine(f, 0)
  const dart = through(
    [pt(m.halfChest * 0.2, f.ua.y + 40), pt(m.halfChest * 0.18, f.waistY), pt(m.halfChest * 0.2, m.bodyLength - 30)],
    6,
  )
  return {
    id: 'body',
    belongs: 'body',
    ink: back === 'self' ? 'shell' : 'lining',
    outline: bodyOutline(f, neckline, hem),
    folds: bodyFolds(f, { drag: 3, flutes: 1, fluteDepth: 4 }),
    surface: bodySurface(f, 30, 0.16),
    seams: [
      { path: [pt(0, m.backNeckDrop), pt(0, m.bodyLength)], shows: 'centreBack', width: 2.2, depth: 1 },
      ...([1, -1] as const).map((s) => ({ path: onSide(dart, s), shows: 'dart' as const, width: 2, depth: 0.8 })),
    ],
  }
}

/** The strap that draws the back in, with its buckle. */
function cinch(f: UpperFrame, { back, belt }: WaistcoatChoices): Piece {
  if (belt === 'none') return { parts: [], trims: [] }
  const y = f.waistY
  const w = f.halfAt(y) * 0.98
  const strap = (s: 1 | -1): Part => ({
    id: `cinch-${s}`,
    belongs: 'body',
    ink: back === 'self' ? 'shell' : 'lining',
    outline: onSide(
      [
        pt(w, y - 12),
        pt(s === 1 ? 18 : -30, y - 10),
        pt(s === 1 ? 18 : -36, y),
        pt(s === 1 ? 18 : -30, y + 10),
        pt(w, y + 14),
      ],
      s,
    ),
    grain: 90,
    surface: on(1.6),
    shadow: lowShadow,
  })
  return {
    parts: sides.map(strap),
    trims: [{ kind: 'buckle', at: pt(18, y), width: 24, height: 24, shape: 'frame', over: 'cinch-1' }],
  }
}

/** Inside of the back in lining, seen through neck and armholes, with the label. */
function inside(f: UpperFrame): Piece {
  const { m } = f
  const h = m.neckWidth / 2
  const backIn: Path = [
    pt(h, 0),
    ...bezier(pt(h, 0), pt(h * 0.7, 14), pt(h * 0.3, m.backNeckDrop), pt(0, m.backNeckDrop), 8),
  ]
  const inner: Path = [
    pt(h, 0),
    pt(f.sp.x, f.sp.y),
    ...f.armhole,
    pt(f.ua.x - 14, f.ua.y + 90),
    pt(f.halfAt(f.waistY) - 16, f.waistY),
    pt(f.halfAt(f.waistY) - 22, m.bodyLength - 46),
    pt(0, m.bodyLength - 60),
  ]
  const part: Part = {
    id: 'inside',
    belongs: 'inside',
    ink: 'lining',
    outline: [
      ...mirror(inner).reverse(),
      ...[...mirror(backIn)].slice(0, -1),
      ...[...backIn].reverse(),
      ...inner.slice(1),
    ],
    surface: {
      kind: 'base',
      z: 4,
      dome: -10,
      bevel: 2,
      halfWidth: { from: -40, step: 60, values: Array.from({ length: 16 }, () => f.ua.x) },
    },
    shade: 0.55,
    folds: bodyFolds(f, { flutes: 1, fluteDepth: 4, from: f.ua.y }),
  }
  return {
    parts: [part],
    trims: [{ kind: 'label', at: pt(0, m.backNeckDrop + 26), width: 46, height: 22, over: 'inside' }],
  }
}

/** The lower edge of a front, from its edge to the side seam. */
function bottomOf(f: UpperFrame, { hem }: WaistcoatChoices, turn: number, sideEnd: number): Path {
  const low = f.m.bodyLength - 1
  const e = -LAP
  const end = pt(f.halfAt(sideEnd), sideEnd)
  if (hem === 'pointed') return [pt(e, turn + 4), pt(f.halfAt(low) * 0.22, turn + 62), end]
  if (hem === 'square') return [pt(e, low), pt(f.halfAt(low) * 0.5, low), end]
  const round = bezier(
    pt(e, turn + 4),
    pt(e + 3, lerp(turn, low, 0.66)),
    pt(e + 26, low),
    pt(f.halfAt(low) * 0.24, low),
    10,
  )
  return [pt(e, turn + 4), ...round, pt(f.halfAt(low) * 0.5, low), end]
}

function frontPanel(
  f: UpperFrame,
  chosen: WaistcoatChoices,
  folds: Field,
  turn: number,
  side: 1 | -1,
  onTop: boolean,
): Part {
  const { m } = f
  const h = m.neckWidth / 2
  const throat = m.frontNeckDrop
  const e = -LAP
  const sideEnd = m.bodyLength - 15
  const neck = [
    pt(h, 0),
    ...bezier(pt(h, 0), pt(h * 0.84, throat * 0.36), pt(lerp(e, h, 0.36), throat * 0.78), pt(e, throat), 16),
  ]
  const sideLine = f.side.filter((p) => p.y < sideEnd - 8)
  const outline = [
    ...neck,
    ...bottomOf(f, chosen, turn, sideEnd),
    ...[...sideLine].reverse(),
    ...[...f.armhole].reverse(),
    pt(lerp(h, f.sp.x, 0.5), lerp(0, f.sp.y, 0.5)),
  ]
  const dart = through(
    [
      pt(m.halfChest * 0.22, f.ua.y + 30),
      pt(m.halfChest * 0.2, f.waistY),
      pt(m.halfChest * 0.23, m.bodyLength + (chosen.hem === 'pointed' ? 12 : -3)),
    ],
    6,
  )
  return {
    id: onTop ? 'body' : 'front-under',
    belongs: 'body',
    ink: 'shell',
    outline: onSide(outline, side),
    folds,
    origin: pt(side * 9, 2),
    surface: bodySurface(f, onTop ? 38.5 : 36, 0.19),
    shadow: { dx: 3, dy: 6, blur: 8, opacity: 0.5 },
    seams: [{ path: onSide(dart, side), shows: 'dart', width: 2.2, depth: 0.8 }],
    stitches: [onSide(offset(neck, -6).slice(1), side), onSide([pt(e + 5, throat + 6), pt(e + 5, turn)], side)],
  }
}

function pockets(f: UpperFrame, chosen: WaistcoatChoices): Piece {
  if (chosen.pocket === 'none') return { parts: [], trims: [] }
  const welt = (side: 1 | -1): Piece =>
    pocket(`pocket-${side}`, 'welt', {
      x: side * f.halfAt(f.waistY) * 0.56,
      y: f.waistY + 40,
      w: 116,
      h: 21,
      slant: -6,
      side,
      thick: 1.6,
    })
  return together(...sides.map(welt))
}
