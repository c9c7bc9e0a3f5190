/** Trousers and chinos: y 0 is the upper edge of the waistband. */
import { clamp, lerp, offset, onSide, pt, smooth, through } from '../../drawing/geometry.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import { choose } from '../../drawing/input.ts'
import type { Layout, Part } from '../../drawing/layout.ts'
import type { Section } from '../../drawing/layout.ts'
import { lowerFrame, waistCurve, waistInside } from '../../drawing/lower-frame.ts'
import type { Piece } from '../../drawing/piece.ts'
import { lowShadow, on, rect } from '../../drawing/piece.ts'
import type { TrouserBody } from './details.ts'
import { backDetails, frontDetails } from './details.ts'
import { gathers, legFolds } from './folds.ts'

/** Legs and waistband in drawing order, then what is sewn on them. */
export function trouserLayout(input: PackshotInput, m: Full): Layout {
  const c = lowerFrame(input, m)
  const con = input.construction
  const { back } = c
  const chino = input.category === 'chinos'
  const front = choose(
    con,
    ['pleat', 'pleats'],
    [
      ['double', /double|two/],
      ['single', /single|one|pleat/],
      ['flat', /./],
    ],
    'flat',
  )
  // 'pleat' of the front slot is the trade's 烫迹褶: the crease pressed into the leg
  const crease = choose(
    con,
    ['crease', 'front'],
    [
      ['pressed', /press|crease|sharp|pleat/],
      ['none', /./],
    ],
    chino ? 'none' : 'pressed',
  )
  const hemKind = choose(
    con,
    ['hem', 'bottom', 'cuff'],
    [
      ['turned', /turn|cuff/],
      ['rib', /rib|elastic|jog/],
      ['plain', /./],
    ],
    'plain',
  )
  const pockets = choose(
    con,
    ['pocket', 'pockets'],
    [
      ['cargo', /cargo/],
      ['patch', /patch/],
      ['western', /western|jean|curved|scoop/],
      ['none', /none/],
      ['slant', /./],
    ],
    'slant',
  )
  const waist = choose(
    con,
    ['waistband', 'waist', 'closure'],
    [
      ['elastic', /elastic|drawcord|drawstring/],
      ['button', /./],
    ],
    'button',
  )
  const rise = m.frontRise
  const wh = m.halfWaist / 2
  // the front edge dips by this much in the middle, where the rise is measured from
  const dip = 13
  const crotchY = rise + dip
  const hipY = rise * 0.66
  const kneeY = crotchY + m.inseam * 0.46
  const spreadX = clamp(m.inseam * 0.055, 26, 52)
  const innerDrop = Math.sqrt(Math.max(1, m.inseam ** 2 - spreadX ** 2))
  const hemY = crotchY + innerDrop
  // the thigh is wider than half the hip by the crotch extension, which folds under where the legs meet
  const thigh = m.halfHip / 2 + 5
  const inner = (y: number): number =>
    y <= crotchY ? 0 : spreadX * smooth(-0.35, 1, (y - crotchY) / innerDrop) - spreadX * smooth(-0.35, 1, 0)
  const shiftIn = inner(hemY)
  const outerPts = [
    pt(wh, 0),
    pt(lerp(wh, m.halfHip / 2, 0.72), hipY * 0.52),
    pt(m.halfHip / 2, hipY),
    pt(thigh, crotchY + 6),
    pt(inner(kneeY) + m.halfKnee, kneeY),
    pt(shiftIn + lerp(m.halfKnee, m.halfLegOpening, 0.62), lerp(kneeY, hemY, 0.55)),
    pt(shiftIn + m.halfLegOpening, hemY),
  ]
  const outerLine = through(outerPts, 16)
  const outerAt = (y: number): number => {
    for (let i = 1; i < outerLine.length; i++) {
      const [a, b] = [outerLine[i - 1]!, outerLine[i]!]
      if (y <= b.y) return lerp(a.x, b.x, clamp((y - a.y) / Math.max(1e-6, b.y - a.y), 0, 1))
    }
    return shiftIn + m.halfLegOpening
  }
  // the crease runs down the middle of the leg, from where a pleat would end
  const middleAt = (y: number): number => (inner(y) + outerAt(y)) / 2
  const creaseLine = [
    crotchY * 0.42,
    crotchY,
    kneeY,
    lerp(kneeY, hemY, 0.5),
    hemY - (hemKind === 'turned' ? 44 : 0),
  ].map((y) => pt(middleAt(y), y))
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const inside = waistInside(c, wh, dip, m.waistband)
  if (!back) {
    parts.push(...inside.parts)
    trims.push(...inside.trims)
  }
  const order = c.lap === 1 ? ([-1, 1] as const) : ([1, -1] as const)
  for (const side of order) {
    const n = Math.round(hemY / 9)
    // the leg beneath reaches under the fly's edge, or the wall would show between the two
    const overlapCentre = side === order[1] ? -3 : 9
    const sections: Section[] = Array.from({ length: n + 1 }, (_, i) => {
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
    const last = sections[n]!
    const hem = through([last.b, pt((last.a.x + last.b.x) / 2, hemY + 6), last.a], 8)
    const topLine = through(
      [sections[0]!.a, pt(onSide([pt(wh * 0.62, dip * 0.68)], side)[0]!.x, dip * 0.68), sections[0]!.b],
      6,
    )
    const outline = [
      ...topLine,
      ...sections.slice(1).map((s) => s.b),
      ...hem.slice(1, -1),
      ...sections
        .map((s) => s.a)
        .reverse()
        .slice(0, -1),
    ]
    const drop: Section = { a: pt(last.a.x, hemY + 14), b: pt(last.b.x, hemY + 14), s: hemY + 14 }
    const id = side === 1 ? 'leg-right' : 'leg-left'
    const hemStitch = offset([last.b, pt((last.a.x + last.b.x) / 2, hemY + 6), last.a], side * 32)
    const centre = sections.map((s) => pt(lerp(s.a.x, s.b.x, 0.5), lerp(s.a.y, s.b.y, 0.5)))
    parts.push({
      id,
      belongs: 'leg',
      ink: 'shell',
      outline,
      origin: pt(side * 17, 5),
      folds: legFolds(c, side, { crotchY, kneeY, hemY, thigh, crease: crease === 'pressed', stack: hemKind === 'rib' }),
      ...(crease === 'pressed' ? { creases: [onSide(creaseLine, side)] } : {}),
      surface: {
        kind: 'strip',
        z: 20 + (side === order[1] ? 1.5 : 0),
        dome: thigh * 0.19,
        sections: [...sections, drop],
        bevel: 1.6,
      },
      seams: [
        { path: sections.filter((s) => s.s > 12 && s.s < crotchY).map((s) => s.a), width: 2, depth: 0.8 },
        ...(hemKind === 'plain' ? [{ path: hemStitch, width: 2, depth: 0.4 }] : []),
      ],
      shadow: { dx: side === order[1] ? (side > 0 ? -3 : 4) : 0, dy: 4, blur: 8, opacity: 0.42 },
      stitches: [
        ...(hemKind === 'plain' && chino ? [hemStitch] : []),
        ...(chino
          ? [outerLine.filter((p) => p.y > m.waistband + 8 && p.y < hemY * 0.6).map((p) => pt(side * (p.x - 5), p.y))]
          : []),
      ],
    })
    if (centre.length < 2) continue
    if (hemKind === 'turned') {
      const h = 42
      const up = outerAt(hemY - h)
      const band = [
        pt(side * (inner(hemY - h) - 2.5), hemY - h),
        pt(side * (up + 2.5), hemY - h),
        pt(last.b.x + side * 2.5, hemY + 1),
        pt((last.a.x + last.b.x) / 2, hemY + 7),
        pt(last.a.x - side * 2.5, hemY + 1),
      ]
      parts.push({
        id: `turnup-${side}`,
        belongs: 'leg',
        ink: 'shell',
        outline: band,
        origin: pt(4, 9),
        surface: on(2.4),
        shadow: { dx: 0.5, dy: -2, blur: 3, opacity: 0.42 },
      })
    }
    if (hemKind === 'rib') {
      const h = 62
      const mid = (last.a.x + last.b.x) / 2
      const w = m.halfLegOpening * 0.44
      const band = [
        pt(mid - w, hemY - h),
        pt(mid + w, hemY - h),
        pt(mid + w * 0.98, hemY + 1),
        pt(mid, hemY + 6),
        pt(mid - w * 0.98, hemY + 1),
      ]
      parts.push({
        id: `leg-rib-${side}`,
        belongs: 'leg',
        ink: 'rib',
        outline: band,
        surface: on(2.6),
        shadow: { dx: 0, dy: -3, blur: 5, opacity: 0.5 },
      })
    }
  }
  // waistband
  const wb = m.waistband
  const bandTop = waistCurve(wh + 1, -1, dip)
  const bandLow = waistCurve(outerAt(wb) + 1.5, wb - 1, dip)
  parts.push({
    id: 'waistband',
    belongs: 'band',
    ink: 'shell',
    outline: [...bandTop, ...[...bandLow].reverse()],
    grain: 90,
    surface: on(c.hand.thick * 1.5, 2),
    shadow: { dx: 0.5, dy: 2.4, blur: 2.8, opacity: 0.42 },
    stitches:
      waist === 'elastic'
        ? [offset(bandTop, wb * 0.34), offset(bandTop, wb * 0.66)]
        : [offset(bandTop, 3.4), offset(bandLow, -3.4)],
    ...(waist === 'elastic' ? { folds: gathers(c, wh, wb) } : {}),
  })
  const loopAt = back ? [0, 0.56, -0.56, 0.9, -0.9] : [0.44, -0.44, 0.84, -0.84]
  if (waist === 'button' && con['belt'] !== 'none')
    for (const t of loopAt) {
      const x = t * wh
      const y = dip * (1 - (Math.abs(t) / 1) ** 1.9)
      parts.push({
        id: `loop-${t}`,
        belongs: 'band',
        ink: 'shell',
        outline: rect(x - 5, y - 4, 10, wb + 11),
        surface: on(c.hand.thick * 1.5, 1.6),
        shadow: lowShadow,
        stitches: chino
          ? [
              [pt(x - 3, y - 2), pt(x - 3, y + wb + 4)],
              [pt(x + 3, y - 2), pt(x + 3, y + wb + 4)],
            ]
          : [],
      })
    }
  const body: TrouserBody = {
    c,
    m,
    chino,
    pleats: front,
    pockets,
    waist,
    wh,
    dip,
    crotchY,
    outerAt,
    inner,
    parts,
    trims,
  }
  if (back) backDetails(body)
  else frontDetails(body)
  return {
    parts,
    trims,
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
