/** What is sewn on trousers: fly, drawcord, pockets, darts. */
import { ridge, swell } from '../../drawing/folds.ts'
import { along, bezier, lengthOf, lerp, offset, onSide, pt, through } from '../../drawing/geometry.ts'
import type { Path } from '../../drawing/geometry.ts'
import { TROUSER_MOUTH } from '../../openings.ts'
import type { Point } from '../../types.ts'
import type { Full } from '../../drawing/input.ts'
import type { Part, Shown } from '../../drawing/layout.ts'
import type { LowerFrame } from '../../drawing/lower-frame.ts'
import type { Piece } from '../../drawing/piece.ts'
import { on, sides, spread } from '../../drawing/piece.ts'
import { pocket } from '../../drawing/pockets.ts'
import { legX } from './folds.ts'
import type { TrouserLook } from './look.ts'

/** Trousers laid out up to their waistband. */
export interface TrouserBody {
  c: LowerFrame
  m: Full
  look: TrouserLook
  /** Half the waist, and how far its front edge dips in the middle, mm. */
  wh: number
  dip: number
  crotchY: number
  /** Outer and inner edge of the right leg by y. */
  outerAt: (y: number) => number
  inner: (y: number) => number
  /** Legs and waistband so far; what is drawn on them is added here. */
  parts: Part[]
  trims: Piece['trims']
}

/** Where the waistband ends in the middle. */
const under = ({ m, dip }: TrouserBody): number => m.waistband + dip * 0.9
const legOf = ({ parts }: TrouserBody, side: 1 | -1): Part =>
  parts.find((p) => p.id === (side === 1 ? 'leg-right' : 'leg-left'))!

function seamOn(leg: Part, path: Path, shows: Shown, width: number, depth: number): void {
  leg.seams = [...(leg.seams ?? []), { path, shows, width, depth }]
}
function stitchOn(leg: Part, ...paths: Path[]): void {
  leg.stitches = [...(leg.stitches ?? []), ...paths]
}

/** Fly or drawcord, side pockets. */
export function frontDetails(body: TrouserBody): void {
  if (body.look.elastic) drawcord(body)
  else fly(body)
  if (body.look.pockets === 'none') return
  for (const side of sides) straightMouth(body, side)
}

function fly(body: TrouserBody): void {
  const { c, m, look, dip, crotchY, parts, trims } = body
  const wb = m.waistband
  const top = under(body)
  const w = c.lap * -16
  const line = [
    pt(0, top),
    pt(c.lap * 36, top),
    ...bezier(
      pt(c.lap * 36, top),
      pt(c.lap * 36, crotchY * 0.62),
      pt(c.lap * 30, crotchY * 0.74),
      pt(c.lap * 3, crotchY * 0.82),
      12,
    ),
  ]
  // the leg on top carries the fly's stitches
  const leg = legOf(body, c.lap)
  stitchOn(leg, line.slice(1), ...(look.casual ? [offset(line.slice(1), c.lap * 4)] : []))
  if (look.buttonFly) buttonFly(body, leg, top)
  parts.push({
    id: 'band-tab',
    belongs: 'band',
    ink: 'shell',
    outline: [pt(w, dip - 1), pt(c.lap * 30, dip - 1.6), pt(c.lap * 30, dip + wb - 1), pt(w, dip + wb)],
    grain: 90,
    surface: on(1.6),
    shadow: { dx: c.lap * -1.2, dy: 1.4, blur: 2, opacity: 0.42 },
  })
  trims.push(
    look.casual
      ? { kind: 'button', at: pt(0, dip + wb * 0.5), radius: 8, style: 'jeans', over: 'band-tab' }
      : { kind: 'button', at: pt(0, dip + wb * 0.5), radius: 7.5, style: 'four-hole', over: 'band-tab' },
  )
}

function drawcord({ c, m, dip, trims }: TrouserBody): void {
  const { r } = c
  const y = dip + m.waistband * 0.5
  for (const s of sides) {
    const len = 170 + r(0, 22)
    trims.push(
      { kind: 'eyelet', at: pt(s * 20, y), radius: 4.6, over: 'waistband' },
      {
        kind: 'cord',
        path: through([pt(s * 20, y), pt(s * 27, y + len * 0.4), pt(s * (18 + r(0, 10)), y + len)], 8),
        width: 6,
        tip: 'metal',
        over: 'leg-right',
      },
    )
  }
}

/** An in-seam pocket opens beside the side seam, a slanted one towards the front. */
function straightMouth(body: TrouserBody, side: 1 | -1): void {
  const { m, look, outerAt, trims } = body
  const top = under(body)
  const inSeam = look.pockets === 'seam'
  const from = inSeam ? m.waistband + TROUSER_MOUTH.from : top - 4
  const to = inSeam ? from + TROUSER_MOUTH.length : top + 158
  const a = pt(outerAt(from) - (inSeam ? 7 : 46), from)
  const b = pt(outerAt(to) - 1.5, to)
  const mouth = through([a, pt(lerp(a.x, b.x, 0.44), lerp(a.y, b.y, 0.5)), b], 8)
  const leg = legOf(body, side)
  seamOn(leg, onSide(mouth, side), 'mouth', 3, 1.8)
  stitchOn(leg, onSide(offset(mouth, 5), side))
  for (const t of [0.06, 0.97]) {
    const p = along(mouth, lengthOf(mouth) * t).p
    trims.push({ kind: 'bartack', path: onSide([pt(p.x - 9, p.y), pt(p.x + 1, p.y)], side), over: leg.id })
  }
}

/** Four buttons under the fly: they press through the cloth, and the facing is tacked between their holes. */
function buttonFly({ c, crotchY, outerAt, inner, trims }: TrouserBody, leg: Part, top: number): void {
  const end = crotchY * 0.76
  const ys = spread(top + 20, end - 18, 4)
  // a strip counts across from the middle of its leg, outwards
  const onLeg = (y: number): Point => pt(legX(pt(17, y), outerAt, inner), y)
  for (const y of ys) if (leg.folds) ridge(leg.folds, [y - 5, y, y + 5].map(onLeg), 5.5, 7, 7, swell.middle)
  for (const [i, y] of ys.entries()) {
    const next = ys[i + 1]
    if (next === undefined) continue
    const at = (y + next) / 2
    trims.push({ kind: 'bartack', path: [pt(c.lap * 5, at), pt(c.lap * 26, at + 1)], over: leg.id })
  }
  // the edge lies open by a hair where no zip holds it
  seamOn(leg, [pt(c.lap * 1.5, top + 2), pt(c.lap * 1.5, end)], 'crotchFront', 3.4, 2)
}

/** Darts of chinos, and back pockets. */
export function backDetails(body: TrouserBody): void {
  const { look, wh } = body
  const top = under(body)
  for (const side of sides) {
    if (look.darted) seamOn(legOf(body, side), onSide([pt(wh * 0.5, top), pt(wh * 0.52, top + 62)], side), 'dart', 2, 1)
    if (look.backPockets) weltPocket(body, side)
  }
}

function weltPocket(body: TrouserBody, side: 1 | -1): void {
  const { wh, parts, trims } = body
  const top = under(body)
  const id = `back-pocket-${side}`
  const welt = pocket(id, 'welt', {
    x: side * wh * 0.53,
    y: top + 66,
    w: 130,
    h: 12,
    slant: 1.5,
    side,
    thick: 1.1,
  })
  parts.push(...welt.parts.map((q) => ({ ...q, belongs: 'leg' as const })))
  trims.push({ kind: 'button', at: pt(side * wh * 0.53, top + 92), radius: 6.5, style: 'four-hole', over: id })
}
