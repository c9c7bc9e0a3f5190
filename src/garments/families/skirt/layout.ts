/** Pencil and full skirts: y 0 is the upper edge of the waistband. */
import { SKIRT_MOUTH, SKIRT_ZIP } from '../../openings.ts'
import type { Point } from '../../types.ts'
import { crumple, makeField, ridge, swell, undulate } from '../../drawing/folds.ts'
import { clamp, lerp, mirror, offset, pt, smooth, through } from '../../drawing/geometry.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import { choose } from '../../drawing/input.ts'
import type { Layout, Part } from '../../drawing/layout.ts'
import { lowerFrame, waistCurve, waistInside } from '../../drawing/lower-frame.ts'
import type { Piece } from '../../drawing/piece.ts'
import { on, spread } from '../../drawing/piece.ts'
import { seamPocket } from '../../drawing/pockets.ts'
import { centreVent } from '../../drawing/vents.ts'

export function skirtLayout(input: PackshotInput, m: Full): Layout {
  const c = lowerFrame(input, m)
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
  const sideZip = /side/.test(con['closure'] ?? '')
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
  const trims: Piece['trims'] = []
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
  // panels are equal shares of the round, counted from the seam with the zip; laid flat, an angle is a share of the width
  const panels = input.counts?.['panels'] ?? 6
  const firstSeam = sideZip ? 90 : 180
  const panelSeams =
    style === 'panel' && !pencil
      ? Array.from({ length: panels }, (_, i) => firstSeam + (i * 360) / panels - (back ? 180 : 0))
          .map((angle) => ((((angle + 180) % 360) + 360) % 360) - 180)
          .filter((angle) => Math.abs(angle) < 89)
          .map((angle) => angle / 90)
      : []
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
      ...((back && pencil) || closure === 'button'
        ? [{ path: [pt(0, wb + dip), pt(0, pencil || !back ? L : L + 4)], width: 2.2, depth: 1 }]
        : []),
      ...(pencil ? [] : [{ path: hemStitch, width: 1.8, depth: 0.4 }]),
    ],
    stitches: pencil ? [] : [hemStitch],
  })
  const ventTop = lerp(hipY, L, 0.52)
  if (pencil && ((back && vent === 'back') || (!back && vent === 'front')))
    parts.push(...centreVent(ventTop, L, hand.thick * 1.2))
  if (pencil && vent === 'side' && !back)
    parts.push({
      id: 'vent',
      belongs: 'body',
      ink: 'dark',
      outline: [pt(halfAt(ventTop) - 46, ventTop), pt(halfAt(L) - 54, L + 2), pt(halfAt(L) - 34, L + 2)],
      surface: on(0, 0),
      shade: 0.6,
    })
  if (/seam/.test(con['pocket'] ?? ''))
    for (const s of [-1, 1] as const) {
      const p = seamPocket(`pocket-${s}`, halfAt, wb + SKIRT_MOUTH.from, wb + SKIRT_MOUTH.from + SKIRT_MOUTH.length, s)
      parts.push(...p.parts)
      trims.push(...p.trims)
    }
  // concealed in the wearer's left side seam: its tape shows as a line, its pull at the top
  if (sideZip) {
    const s = back ? -1 : 1
    const line = [wb * 0.4, wb, wb + SKIRT_ZIP / 2, wb + SKIRT_ZIP].map((y) => pt(s * (halfAt(y) - 4.5), y))
    const body = parts.at(-1)!
    body.seams = [...(body.seams ?? []), { path: line.slice(1), width: 2.6, depth: 1.6 }]
    trims.push(
      {
        kind: 'zip',
        path: [pt(s * (wh - 5), wb * 0.15), pt(s * (halfAt(wb + 6) - 5), wb + 6)],
        width: 3,
        slider: 5,
        over: 'waistband',
      },
      {
        kind: 'bartack',
        path: [
          pt(s * (halfAt(wb + SKIRT_ZIP) - 10), wb + SKIRT_ZIP),
          pt(s * (halfAt(wb + SKIRT_ZIP) - 0.5), wb + SKIRT_ZIP),
        ],
        over: 'body',
      },
    )
  }
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
  if (closure === 'zip' && back && !sideZip)
    trims.push(
      // concealed in the seam: only its pull is seen
      { kind: 'zip', path: [pt(0, dip + wb * 0.2), pt(0, dip + wb + 4)], width: 3, slider: 5, over: 'waistband' },
      { kind: 'bartack', path: [pt(-6, wb + SKIRT_ZIP), pt(6, wb + SKIRT_ZIP)], over: 'body' },
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
