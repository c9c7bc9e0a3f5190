/** Trousers and chinos: y 0 is the upper edge of the waistband. */
import type { Path } from '../../drawing/geometry.ts'
import { clamp, lerp, offset, onSide, pt, smooth, through } from '../../drawing/geometry.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import type { Layout, Part, Section } from '../../drawing/layout.ts'
import { type LowerFrame, lowerFrame, waistCurve, waistInside } from '../../drawing/lower-frame.ts'
import { lowShadow, on, rect } from '../../drawing/piece.ts'
import { backDetails, frontDetails, type TrouserBody } from './details.ts'
import { gathers, legFolds } from './folds.ts'
import type { TrouserLook } from './look.ts'

/** Legs and waistband in drawing order, then what is sewn on them. */
export function trouserLayout(input: PackshotInput, m: Full, look: TrouserLook): Layout {
  const c = lowerFrame(input, m)
  const g = legGeometry(m)
  const inside = c.back ? { parts: [], trims: [] } : waistInside(c, g.wh, g.dip, m.waistband)
  const order = c.lap === 1 ? ([-1, 1] as const) : ([1, -1] as const)
  const legs = order.flatMap((side, i) => leg(c, g, look, side, i === 1))
  const body: TrouserBody = {
    c,
    m,
    look,
    ...g,
    parts: [...inside.parts, ...legs, waistband(c, g, look), ...loops(c, g, look)],
    trims: [...inside.trims],
  }
  if (c.back) backDetails(body)
  else frontDetails(body)
  const { wh, crotchY, hipY, hemY, kneeY, shiftIn, thigh, outerAt } = g
  return {
    parts: body.parts,
    trims: body.trims,
    details: {
      collar: { x: 0, y: 90, width: 380 },
      cuff: { x: shiftIn + m.halfLegOpening / 2, y: hemY - 60, width: 330 },
      fabric: { x: thigh * 0.5, y: crotchY + 110, width: 130 },
    },
    marks: {
      waistLine: pt(wh, 3),
      hip: pt(m.halfHip / 2, hipY),
      crotch: pt(0, crotchY),
      knee: pt(outerAt(kneeY), kneeY),
      legOuter: pt(shiftIn + m.halfLegOpening, hemY),
      legInner: pt(shiftIn, hemY),
    },
  }
}

interface LegGeometry {
  /** Half the waist, and how far its front edge dips in the middle, where the rise is measured from, mm. */
  wh: number
  dip: number
  hipY: number
  crotchY: number
  kneeY: number
  hemY: number
  thigh: number
  /** How far the inner edge of the hem stands from the centre. */
  shiftIn: number
  outerLine: Path
  /** Outer and inner edge of the right leg by y. */
  outerAt: (y: number) => number
  inner: (y: number) => number
}

function legGeometry(m: Full): LegGeometry {
  const wh = m.halfWaist / 2
  const dip = 13
  const crotchY = m.frontRise + dip
  const hipY = m.frontRise * 0.66
  const kneeY = crotchY + m.inseam * 0.46
  const spreadX = clamp(m.inseam * 0.055, 26, 52)
  const innerDrop = Math.sqrt(Math.max(1, m.inseam ** 2 - spreadX ** 2))
  const hemY = crotchY + innerDrop
  // the thigh is wider than half the hip by the crotch extension, which folds under where the legs meet
  const thigh = m.halfHip / 2 + 5
  const inner = (y: number): number =>
    y <= crotchY ? 0 : spreadX * smooth(-0.35, 1, (y - crotchY) / innerDrop) - spreadX * smooth(-0.35, 1, 0)
  const shiftIn = inner(hemY)
  const outerLine = through(
    [
      pt(wh, 0),
      pt(lerp(wh, m.halfHip / 2, 0.72), hipY * 0.52),
      pt(m.halfHip / 2, hipY),
      pt(thigh, crotchY + 6),
      pt(inner(kneeY) + m.halfKnee, kneeY),
      pt(shiftIn + lerp(m.halfKnee, m.halfLegOpening, 0.62), lerp(kneeY, hemY, 0.55)),
      pt(shiftIn + m.halfLegOpening, hemY),
    ],
    16,
  )
  const outerAt = (y: number): number => {
    for (let i = 1; i < outerLine.length; i++) {
      const [a, b] = [outerLine[i - 1]!, outerLine[i]!]
      if (y <= b.y) return lerp(a.x, b.x, clamp((y - a.y) / Math.max(1e-6, b.y - a.y), 0, 1))
    }
    return shiftIn + m.halfLegOpening
  }
  return { wh, dip, hipY, crotchY, kneeY, hemY, thigh, shiftIn, outerLine, outerAt, inner }
}

/** Cross-sections of a leg from waist to hem; the leg beneath reaches under the fly's edge, or the wall would show. */
function sectionsOf({ crotchY, hemY, dip, inner, outerAt }: LegGeometry, side: 1 | -1, onTop: boolean): Section[] {
  const n = Math.round(hemY / 9)
  const overlapCentre = onTop ? -3 : 9
  return Array.from({ length: n + 1 }, (_, i) => {
    const y = (hemY * i) / n
    const a = onSide(
      [
        pt(
          y <= crotchY ? -overlapCentre * smooth(crotchY, crotchY * 0.4, y) : inner(y),
          y + (y < 40 ? dip * (1 - y / 40) : 0),
        ),
      ],
      side,
    )[0]!
    return { a, b: onSide([pt(outerAt(y), y)], side)[0]!, s: y }
  })
}

