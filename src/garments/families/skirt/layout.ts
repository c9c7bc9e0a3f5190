/** Pencil and full skirts: y 0 is the upper edge of the waistband. */
import { crumple, type Field, makeField, ridge, swell, undulate } from '../../drawing/folds.ts'
import type { Path } from '../../drawing/geometry.ts'
import { clamp, lerp, mirror, offset, pt, smooth, through } from '../../drawing/geometry.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import type { Layout, Part, Seam } from '../../drawing/layout.ts'
import { type LowerFrame, lowerFrame, waistCurve, waistInside } from '../../drawing/lower-frame.ts'
import { alone, NOTHING, on, type Piece, sides, together } from '../../drawing/piece.ts'
import { seamPocket } from '../../drawing/pockets.ts'
import { centreVent } from '../../drawing/vents.ts'
import { SKIRT_MOUTH, SKIRT_ZIP } from '../../openings.ts'

/** What a skirt looks like, as its category reads its choices. */
export interface SkirtLook {
  /** Made of so many flared panels; a straight skirt is darted. */
  panels?: number
  /** Zip in the wearer's left side seam; at the centre back otherwise. */
  sideZip: boolean
  vent: boolean
  seamPockets: boolean
}

interface Skirt {
  c: LowerFrame
  look: SkirtLook
  straight: boolean
  /** Half the waist, height of the waistband, dip of its front edge, whole length, all mm. */
  wh: number
  wb: number
  dip: number
  length: number
  hemX: number
  hipX: number
  hipY: number
  /** How far the hem bows down in the middle. */
  bow: number
  /** The right side seam, and the half width it leaves by y. */
  side: Path
  halfAt: (y: number) => number
}

export function skirtLayout(input: PackshotInput, m: Full, look: SkirtLook): Layout {
  const s = skirtFrame(lowerFrame(input, m), look)
  const { c, wh, wb, dip, hemX, hipX, hipY, bow, length } = s
  const { folds, flutes } = skirtFolds(s)
  const body = bodyOf(s, folds, levelHem(s, flutes))
  const inside = c.back ? NOTHING : waistInside(c, wh, dip, wb)
  const pocketed = look.seamPockets
    ? sides.map((side) =>
        seamPocket(`pocket-${side}`, s.halfAt, wb + SKIRT_MOUTH.from, wb + SKIRT_MOUTH.from + SKIRT_MOUTH.length, side),
      )
    : []
  const drawn = together(inside, alone(body), vent(s), ...pocketed)
  // its tape shows as a line on what was drawn last below the waistband
  const zip = look.sideZip ? sideZip(s, drawn.parts.at(-1)!) : backZip(s)
  const { parts, trims } = together(drawn, { parts: [], trims: zip }, alone(waistband(s)))
  return {
    parts,
    trims,
    details: {
      collar: { x: 0, y: 80, width: 360 },
      cuff: { x: hemX * 0.4, y: length - 60, width: 330 },
      fabric: { x: hipX * 0.4, y: hipY + 80, width: 130 },
    },
    marks: {
      waistLine: pt(wh, 3),
      waistSeam: pt(0, wb),
      hip: pt(hipX, hipY),
      skirtHem: pt(hemX, length - bow),
    },
  }
}

function skirtFrame(c: LowerFrame, look: SkirtLook): Skirt {
  const { m } = c
  const straight = look.panels === undefined
  const wh = m.halfWaist / 2
  const wb = m.waistband
  const length = m.bodyLength + wb
  const hemX = m.halfHem / 2
  const hipY = wb + Math.min(200, m.bodyLength * (straight ? 0.33 : 0.3))
  const hipX = straight ? m.halfHip / 2 : Math.max(m.halfHip / 2, lerp(wh, hemX, 0.26))
  const bow = straight ? 5 : clamp((hemX - wh) * 0.12, 8, 46)
  const side = through(
    straight
      ? [
          pt(wh, 0),
          pt(lerp(wh, hipX, 0.7), lerp(wb, hipY, 0.5)),
          pt(hipX, hipY),
          pt(lerp(hipX, hemX, 0.4), lerp(hipY, length, 0.5)),
          pt(hemX, length - bow),
        ]
      : [
          pt(wh, 0),
          pt(wh + 4, wb),
          pt(hipX, hipY),
          pt(lerp(hipX, hemX, 0.55), lerp(hipY, length, 0.52)),
          pt(hemX, length - bow),
        ],
    12,
  )
  const halfAt = (y: number): number => {
    for (let i = 1; i < side.length; i++) {
      const [a, b] = [side[i - 1]!, side[i]!]
      if (y <= b.y) return lerp(a.x, b.x, clamp((y - a.y) / Math.max(1e-6, b.y - a.y), 0, 1))
    }
    return hemX
  }
  return { c, look, straight, wh, wb, dip: 11, length, hemX, hipX, hipY, bow, side, halfAt }
}

