/** Trousers, chinos and skirts: y 0 is the upper edge of the waistband. */
import type { Point } from '../../types.ts'
import type { Full, PackshotInput } from '../input.ts'
import { choose } from '../input.ts'
import type { Hand } from '../cloth.ts'
import { HANDS } from '../cloth.ts'
import type { Field } from '../folds.ts'
import { crumple, makeField, ridge, swell, undulate } from '../folds.ts'
import type { Path } from '../geometry.ts'
import { bezier, clamp, lerp, mirror, offset, onSide, pt, smooth, through } from '../geometry.ts'
import type { Layout, Part, Trim } from '../layout.ts'
import { random } from '../noise.ts'
import type { Section } from '../raster.ts'
import { lowShadow, on, pocket, rect, spread } from './details.ts'

type Trims = (Trim & { over: string })[]
interface Ctx {
  input: PackshotInput
  m: Full
  back: boolean
  rng: () => number
  r: (a: number, b: number) => number
  hand: Hand
  lap: 1 | -1
}
const ctxOf = (input: PackshotInput, m: Full): Ctx => {
  const rng = random(input.seed * 7919 + 13)
  return {
    input,
    m,
    back: input.view === 'back',
    rng,
    r: (a, b) => a + (b - a) * rng(),
    hand: HANDS[input.textures.shell?.texture ?? 'twill'],
    lap: input.gender === 'men' ? 1 : -1,
  }
}

/** Waist as an ellipse seen from slightly above: the front edge dips, the back edge shows behind it. */
const waistCurve = (half: number, y: number, dip: number): Path =>
  through(
    [pt(-half, y), pt(-half * 0.62, y + dip * 0.68), pt(0, y + dip), pt(half * 0.62, y + dip * 0.68), pt(half, y)],
    8,
  )

function waistInside(c: Ctx, half: number, dip: number, depth: number): { parts: Part[]; trims: Trims } {
  const top = waistCurve(half - 1, 0, -dip * 0.75)
  const low = waistCurve(half - 1, depth, dip)
  const seam = waistCurve(half - 2, depth * 0.86 - 4, -dip * 0.3)
  return {
    parts: [
      {
        id: 'inside',
        belongs: 'inside',
        ink: c.input.textures.lining ? 'lining' : 'shell',
        outline: [...top, ...[...low].reverse()],
        surface: { kind: 'base', z: 2, dome: 0, bevel: 2.4 },
        shade: 0.52,
        seams: [{ path: seam, width: 2, depth: 0.8 }],
      },
    ],
    trims: [{ kind: 'label', at: pt(0, depth * 0.34), width: 40, height: 18, over: 'inside' }],
  }
}

