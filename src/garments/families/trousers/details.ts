/** What is sewn on trousers: fly, drawcord, pockets, pleats, yoke. */
import { ridge, swell } from '../../drawing/folds.ts'
import { along, bezier, clamp, lengthOf, lerp, offset, onSide, pt, through } from '../../drawing/geometry.ts'
import { TROUSER_MOUTH } from '../../openings.ts'
import type { Point } from '../../types.ts'
import type { Full } from '../../drawing/input.ts'
import type { Part } from '../../drawing/layout.ts'
import type { LowerFrame } from '../../drawing/lower-frame.ts'
import type { Piece } from '../../drawing/piece.ts'
import { on, spread } from '../../drawing/piece.ts'
import { pocket } from '../../drawing/pockets.ts'
import { legX } from './folds.ts'

/** Trousers laid out up to their waistband. */
export interface TrouserBody {
  c: LowerFrame
  m: Full
  chino: boolean
  pleats: 'double' | 'single' | 'flat'
  pockets: 'cargo' | 'patch' | 'western' | 'none' | 'slant'
  waist: 'elastic' | 'button'
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

/** Fly or drawcord, side pockets, pleats. */
export function frontDetails(body: TrouserBody): void {
  const { c, m, chino, pleats, pockets, waist, wh, dip, crotchY, outerAt, inner, parts, trims } = body
  const { input, r } = c
  const con = input.construction
  const wb = m.waistband
  const top = under(body)
  if (waist === 'button') {
    const w = c.lap * -16
    const fly = [
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
    // parts list: the leg on top carries the fly's stitches
    const leg = parts.find((p) => p.id === (c.lap === 1 ? 'leg-right' : 'leg-left'))
    if (leg) leg.stitches = [...(leg.stitches ?? []), fly.slice(1), ...(chino ? [offset(fly.slice(1), c.lap * 4)] : [])]
    if (leg && /button/.test(con['closure'] ?? '')) buttonFly(body, leg, top)
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
      chino
        ? { kind: 'button', at: pt(0, dip + wb * 0.5), radius: 8, style: 'jeans', over: 'band-tab' }
        : { kind: 'button', at: pt(0, dip + wb * 0.5), radius: 7.5, style: 'four-hole', over: 'band-tab' },
    )
  } else
    for (const s of [-1, 1] as const) {
      const len = 170 + r(0, 22)
      trims.push(
        { kind: 'eyelet', at: pt(s * 20, dip + wb * 0.5), radius: 4.6, over: 'waistband' },
        {
          kind: 'cord',
          path: through(
            [
              pt(s * 20, dip + wb * 0.5),
              pt(s * 27, dip + wb * 0.5 + len * 0.4),
              pt(s * (18 + r(0, 10)), dip + wb * 0.5 + len),
            ],
            8,
          ),
          width: 6,
          tip: 'metal',
          over: 'leg-right',
        },
      )
    }
  for (const s of [-1, 1] as const) {
    const leg = parts.find((p) => p.id === (s === 1 ? 'leg-right' : 'leg-left'))!
    if (pockets === 'western' || (pockets === 'slant' && input.textures.shell?.texture === 'denim')) {
      const a = pt(wh * 0.52, top - 4)
      const b = pt(outerAt(top + 74) + 1, top + 74)
      const mouth = [a, ...bezier(a, pt(wh * 0.56, top + 44), pt(wh * 0.74, top + 68), b, 12)]
      leg.seams = [...(leg.seams ?? []), { path: onSide(mouth, s), width: 2.6, depth: 1.6 }]
      leg.stitches = [...(leg.stitches ?? []), onSide(offset(mouth, 4), s), onSide(offset(mouth, 10), s)]
    } else if (pockets !== 'none') {
      // an in-seam pocket opens beside the side seam, a slanted one towards the front
      const inSeam = /seam/.test(con['pocket'] ?? '')
      const from = inSeam ? wb + TROUSER_MOUTH.from : top - 4
      const to = inSeam ? from + TROUSER_MOUTH.length : top + 158
      const a = pt(outerAt(from) - (inSeam ? 7 : 46), from)
      const b = pt(outerAt(to) - 1.5, to)
      const mouth = through([a, pt(lerp(a.x, b.x, 0.44), lerp(a.y, b.y, 0.5)), b], 8)
      leg.seams = [...(leg.seams ?? []), { path: onSide(mouth, s), width: 3, depth: 1.8 }]
      leg.stitches = [...(leg.stitches ?? []), onSide(offset(mouth, 5), s)]
      for (const t of [0.06, 0.97]) {
        const p = along(mouth, lengthOf(mouth) * t).p
        trims.push({ kind: 'bartack', path: onSide([pt(p.x - 9, p.y), pt(p.x + 1, p.y)], s), over: leg.id })
      }
    }
    if (pleats !== 'flat') {
      const list = pleats === 'double' ? [0.5, 0.78] : [0.52]
      for (const t of list) {
        const x = wh * t
        const path = through([pt(x, top - 2), pt(x + 3, top + 70), pt(x + 6, top + 150)], 6)
        const f = leg.folds
        if (f)
          ridge(
            f,
            path.map((p) => pt(legX(p, outerAt, inner), p.y)),
            6,
            3.4,
            16,
            swell.start,
          )
        leg.seams = [...(leg.seams ?? []), { path: onSide(path.slice(0, 6), s), width: 2, depth: 2 }]
      }
    }
    if (pockets === 'cargo') {
      const y = crotchY + 90
      const w = 150
      const p = pocket(`cargo-${s}`, 'cargo', {
        x: s * (outerAt(y + 60) - w * 0.42),
        y,
        w,
        h: 180,
        slant: -2,
        side: s,
        thick: 1.4,
        button: true,
      })
      parts.push(
        ...p.parts.map((q) => ({
          ...q,
          belongs: 'leg' as const,
          outline: q.outline.map((o) => pt(clamp(o.x, -outerAt(o.y) - 5, outerAt(o.y) + 5), o.y)),
        })),
      )
      trims.push(...p.trims)
    }
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
  leg.seams = [...(leg.seams ?? []), { path: [pt(c.lap * 1.5, top + 2), pt(c.lap * 1.5, end)], width: 3.4, depth: 2 }]
}
/** Back pockets, and the yoke of jeans. */
export function backDetails(body: TrouserBody): void {
  const { c, m, pockets, wh, outerAt, parts, trims } = body
  const { input } = c
  const con = input.construction
  const top = under(body)
  const jeans = input.textures.shell?.texture === 'denim'
  for (const s of con['backPocket'] === 'none' ? [] : ([-1, 1] as const)) {
    const leg = parts.find((p) => p.id === (s === 1 ? 'leg-right' : 'leg-left'))!
    if (jeans || pockets === 'patch') {
      leg.seams = [
        ...(leg.seams ?? []),
        {
          path: onSide(through([pt(0, top + 66), pt(wh * 0.5, top + 44), pt(outerAt(top + 30), top + 30)], 6), s),
          width: 2.6,
          depth: 1.2,
        },
      ]
      const p = pocket(`back-pocket-${s}`, 'patch', {
        x: s * m.halfHip * 0.245,
        y: top + 62,
        w: m.halfHip * 0.28,
        h: m.halfHip * 0.31,
        slant: 3,
        side: s,
        thick: 1.3,
        pointed: true,
      })
      parts.push(...p.parts.map((q) => ({ ...q, belongs: 'leg' as const })))
    } else {
      leg.seams = [
        ...(leg.seams ?? []),
        { path: onSide([pt(wh * 0.5, top), pt(wh * 0.52, top + 62)], s), width: 2, depth: 1 },
      ]
      const p = pocket(`back-pocket-${s}`, 'welt', {
        x: s * wh * 0.53,
        y: top + 66,
        w: 130,
        h: 12,
        slant: 1.5,
        side: s,
        thick: 1.1,
      })
      parts.push(...p.parts.map((q) => ({ ...q, belongs: 'leg' as const })))
      trims.push({
        kind: 'button',
        at: pt(s * wh * 0.53, top + 92),
        radius: 6.5,
        style: 'four-hole',
        over: `back-pocket-${s}`,
      })
    }
  }
}
