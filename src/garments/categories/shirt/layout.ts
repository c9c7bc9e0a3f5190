/** Shirt: placket, collar on a stand, yoke, cuffs, curved tails. */
import { type Field, ridge, swell, weigh } from '../../drawing/folds.ts'
import type { Path } from '../../drawing/geometry.ts'
import { clamp, lerp, mirror, offset, onSide, pt, smooth, through } from '../../drawing/geometry.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import { choicesIn } from '../../blocks/common.ts'
import type { Layout, Part } from '../../drawing/layout.ts'
import { backCollar, shirtCollar, standCollar } from '../../drawing/collars.ts'
import { cuffOf } from '../../drawing/cuffs.ts'
import { finish } from '../../drawing/finish.ts'
import { belowArms, bodyFolds, bodyOutline, bodySurface, hemLine, upperFrame } from '../../drawing/frame.ts'
import type { UpperFrame } from '../../drawing/frame.ts'
import { neckInside, scoop } from '../../drawing/necks.ts'
import { alone, buttonRow, NOTHING, on, type Piece, spread, together } from '../../drawing/piece.ts'
import { choices, type ShirtChoices } from './choices.ts'
import { pocket } from '../../drawing/pockets.ts'
import { mirrorSleeve, sleeveFolds, type SleeveGeometry, sleeveGeometry } from '../../drawing/sleeves.ts'
import type { Point } from '../../types.ts'

/** From the centre back to the fold of a box pleat, mm. */
const PLEAT = 16

/** A dart pointed at both ends, from below the shoulder blade to above the seat. */
const fishEye = ({ m, waistY }: UpperFrame): Path =>
  through(
    [pt(m.halfChest * 0.2, waistY - 130), pt(m.halfChest * 0.185, waistY), pt(m.halfChest * 0.2, waistY + 120)],
    6,
  )

/** A shirt laid out from the pieces of its own: what its body, sleeves and front are drawn from. */
interface ShirtBody {
  f: UpperFrame
  chosen: ShirtChoices
  /** How much higher the hem lies at the sides, mm. */
  tail: number
  drop: number
  neckline: Path
}

export function layout(input: PackshotInput, m: Full): Layout {
  const chosen = choicesIn(choices(input.gender), input.construction)
  const tail = chosen.hem === 'curved' ? 62 : 0
  const f = upperFrame(input, m, { tail })
  const drop = m.frontNeckDrop
  const neckline = f.back ? scoop(f, m.backNeckDrop) : scoop(f, drop)
  const s: ShirtBody = { f, chosen, tail, drop, neckline }
  const inside = f.back ? NOTHING : neckInside(f, drop, 'shell', 10, { shows: 'yokeBack' })
  const arms = [sleeve(s, -1), sleeve(s, 1)]
  const body = alone(bodyOf(s))
  const sewn = f.back
    ? backCollar(f, false, 'shell', chosen.collar === 'band' ? 20 : 52)
    : together(front(s, body.parts[0]!), chestPockets(s), collar(s))
  const { parts, trims } = together(inside, ...arms, body, sewn)
  return finish(f, parts, trims, { cuff: isLong(f) })
}

const isLong = ({ m }: UpperFrame): boolean => m.sleeveLength > 400

const CORNERS = { angled: 'mitred', rounded: 'round', straight: 'square', french: 'linked' } as const

function sleeve({ f, chosen }: ShirtBody, side: 1 | -1): Piece {
  const { m } = f
  const long = isLong(f)
  const cuffH = long ? clamp(m.cuffHeight, 50, 85) : 0
  const drawn = sleeveGeometry(
    f,
    long
      ? { upper: 26, lower: 12, round: 46, cuff: { height: cuffH, width: m.halfCuff }, blouse: m.halfCuff * 0.22 }
      : { upper: 42, lower: 38, round: 44 },
    (f.rng() - 0.5) * 3,
  )
  const g = side === -1 ? mirrorSleeve(drawn) : drawn
  const folds = sleeveFolds(f, g, { bend: 7, stack: cuffH ? 4 : 0, gather: cuffH ? 3.4 : 0 })
  const endLine = [0.02, 0.3, 0.7, 0.98].map((t) => {
    const s = g.sections[Math.max(0, g.sections.length - 5)]!
    return pt(lerp(s.a.x, s.b.x, t), lerp(s.a.y, s.b.y, t))
  })
  const arm = alone({
    id: side === 1 ? 'sleeve-right' : 'sleeve-left',
    belongs: 'sleeve',
    ink: 'shell',
    outline: g.outline,
    origin: pt(side * 23, 7),
    folds,
    surface: { kind: 'strip', z: 8, dome: m.halfBicep * 0.19, sections: g.sections, bevel: 1.6 },
    ...(cuffH ? {} : { stitches: [endLine] }),
  })
  if (!cuffH) return arm
  const cuff = cuffOf(g, side, {
    id: `cuff-${side === 1 ? 'right' : 'left'}`,
    kind: 'band',
    height: cuffH,
    width: m.halfCuff,
    ink: 'shell',
    thick: 1,
    buttons: chosen.cuff === 'french' ? 0 : 1,
    close: CORNERS[chosen.cuff],
  })
  return together(arm, alone(sleevePlacket(g, side)), cuff)
}