/** Drape, and where its flutes meet the hem as shares of the half width. */
function skirtFolds(s: Skirt): { folds: Field; flutes: number[] } {
  const { c, hemX, length, straight } = s
  const { hand } = c
  const folds = makeField(-hemX - 30, -20, hemX + 30, length + 40)
  undulate(folds, 2.2 * hand.drape, 110, 2, c.input.seed % 1000)
  const flutes = straight ? [] : flute(s, folds)
  if (straight) wrinkle(s, folds)
  if (hand.crease > 0.2) crumple(folds, 1.3 * hand.crease, 56, 0.8, (c.input.seed % 991) + 4)
  return { folds, flutes }
}

/** Drag lines over the hip of a straight skirt, and two long folds below. */
function wrinkle({ c: { r, hand }, hipY, length, hemX, halfAt }: Skirt, folds: Field): void {
  const k = hand.drape
  for (const s of [-1, 1])
    for (let i = 0; i < 4; i++) {
      const y = lerp(hipY - 30, length * 0.75, i / 4) + r(-12, 12)
      ridge(
        folds,
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
  ridge(folds, [pt(-hemX * 0.4, hipY + 60), pt(-hemX * 0.36, length)], 4 * k, 18, 12, swell.end)
  ridge(folds, [pt(hemX * 0.34, hipY + 90), pt(hemX * 0.3, length)], 3.4 * k, 12, 20, swell.end)
}

/** Deep flutes: the hem's edge follows them. */
function flute({ c: { r, hand, m }, wb, length, hemX, halfAt }: Skirt, folds: Field): number[] {
  const n = 9
  return Array.from({ length: n }, (_, i) => {
    const t = lerp(-0.86, 0.86, (i + 0.5 + r(-0.24, 0.24)) / n)
    const top = wb + r(0, 0.25) * m.bodyLength
    const path = [0, 0.2, 0.45, 0.7, 1].map((q) => {
      const y = lerp(top, length + 26, q)
      return pt(t * halfAt(y) * (1 + 0.02 * Math.sin(q * 4 + i)), y)
    })
    const w = (hemX / n) * r(0.42, 0.62)
    ridge(folds, path, 21 * hand.drape * r(0.75, 1.15), w * (t > 0 ? 1 : 0.7), w * (t > 0 ? 0.7 : 1), swell.end)
    return t
  })
}

/** The hem from right to left, waved by its flutes; the length at the centre is exact. */
function levelHem({ length, hemX, bow, straight }: Skirt, flutes: readonly number[]): Path {
  const n = 64
  const hem = Array.from({ length: n + 1 }, (_, i) => {
    const t = 1 - (2 * i) / n
    const wave = flutes.reduce((sum, at) => sum + Math.exp(-(((t - at) / 0.055) ** 2)), 0)
    return pt(t * hemX, length - bow + bow * (1 - t * t) + wave * 7 - (straight ? 0 : 4) * smooth(0.9, 1, Math.abs(t)))
  })
  const centreY = hem[n / 2]!.y
  return hem.map((p) => pt(p.x, p.y + (length - centreY) * (1 - Math.abs(p.x) / hemX)))
}

/**
 * Panels are equal shares of the round, counted from the seam with the zip; laid flat, an angle is a share of the
 * width. @returns the seams between them that this view shows
 */
function panelSeams({ c, look: { panels = 0, sideZip: beside }, wb, length, halfAt }: Skirt): Seam[] {
  const first = beside ? 90 : 180
  return Array.from({ length: panels }, (_, i) => first + (i * 360) / panels - (c.back ? 180 : 0))
    .map((angle) => ((((angle + 180) % 360) + 360) % 360) - 180)
    .filter((angle) => Math.abs(angle) < 89)
    .map((angle) => angle / 90)
    .map((t) => ({
      path: [0, 0.25, 0.5, 0.75, 1].map((q) => pt(t * halfAt(lerp(wb, length, q)), lerp(wb, length + 6, q))),
      shows: 'panel',
      width: 2.2,
      depth: 0.9,
    }))
}

function darts({ c: { back, input }, wh, wb, straight }: Skirt): Seam[] {
  if (!straight) return []
  const n = back ? (input.darts?.['skirtBack'] ?? 2) : (input.darts?.['skirtFront'] ?? 4) / 2
  const places = n === 1 ? [0.5] : Array.from({ length: n }, (_, i) => 0.3 + 0.3 * i)
  return places.flatMap((t) =>
    [1, -1].map((s) => ({
      path: [pt(s * wh * t, wb), pt(s * wh * t * 1.04, wb + (back ? 120 : 88))],
      shows: 'dart' as const,
      width: 2,
      depth: 1,
    })),
  )
}

function bodyOf(s: Skirt, folds: Field, hem: Path): Part {
  const { c, wh, wb, dip, length, hipX, side, halfAt, straight } = s
  const top = waistCurve(wh, 0, dip)
  const values: number[] = []
  for (let y = 0; y <= length + 60; y += 10) values.push(halfAt(y))
  const hemStitch = hem.map((p) => pt(p.x * 0.996, p.y - (straight ? 36 : 22)))
  return {
    id: 'body',
    belongs: 'body',
    ink: 'shell',
    outline: [...top, ...side.slice(1), ...hem.slice(1, -1), ...mirror(side).reverse().slice(0, -1)],
    folds,
    surface: {
      kind: 'base',
      z: 20,
      dome: (straight ? 0.3 : 0.16) * hipX,
      bevel: 2,
      halfWidth: { from: 0, step: 10, values },
    },
    seams: [
      ...darts(s),
      ...panelSeams(s),
      ...(c.back && straight
        ? [{ path: [pt(0, wb + dip), pt(0, length)], shows: 'centreBack' as const, width: 2.2, depth: 1 }]
        : []),
      ...(straight ? [] : [{ path: hemStitch, shows: 'hem' as const, width: 1.8, depth: 0.4 }]),
    ],
    stitches: straight ? [] : [hemStitch],
  }
}

const vent = ({ c, look, hipY, length }: Skirt): Piece =>
  look.vent && c.back ? alone(...centreVent(lerp(hipY, length, 0.52), length, c.hand.thick * 1.2)) : NOTHING

/** Concealed in the wearer's left side seam: its tape shows as a line, its pull at the top. */
function sideZip({ c, straight, wh, wb, halfAt }: Skirt, body: Part): Piece['trims'] {
  const s = c.back ? -1 : 1
  const line = [wb * 0.4, wb, wb + SKIRT_ZIP / 2, wb + SKIRT_ZIP].map((y) => pt(s * (halfAt(y) - 4.5), y))
  body.seams = [
    ...(body.seams ?? []),
    { path: line.slice(1), shows: straight ? 'side' : 'panel', width: 2.6, depth: 1.6 },
  ]
  const end = wb + SKIRT_ZIP
  return [
    {
      kind: 'zip',
      path: [pt(s * (wh - 5), wb * 0.15), pt(s * (halfAt(wb + 6) - 5), wb + 6)],
      width: 3,
      slider: 5,
      over: 'waistband',
    },
    { kind: 'bartack', path: [pt(s * (halfAt(end) - 10), end), pt(s * (halfAt(end) - 0.5), end)], over: 'body' },
  ]
}

/** Concealed in the seam: only its pull is seen. */
function backZip({ c, wb, dip }: Skirt): Piece['trims'] {
  if (!c.back) return []
  return [
    { kind: 'zip', path: [pt(0, dip + wb * 0.2), pt(0, dip + wb + 4)], width: 3, slider: 5, over: 'waistband' },
    { kind: 'bartack', path: [pt(-6, wb + SKIRT_ZIP), pt(6, wb + SKIRT_ZIP)], over: 'body' },
  ]
}

function waistband({ c, wh, wb, dip, halfAt, straight }: Skirt): Part {
  const low = waistCurve(halfAt(wb) + 1.5, wb, dip)
  const top = waistCurve(wh + 1, -1, dip)
  return {
    id: 'waistband',
    belongs: 'band',
    ink: 'shell',
    outline: [...top, ...[...low].reverse()],
    grain: 90,
    surface: on(c.hand.thick * 1.5, 2),
    shadow: { dx: 0.5, dy: 2.6, blur: 3, opacity: 0.42 },
    stitches: straight ? [] : [offset(top, 3), offset(low, -3)],
  }
}