export function trouserLayout(input: PackshotInput, m: Full): Layout {
  const c = ctxOf(input, m)
  const con = input.construction
  const { back, r } = c
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
  const rise = back ? m.frontRise : m.frontRise
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
  const parts: Part[] = []
  const trims: Trims = []
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
  const top = wb + dip * 0.9
  if (!back) {
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
      if (leg)
        leg.stitches = [...(leg.stitches ?? []), fly.slice(1), ...(chino ? [offset(fly.slice(1), c.lap * 4)] : [])]
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
        const a = pt(outerAt(top) - (/seam/.test(con['pocket'] ?? '') ? 9 : 46), top - 4)
        const b = pt(outerAt(top + 158) - 1.5, top + 158)
        const mouth = through([a, pt(lerp(a.x, b.x, 0.44), lerp(a.y, b.y, 0.5)), b], 8)
        leg.seams = [...(leg.seams ?? []), { path: onSide(mouth, s), width: 3, depth: 1.8 }]
        leg.stitches = [...(leg.stitches ?? []), onSide(offset(mouth, 5), s)]
      }
      if (front !== 'flat') {
        const list = front === 'double' ? [0.5, 0.78] : [0.52]
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
  } else {
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

/** A drawing position on a leg as its strip's across coordinate. */
const legX = (p: Point, outer: (y: number) => number, inner: (y: number) => number): number =>
  p.x - (outer(p.y) + inner(p.y)) / 2

function gathers(c: Ctx, half: number, height: number): Field {
  const f = makeField(-half - 10, -10, half + 10, height + 30, 2.5)
  const n = Math.round(half / 6)
  for (let i = -n; i <= n; i++) {
    const x = (i / n) * half + c.r(-2, 2)
    ridge(f, [pt(x, -2), pt(x + c.r(-2, 2), height + 16)], c.r(1, 2.2), c.r(2.4, 4), c.r(2, 3.4), swell.even)
  }
  return f
}

function legFolds(
  c: Ctx,
  side: 1 | -1,
  o: { crotchY: number; kneeY: number; hemY: number; thigh: number; crease: boolean; stack: boolean },
): Field {
  const half = o.thigh / 2 + 20
  const f = makeField(-half, -10, half, o.hemY + 30)
  const { r, hand } = c
  const k = hand.drape
  const seed = (c.input.seed % 1000) + side * 7
  undulate(f, 2.1 * k, 90, 2.4, seed)
  // strips run inner (−) to outer (+)
  // whiskers from the crotch up and out
  for (let i = 0; i < 4; i++) {
    const y = o.crotchY - r(-22, 50)
    const len = r(0.5, 1.3) * half
    ridge(
      f,
      through([pt(-half * 0.96, y), pt(-half + len * 0.6, y - r(8, 24)), pt(-half + len * 1.1, y - r(20, 70))], 6),
      (c.back ? 6 : 4.6) * k * r(0.5, 1.1),
      r(7, 13),
      r(5, 10),
      swell.start,
    )
  }
  // long drag from crotch towards the knee
  ridge(
    f,
    through(
      [pt(-half * 0.8, o.crotchY + 20), pt(-half * 0.45, lerp(o.crotchY, o.kneeY, 0.4)), pt(-half * 0.2, o.kneeY)],
      8,
    ),
    6 * k,
    20,
    12,
    swell.start,
  )
  ridge(
    f,
    through(
      [pt(half * 0.72, o.crotchY * 0.75), pt(half * 0.5, lerp(o.crotchY, o.kneeY, 0.4)), pt(half * 0.32, o.kneeY + 40)],
      8,
    ),
    4.4 * k,
    12,
    22,
    swell.middle,
  )
  for (let i = 0; i < 5; i++) {
    const y = o.kneeY + (i - 2) * r(26, 42)
    const from = i % 2 ? 1 : -1
    const w = half * 0.74
    const reach = r(0.5, 1.3)
    ridge(
      f,
      through(
        [pt(from * w, y), pt(from * w * (1 - reach * 0.5), y + r(2, 16)), pt(from * w * (1 - reach), y - r(-20, 12))],
        6,
      ),
      4.2 * k * r(0.4, 1),
      r(8, 15),
      r(6, 11),
      swell.start,
    )
  }
  const n = o.stack ? 5 : 3
  for (let i = 0; i < n; i++) {
    const y = o.hemY - (o.stack ? 74 : 34) - i * r(22, 38)
    const from = r(0, 1) > 0.5 ? 1 : -1
    const w = half * 0.62
    ridge(
      f,
      through([pt(from * w, y - r(-8, 10)), pt(0, y + r(6, 18)), pt(-from * w * r(0.2, 1), y - r(-6, 10))], 6),
      (o.stack ? 7 : 4) * k * r(0.5, 1),
      r(9, 15),
      r(6, 10),
      swell.start,
    )
  }
  if (o.crease)
    ridge(f, [pt(2, o.crotchY * 0.42), pt(0, o.kneeY), pt(-1, o.hemY + 10)], 4.4, 7, 7, (t) => smooth(0, 0.15, t))
  if (hand.crease > 0.2) {
    crumple(f, 1.5 * hand.crease, 52, 1.1, seed + 3)
    crumple(f, 0.5 * hand.crease, 24, 2, seed + 8)
  }
  return f
}

export function skirtLayout(input: PackshotInput, m: Full): Layout {
  const c = ctxOf(input, m)
  const con = input.construction
  const pencil = input.category === 'pencil-skirt'
  const { back, r, hand } = c
  const wh = m.halfWaist / 2
  const wb = m.waistband
  const dip = 11
  const L = m.bodyLength + wb
  const hemX = m.halfHem / 2
  const hipY = wb + Math.min(200, m.bodyLength * (pencil ? 0.33 : 0.3))
  const hipX = pencil ? m.halfHip / 2 : Math.max(m.halfHip / 2, lerp(wh, hemX, 0.26))
  const bow = pencil ? 5 : clamp((hemX - wh) * 0.12, 8, 46)
  const side = through(
    pencil
      ? [
          pt(wh, 0),
          pt(lerp(wh, hipX, 0.7), lerp(wb, hipY, 0.5)),
          pt(hipX, hipY),
          pt(lerp(hipX, hemX, 0.4), lerp(hipY, L, 0.5)),
          pt(hemX, L - bow),
        ]
      : [pt(wh, 0), pt(wh + 4, wb), pt(hipX, hipY), pt(lerp(hipX, hemX, 0.55), lerp(hipY, L, 0.52)), pt(hemX, L - bow)],
    12,
  )
  const halfAt = (y: number): number => {
    for (let i = 1; i < side.length; i++) {
      const [a, b] = [side[i - 1]!, side[i]!]
      if (y <= b.y) return lerp(a.x, b.x, clamp((y - a.y) / Math.max(1e-6, b.y - a.y), 0, 1))
    }
    return hemX
  }
  const style = choose(
    con,
    ['pleat', 'pleats', 'front', 'skirt', 'style'],
    [
      ['knife', /knife|pleat|accordion/],
      ['gathered', /gather|shirr|dirndl/],
      ['panel', /./],
    ],
    'panel',
  )
  const vent = choose(
    con,
    ['vent', 'slit', 'back'],
    [
      ['none', /none|no/],
      ['front', /front/],
      ['side', /side/],
      ['back', /./],
    ],
    'back',
  )
  const closure = choose(
    con,
    ['closure', 'fastening'],
    [
      ['button', /button/],
      ['zip', /./],
    ],
    'zip',
  )
  const field = makeField(-hemX - 30, -20, hemX + 30, L + 40)
  const k = hand.drape
  undulate(field, 2.2 * k, 110, 2, c.input.seed % 1000)
  const hemWave: Point[] = []
  if (pencil) {
    for (const s of [-1, 1])
      for (let i = 0; i < 4; i++) {
        const y = lerp(hipY - 30, L * 0.75, i / 4) + r(-12, 12)
        ridge(
          field,
          through(
            [
              pt(s * halfAt(y), y),
              pt(s * halfAt(y) * r(0.4, 0.6), y + r(4, 16)),
              pt(s * halfAt(y) * r(-0.1, 0.3), y + r(-12, 22)),
            ],
            6,
          ),
          3.2 * k * r(0.4, 1),
          r(8, 15),
          r(6, 12),
          swell.start,
        )
      }
    ridge(field, [pt(-hemX * 0.4, hipY + 60), pt(-hemX * 0.36, L)], 4 * k, 18, 12, swell.end)
    ridge(field, [pt(hemX * 0.34, hipY + 90), pt(hemX * 0.3, L)], 3.4 * k, 12, 20, swell.end)
  } else {
    // deep flutes: the hem's edge follows them
    const n = style === 'knife' ? 15 : 9
    for (let i = 0; i < n; i++) {
      const t = style === 'knife' ? lerp(-0.94, 0.94, i / (n - 1)) : lerp(-0.86, 0.86, (i + 0.5 + r(-0.24, 0.24)) / n)
      const top = style === 'knife' ? wb : wb + r(0, 0.25) * m.bodyLength
      const path = [0, 0.2, 0.45, 0.7, 1].map((q) => {
        const y = lerp(top, L + 26, q)
        return pt(t * halfAt(y) * (1 + 0.02 * Math.sin(q * 4 + i)), y)
      })
      const w = style === 'knife' ? hemX / 17 : (hemX / n) * r(0.42, 0.62)
      ridge(
        field,
        path,
        (style === 'knife' ? 8 : 21) * k * r(0.75, 1.15),
        style === 'knife' ? w * 1.5 : w * (t > 0 ? 1 : 0.7),
        style === 'knife' ? w * 0.3 : w * (t > 0 ? 0.7 : 1),
        style === 'knife' ? (q) => 0.25 + 0.75 * q : swell.end,
      )
      hemWave.push(pt(t, 1))
    }
    if (style === 'gathered')
      for (let i = -16; i <= 16; i++) {
        const x = (i / 16.5) * wh
        ridge(field, [pt(x, wb), pt(x * 1.25, wb + r(50, 130))], 3.4 * k * r(0.5, 1), r(4, 7), r(3, 6), swell.start)
      }
  }
  if (hand.crease > 0.2) crumple(field, 1.3 * hand.crease, 56, 0.8, (c.input.seed % 991) + 4)
  const hemN = 64
  const hem: Point[] = Array.from({ length: hemN + 1 }, (_, i) => {
    const t = 1 - (2 * i) / hemN
    const wave = pencil ? 0 : hemWave.reduce((sum, w) => sum + Math.exp(-(((t - w.x) / 0.055) ** 2)), 0)
    return pt(
      t * hemX,
      L -
        bow +
        bow * (1 - t * t) +
        wave * (style === 'knife' ? 2.5 : 7) -
        (pencil ? 0 : 4) * smooth(0.9, 1, Math.abs(t)),
    )
  })
  // keep the length at the centre exact
  const centreY = hem[hemN / 2]!.y
  const levelled = hem.map((p) => pt(p.x, p.y + (L - centreY) * (1 - Math.abs(p.x) / hemX)))
  const parts: Part[] = []
  const trims: Trims = []
  if (!back) {
    const inside = waistInside(c, wh, dip, wb)
    parts.push(...inside.parts)
    trims.push(...inside.trims)
  }
  const top = waistCurve(wh, 0, dip)
  const outline = [...top, ...side.slice(1), ...levelled.slice(1, -1), ...mirror(side).reverse().slice(0, -1)]
  const values: number[] = []
  for (let y = 0; y <= L + 60; y += 10) values.push(halfAt(y))
  const darts = pencil ? (back ? [0.3, 0.6] : [0.5]) : []
  const panelSeams = style === 'panel' && !pencil ? [-0.42, 0.42] : []
  const hemStitch = levelled.map((p) => pt(p.x * 0.996, p.y - (pencil ? 36 : 22)))
  parts.push({
    id: 'body',
    belongs: 'body',
    ink: 'shell',
    outline,
    folds: field,
    surface: {
      kind: 'base',
      z: 20,
      dome: (pencil ? 0.3 : 0.16) * hipX,
      bevel: 2,
      halfWidth: { from: 0, step: 10, values },
    },
    seams: [
      ...darts.flatMap((t) =>
        [1, -1].map((s) => ({
          path: [pt(s * wh * t, wb), pt(s * wh * t * 1.04, wb + (back ? 120 : 88))],
          width: 2,
          depth: 1,
        })),
      ),
      ...panelSeams.map((t) => ({
        path: [0, 0.25, 0.5, 0.75, 1].map((q) => pt(t * halfAt(lerp(wb, L, q)), lerp(wb, L + 6, q))),
        width: 2.2,
        depth: 0.9,
      })),
      ...(back || closure === 'button'
        ? [{ path: [pt(0, wb + dip), pt(0, pencil || !back ? L : L + 4)], width: 2.2, depth: 1 }]
        : []),
      ...(pencil ? [] : [{ path: hemStitch, width: 1.8, depth: 0.4 }]),
    ],
    stitches: pencil ? [] : [hemStitch],
  })
  const ventTop = lerp(hipY, L, 0.52)
  if (pencil && ((back && vent === 'back') || (!back && vent === 'front')))
    parts.push({
      id: 'vent',
      belongs: 'body',
      ink: 'shell',
      outline: [pt(-3, ventTop), pt(30, ventTop + 22), pt(30, L + 4), pt(-3, L + 4)],
      surface: on(hand.thick * 1.2),
      shadow: { dx: -4, dy: 2, blur: 5, opacity: 0.55 },
      stitches: [[pt(-2, ventTop + 4), pt(26, ventTop + 24)]],
    })
  if (pencil && vent === 'side' && !back)
    parts.push({
      id: 'vent',
      belongs: 'body',
      ink: 'dark',
      outline: [pt(halfAt(ventTop) - 46, ventTop), pt(halfAt(L) - 54, L + 2), pt(halfAt(L) - 34, L + 2)],
      surface: on(0, 0),
      shade: 0.6,
    })
  const bandLow = waistCurve(halfAt(wb) + 1.5, wb, dip)
  const bandTop = waistCurve(wh + 1, -1, dip)
  parts.push({
    id: 'waistband',
    belongs: 'band',
    ink: 'shell',
    outline: [...bandTop, ...[...bandLow].reverse()],
    grain: 90,
    surface: on(hand.thick * 1.5, 2),
    shadow: { dx: 0.5, dy: 2.6, blur: 3, opacity: 0.42 },
    stitches: pencil ? [] : [offset(bandTop, 3), offset(bandLow, -3)],
  })
  if (closure === 'button' && !back) {
    const w = 30
    parts.push({
      id: 'placket',
      belongs: 'body',
      ink: 'shell',
      outline: [pt(-w / 2, dip - 1), pt(w / 2, dip - 1), pt(w / 2, L + 3), pt(-w / 2, L + 3)],
      surface: on(hand.thick),
      shadow: { dx: -1.5, dy: 1.5, blur: 2.6, opacity: 0.45 },
      stitches: [
        [pt(-w / 2 + 4, dip), pt(-w / 2 + 4, L)],
        [pt(w / 2 - 4, dip), pt(w / 2 - 4, L)],
      ],
    })
    for (const y of spread(dip + wb * 0.5, L - 90, 6))
      trims.push({ kind: 'button', at: pt(0, y), radius: 7, style: 'four-hole', over: 'placket' })
  }
  if (closure === 'zip' && back && !/side/.test(con['closure'] ?? ''))
    trims.push(
      { kind: 'zip', path: [pt(0, dip + 2), pt(0, wb + 170)], width: 3, over: 'body' },
      { kind: 'button', at: pt(-c.lap * 2, dip + wb * 0.45), radius: 6, style: 'four-hole', over: 'waistband' },
    )
  return {
    parts,
    trims,
    details: {
      collar: { x: 0, y: 80, width: 360 },
      cuff: { x: hemX * 0.4, y: L - 60, width: 330 },
      fabric: { x: hipX * 0.4, y: hipY + 80, width: 130 },
    },
    marks: {
      waistLine: pt(wh, 3),
      waistSeam: pt(0, wb),
      hip: pt(hipX, hipY),
      skirtHem: pt(hemX, L - bow),
    },
  }
}