/** The placket of a sleeve: a strip from the edge that laps in the cuff upwards, its end pointed. */
function sleevePlacket(g: SleeveGeometry, side: 1 | -1): Part {
  const low = g.sections.length - 1
  const at = (up: number, across: number): Point => {
    const { a, b } = g.sections[Math.max(0, low - Math.round(up / 5))]!
    const width = Math.hypot(b.x - a.x, b.y - a.y)
    return pt(lerp(a.x, b.x, 0.42 + across / width), lerp(a.y, b.y, 0.42 + across / width))
  }
  return {
    id: `sleeve-placket-${side === 1 ? 'right' : 'left'}`,
    belongs: 'sleeve',
    ink: 'shell',
    outline: [at(-2, 0), at(135, 0), at(150, 12), at(135, 24), at(-2, 24)],
    surface: on(1.2, 1.4),
    shadow: { dx: side * -1, dy: 1, blur: 2, opacity: 0.4 },
    stitches: [[at(0, 3), at(132, 3), at(144, 12), at(132, 21), at(0, 21)]],
  }
}

function hemOf({ f, tail }: ShirtBody): Path {
  const { m } = f
  if (!tail) return hemLine(f, 4)
  const end = f.side[f.side.length - 1]!
  const half = f.halfAt(m.bodyLength)
  const right = [
    end,
    pt(half * 0.93, m.bodyLength - tail * 0.72),
    pt(half * 0.68, m.bodyLength - 7),
    pt(half * 0.3, m.bodyLength),
  ]
  return through([...right, ...mirror(right).reverse()], 7)
}

/** Where the yoke is sewn to the back. */
const yokeY = ({ sp, ua }: UpperFrame): number => lerp(sp.y, ua.y, 0.34)

/** Folds of the body: calm beside the front edge; below the yoke a pleat springs, a dart draws in. */
function foldsOf({ f, chosen: { back } }: ShirtBody, darts: readonly Path[]): Field {
  const { m } = f
  const folds = bodyFolds(f, { flutes: 3, fluteDepth: 6, from: f.ua.y + 30, drag: 4, swag: 2.4 })
  if (!f.back) weigh(folds, (x, y) => 1 - 0.55 * (1 - smooth(14, 60, Math.abs(x))) * smooth(0, 120, y))
  else if (back === 'box-pleat') {
    const yoke = yokeY(f)
    for (const x of [-PLEAT, PLEAT])
      ridge(
        folds,
        [pt(x, yoke + 4), pt(x * 1.1, lerp(yoke, m.bodyLength, 0.3)), pt(x * 1.3, lerp(yoke, m.bodyLength, 0.66))],
        6,
        x < 0 ? 12 : 4,
        x < 0 ? 4 : 12,
        swell.start,
      )
  }
  // a dart draws the cloth in along its seam and lets it out softly beyond its points
  for (const path of darts) {
    const beyond = [pt(path[0]!.x, path[0]!.y - 60), ...path, pt(path.at(-1)!.x, path.at(-1)!.y + 60)]
    ridge(folds, beyond, -5, 16, 16, swell.middle)
  }
  return folds
}

function yokesOf(f: UpperFrame): Path[] {
  const y = yokeY(f)
  if (f.back) return [through([pt(f.sp.x - 14, y), pt(0, y + 5), pt(-f.sp.x + 14, y)], 8)]
  const front = through(
    [pt(f.sp.x - 1, f.sp.y + 26), pt(lerp(f.np.x, f.sp.x, 0.5), lerp(f.np.y, f.sp.y, 0.5) + 27), pt(f.np.x + 3, 30)],
    6,
  )
  return [front, mirror(front)]
}

