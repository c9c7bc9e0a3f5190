/** The back of a coat or jacket: a coat's pleats and belt, a jacket's vent. */
import type { Path } from '../../drawing/geometry.ts'
import { lerp, offset, onSide, pt, through } from '../../drawing/geometry.ts'
import type { Part, Seam } from '../../drawing/layout.ts'
import type { TailoredBody, TailoredLook } from './look.ts'
import type { UpperFrame } from '../../drawing/frame.ts'
import type { Piece } from '../../drawing/piece.ts'
import { on } from '../../drawing/piece.ts'
import { centreVent } from '../../drawing/vents.ts'

/** Where the pleat of a coat's back opens below the shoulder blades. */
const pleatTop = ({ ua }: UpperFrame): number => ua.y * 0.62
/** From the centre back to the outer pleats of the skirt: the block sets them below the darts. */
const pleatX = (f: UpperFrame): number => f.m.halfWaist * 0.187
const HALF_BELT = 27

/** Seams of the back: a coat's runs into its pleat, is darted to the waist and cut there; a jacket has side panels. */
export function backSeams(f: UpperFrame, { kind, belt }: TailoredLook, panel: Path): Seam[] {
  const { m, waistY } = f
  if (kind === 'jacket')
    return [
      {
        path: [pt(0, m.backNeckDrop), pt(1, waistY), pt(0, m.bodyLength + 8)],
        shows: 'centreBack',
        width: 2.4,
        depth: 1,
      },
      ...([1, -1] as const).map((s): Seam => ({
        path: onSide(panel, s),
        shows: 'sidePanelBack',
        width: 2.2,
        depth: 0.8,
      })),
    ]
  const x = pleatX(f)
  const dart = through(
    [pt(x * 1.1, lerp(f.ua.y, waistY, 0.22)), pt(x * 1.06, lerp(f.ua.y, waistY, 0.6)), pt(x, waistY)],
    6,
  )
  const half = f.halfAt(waistY)
  return [
    { path: [pt(0, m.backNeckDrop), pt(0, pleatTop(f))], shows: 'centreBack', width: 2.4, depth: 1 },
    { path: [pt(0, pleatTop(f)), pt(0, waistY)], shows: 'pleat', width: 3.4, depth: 2.2 },
    { path: [pt(0, waistY), pt(0, m.bodyLength + 8)], shows: 'pleat', width: 5, depth: 3 },
    // none where the block's waist is not drawn in
    ...(f.input.darts?.['back'] === 0 ? [] : ([1, -1] as const)).map((s): Seam => ({
      path: onSide(dart, s),
      shows: 'dart',
      width: 2.2,
      depth: 1.1,
    })),
    ...(belt === 'half'
      ? []
      : [
          {
            path: through([pt(-half, waistY), pt(0, waistY + 7), pt(half, waistY)], 10),
            shows: 'tailTop' as const,
            width: 2.4,
            depth: 1.1,
          },
        ]),
  ]
}

/** The skirt of a coat: two panels that meet at the centre and fold under at their outer edges. */
function skirtPleats({ f }: TailoredBody): Part[] {
  const { m, waistY } = f
  const thick = f.hand.thick
  const top = waistY + 6
  const [x, low] = [pleatX(f), m.bodyLength]
  const out = x * lerp(1, f.halfAt(low) / f.halfAt(waistY), 0.55)
  return ([-1, 1] as const).map((s) => ({
    id: `pleat-${s}`,
    belongs: 'body',
    ink: 'shell',
    outline: onSide(
      [
        pt(0.6, top),
        pt(x, top - 2),
        ...through([pt(x, top - 2), pt(lerp(x, out, 0.3), lerp(top, low, 0.4)), pt(out, low + 5)], 8).slice(1),
        ...through([pt(out, low + 5), pt(out * 0.5, low + 8), pt(5, low + 8)], 6).slice(1),
        pt(1.6, lerp(top, low, 0.55)),
      ],
      s,
    ),
    surface: on(thick * 0.8, thick * 1.2),
    shadow: { dx: s * 3.4, dy: 2, blur: 6, opacity: 0.5 },
  }))
}