/** The crease runs down the middle of the leg, from where a pleat would end. */
function creaseOf({ crotchY, kneeY, hemY, inner, outerAt }: LegGeometry, { turnUps }: TrouserLook): Path {
  const end = hemY - (turnUps ? 44 : 0)
  const ys = [crotchY * 0.42, crotchY, kneeY, lerp(kneeY, hemY, 0.5), end]
  return ys.map((y) => pt((inner(y) + outerAt(y)) / 2, y))
}

function leg(c: LowerFrame, g: LegGeometry, look: TrouserLook, side: 1 | -1, onTop: boolean): Part[] {
  const { m } = c
  const { crotchY, kneeY, hemY, thigh, dip, wh } = g
  const { casual, creased, turnUps } = look
  const sections = sectionsOf(g, side, onTop)
  const inwards = side > 0 ? -3 : 4
  const first = sections[0]!
  const last = sections.at(-1)!
  const hem = through([last.b, pt((last.a.x + last.b.x) / 2, hemY + 6), last.a], 8)
  const top = through([first.a, pt(onSide([pt(wh * 0.62, dip * 0.68)], side)[0]!.x, dip * 0.68), first.b], 6)
  const outline = [
    ...top,
    ...sections.slice(1).map((s) => s.b),
    ...hem.slice(1, -1),
    ...sections
      .map((s) => s.a)
      .reverse()
      .slice(0, -1),
  ]
  const drop: Section = { a: pt(last.a.x, hemY + 14), b: pt(last.b.x, hemY + 14), s: hemY + 14 }
  const hemStitch = offset([last.b, pt((last.a.x + last.b.x) / 2, hemY + 6), last.a], side * 32)
  const sideStitch = () =>
    g.outerLine.filter((p) => p.y > m.waistband + 8 && p.y < hemY * 0.6).map((p) => pt(side * (p.x - 5), p.y))
  const part: Part = {
    id: side === 1 ? 'leg-right' : 'leg-left',
    belongs: 'leg',
    ink: 'shell',
    outline,
    origin: pt(side * 17, 5),
    folds: legFolds(c, side, { crotchY, kneeY, hemY, thigh, crease: creased, stack: false }),
    ...(creased ? { creases: [onSide(creaseOf(g, look), side)] } : {}),
    surface: {
      kind: 'strip',
      z: 20 + (onTop ? 1.5 : 0),
      dome: thigh * 0.19,
      sections: [...sections, drop],
      bevel: 1.6,
    },
    seams: [
      {
        path: sections.filter((s) => s.s > 12 && s.s < crotchY).map((s) => s.a),
        shows: c.back ? 'crotchBack' : 'crotchFront',
        width: 2,
        depth: 0.8,
      },
      ...(turnUps ? [] : [{ path: hemStitch, shows: 'hem' as const, width: 2, depth: 0.4 }]),
    ],
    shadow: { dx: onTop ? inwards : 0, dy: 4, blur: 8, opacity: 0.42 },
    stitches: casual ? [...(turnUps ? [] : [hemStitch]), sideStitch()] : [],
  }
  return turnUps ? [part, turnUp(g, side, last)] : [part]
}

function turnUp({ hemY, inner, outerAt }: LegGeometry, side: 1 | -1, last: Section): Part {
  const h = 42
  const up = outerAt(hemY - h)
  return {
    id: `turnup-${side}`,
    belongs: 'leg',
    ink: 'shell',
    outline: [
      pt(side * (inner(hemY - h) - 2.5), hemY - h),
      pt(side * (up + 2.5), hemY - h),
      pt(last.b.x + side * 2.5, hemY + 1),
      pt((last.a.x + last.b.x) / 2, hemY + 7),
      pt(last.a.x - side * 2.5, hemY + 1),
    ],
    origin: pt(4, 9),
    surface: on(2.4),
    shadow: { dx: 0.5, dy: -2, blur: 3, opacity: 0.42 },
  }
}

function waistband(c: LowerFrame, { wh, dip, outerAt }: LegGeometry, { elastic }: TrouserLook): Part {
  const wb = c.m.waistband
  const top = waistCurve(wh + 1, -1, dip)
  const low = waistCurve(outerAt(wb) + 1.5, wb - 1, dip)
  return {
    id: 'waistband',
    belongs: 'band',
    ink: 'shell',
    outline: [...top, ...[...low].reverse()],
    grain: 90,
    surface: on(c.hand.thick * 1.5, 2),
    shadow: { dx: 0.5, dy: 2.4, blur: 2.8, opacity: 0.42 },
    stitches: elastic ? [offset(top, wb * 0.34), offset(top, wb * 0.66)] : [offset(top, 3.4), offset(low, -3.4)],
    ...(elastic ? { folds: gathers(c, wh, wb) } : {}),
  }
}

function loops(c: LowerFrame, { wh, dip }: LegGeometry, look: TrouserLook): Part[] {
  if (look.elastic || !look.loops) return []
  const wb = c.m.waistband
  const places = c.back ? [0, 0.56, -0.56] : [0.44, -0.44, 0.84, -0.84]
  return places.map((t) => {
    const x = t * wh
    const y = dip * (1 - (Math.abs(t) / 1) ** 1.9)
    return {
      id: `loop-${t}`,
      belongs: 'band',
      ink: 'shell',
      outline: rect(x - 5, y - 4, 10, wb + 11),
      surface: on(c.hand.thick * 1.5, 1.6),
      shadow: lowShadow,
      stitches: look.casual
        ? [
            [pt(x - 3, y - 2), pt(x - 3, y + wb + 4)],
            [pt(x + 3, y - 2), pt(x + 3, y + wb + 4)],
          ]
        : [],
    }
  })
}