function bodyOf(s: ShirtBody): Part {
  const { f, chosen, neckline } = s
  const { m } = f
  const hem = hemOf(s)
  const darts = f.back && chosen.back === 'darts' ? ([1, -1] as const).map((side) => onSide(fishEye(f), side)) : []
  const folds = foldsOf(s, darts)
  const hemStitch = offset(hem, 8)
  const yokes = yokesOf(f)
  const pleats = f.back && chosen.back === 'box-pleat' ? [-PLEAT, PLEAT] : []
  return {
    id: 'body',
    belongs: 'body',
    ink: 'shell',
    outline: bodyOutline(f, neckline, hem),
    folds,
    surface: bodySurface(f, 38, 0.24),
    shadow: { dx: 3, dy: 7, blur: 9, opacity: 0.42, from: belowArms(f) },
    seams: [
      ...yokes.map((path) => ({
        path,
        shows: f.back ? ('yokeBack' as const) : ('yokeFront' as const),
        width: 1.8,
        depth: 0.7,
      })),
      ...[f.armhole, mirror(f.armhole)].map((path) => ({ path, shows: 'armhole' as const, width: 1.8, depth: 0.6 })),
      { path: hemStitch, shows: 'hem', width: 1.8, depth: 0.4 },
      ...darts.map((path) => ({ path, shows: 'dart' as const, width: 2.2, depth: 1.8 })),
      ...pleats.map((x) => ({
        path: [pt(x, yokeY(f) + 4), pt(x * 1.06, lerp(yokeY(f), m.bodyLength, 0.3))],
        shows: 'pleat' as const,
        width: 2.2,
        depth: 1.3,
      })),
    ],
    stitches: [
      hemStitch,
      ...yokes.map((p) => p.map((q) => pt(q.x, q.y + 4))),
      ...([1, -1] as const).map((side) => onSide(offset(f.armhole, 7), side)),
    ],
  }
}

/** The front's edge with its buttons: a placket sewn on, or turned in as a French front. */
function front({ f, chosen, drop }: ShirtBody, body: Part): Piece {
  const { m, input } = f
  const low = m.bodyLength - 1
  const w = 34
  const sewnOn = chosen.closure === 'placket'
  const column = sewnOn ? 'placket' : 'body'
  const edge = f.lap * -w * 0.5
  // a French front is held by its buttonholes: nothing but its edge is seen
  if (!sewnOn)
    body.seams = [
      ...(body.seams ?? []),
      { path: [pt(edge, drop + 2), pt(edge, low + 2)], shows: 'placketEdge', width: 2.8, depth: 1.7 },
    ]
  const usual = spread(drop + 62, m.bodyLength - 108, input.counts?.['buttons'] ?? 7)
  const rows = input.buttons?.length ? input.buttons.map(({ y }) => y) : usual
  const trims: Piece['trims'] = [
    ...rows.map((y) => ({ kind: 'buttonhole' as const, at: pt(0, y), length: 15, angle: 90, over: column })),
    ...buttonRow(rows, 0, 5.6, column),
  ]
  if (!sewnOn) return { parts: [], trims }
  const placket: Part = {
    id: 'placket',
    belongs: 'body',
    ink: 'shell',
    outline: [pt(-w / 2, drop - 3), pt(w / 2, drop - 3), pt(w / 2, low), pt(-w / 2, low)],
    origin: pt(6, 2),
    surface: on(f.hand.thick * 1.5, 1.3),
    shadow: { dx: f.lap * -1.2 + 0.6, dy: 1.4, blur: 2.2, opacity: 0.42 },
    stitches: [
      [pt(-w / 2 + 4, drop), pt(-w / 2 + 4, low - 2)],
      [pt(w / 2 - 4, drop), pt(w / 2 - 4, low - 2)],
    ],
  }
  return { parts: [placket], trims }
}

function chestPockets({ f, chosen }: ShirtBody): Piece {
  const w = f.m.halfChest * 0.215
  const patch = { x: f.ua.x * 0.5, y: f.ua.y - 36, w, h: w * 1.14, slant: 0, thick: 0.9, pointed: true }
  if (chosen.pocket === 'none') return NOTHING
  if (chosen.pocket === 'chest') return pocket('pocket-right', 'patch', { ...patch, side: 1 })
  const flapped = (side: 1 | -1): Piece =>
    pocket(`pocket-${side === 1 ? 'right' : 'left'}`, 'patch-flap', { ...patch, x: side * patch.x, side, button: true })
  return together(flapped(-1), flapped(1))
}

function collar({ f, chosen, drop }: ShirtBody): Piece {
  if (chosen.collar === 'band')
    return together(standCollar(f, { height: 36, ink: 'shell', split: true }), {
      parts: [],
      trims: [{ kind: 'button', at: pt(f.lap * 2, drop - 16), radius: 5.2, style: 'four-hole', over: 'collar-right' }],
    })
  const wide = chosen.collar === 'spread'
  return shirtCollar(f, {
    point: wide ? 70 : 74,
    spread: wide ? 0.92 : 0.6,
    stand: 34,
    ink: 'shell',
    buttonDown: chosen.collar === 'button-down',
    open: 3,
    round: false,
  })
}