/** The half belt is cut in two: each half is caught in a side seam, and they are buttoned over each other. */
function halfBelt({ f }: TailoredBody): Piece {
  const thick = f.hand.thick
  const y = f.waistY
  const w = f.halfAt(y) + 1
  const lap = w * 0.34
  const edges = (from: number, to: number) => {
    const at = (x: number, h: number) => pt(x, y + 6 * (1 - (x / w) ** 2) + h)
    const xs = [from, lerp(from, to, 0.33), lerp(from, to, 0.66), to]
    return {
      top: through(
        xs.map((x) => at(x, -HALF_BELT)),
        8,
      ),
      low: through(
        xs.map((x) => at(x, HALF_BELT)),
        8,
      ),
    }
  }
  const strap = (id: string, from: number, to: number, lift: number): Part => {
    const { top, low } = edges(from, to)
    const [a, b] = [top.at(-1)!, low.at(-1)!]
    const tip = pt(b.x + Math.sign(to - from) * 15, (a.y + b.y) / 2)
    const rim = [...top, tip, ...low.toReversed()]
    const inward = Math.sign(to - from)
    return {
      id,
      belongs: 'body',
      ink: 'shell',
      outline: rim,
      grain: 90,
      surface: on(lift),
      shadow: { dx: inward * 2, dy: 5, blur: 5, opacity: 0.5 },
      stitches: [[...offset(top, inward * 5), pt(tip.x - inward * 8, tip.y), ...offset(low, inward * -5).toReversed()]],
    }
  }
  return {
    parts: [
      strap('belt-under', f.lap * w, f.lap * -lap, thick * 1.3),
      strap('belt', f.lap * -w, f.lap * lap, thick * 1.8),
    ],
    trims: [-1, 1].map((s) => ({
      kind: 'button' as const,
      at: pt(s * lap * 0.82, y + 6),
      radius: 12,
      style: 'four-hole' as const,
      over: 'belt',
    })),
  }
}

function fullBelt({ f }: TailoredBody): Part {
  const w = f.halfAt(f.waistY) + 4
  const strip = through([pt(-w, f.waistY - 25), pt(0, f.waistY - 17), pt(w, f.waistY - 25)], 10)
  const low = through([pt(-w, f.waistY + 21), pt(0, f.waistY + 29), pt(w, f.waistY + 21)], 10)
  return {
    id: 'belt',
    belongs: 'body',
    ink: 'shell',
    outline: [...strip, ...[...low].reverse()],
    grain: 90,
    surface: on(f.hand.thick * 1.8),
    shadow: { dx: 2, dy: 6, blur: 6, opacity: 0.55 },
    stitches: [offset(strip, 5), offset(low, -5)],
  }
}

/** Pleats and belt of a coat, or a jacket's vent, in drawing order. */
export function tailoredBack(body: TailoredBody): Piece {
  const { f, look } = body
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  if (look.kind === 'coat') {
    parts.push(...skirtPleats(body))
    // a stitched triangle keeps the pleat from tearing on
    const y = pleatTop(f)
    parts.push({
      id: 'pleat-stay',
      belongs: 'body',
      ink: 'shell',
      outline: [pt(-12, y - 4), pt(12, y - 4), pt(0, y + 21)],
      surface: on(0.5, 1),
      stitches: [[pt(-8, y - 1), pt(8, y - 1), pt(0, y + 15), pt(-8, y - 1)]],
    })
  } else if (look.vent) parts.push(...centreVent(f.m.bodyLength - 230, f.m.bodyLength + 5, f.hand.thick * 1.3))
  if (look.belt === 'full') parts.push(fullBelt(body))
  else if (look.belt === 'half') {
    const belt = halfBelt(body)
    parts.push(...belt.parts)
    trims.push(...belt.trims)
  }
  return { parts, trims }
}
