/** Dress: a fitted bodice and a skirt that falls in flutes from the waist seam. */
import { choicesIn } from '../../blocks/common.ts'
import { buckledBelt } from '../../drawing/belts.ts'
import { finish } from '../../drawing/finish.ts'
import { type Field, ridge, swell } from '../../drawing/folds.ts'
import { belowArms, bodyFolds, bodyOutline, bodySurface, upperFrame, type UpperFrame } from '../../drawing/frame.ts'
import type { Path } from '../../drawing/geometry.ts'
import { lerp, mirror, offset, onSide, pt, smooth, through, yAt } from '../../drawing/geometry.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import type { Layout, Part, Seam, Shown } from '../../drawing/layout.ts'
import { neckInside, scoop, vee } from '../../drawing/necks.ts'
import { alone, NOTHING, type Piece, sides, together } from '../../drawing/piece.ts'
import { seamPocket } from '../../drawing/pockets.ts'
import { mirrorSleeve, sleeveFolds, sleeveGeometry } from '../../drawing/sleeves.ts'
import { centreVent } from '../../drawing/vents.ts'
import { SKIRT_MOUTH } from '../../openings.ts'
import { choices, type DressChoices } from './choices.ts'

interface Dress {
  f: UpperFrame
  chosen: DressChoices
  straight: boolean
  drop: number
  neckline: Path
  /** How far the hem bows down in the middle, mm. */
  bow: number
  /** The side seam, lifted by the bow where the skirt falls. */
  side: Path
}

export function layout(input: PackshotInput, m: Full): Layout {
  const chosen = choicesIn(choices, input.construction)
  const f = upperFrame(input, m)
  const drop = f.back ? m.backNeckDrop : m.frontNeckDrop
  const neckline = chosen.collar === 'v' && !f.back ? vee(f, drop) : scoop(f, drop)
  const bow = Math.min(30, (m.halfHem / 2 - m.halfWaist / 2) * 0.14)
  const side = f.side.map((p) => pt(p.x, p.y > f.waistY ? p.y - bow * smooth(f.waistY, m.bodyLength, p.y) : p.y))
  const d: Dress = { f, chosen, straight: chosen.skirt === 'pencil', drop, neckline, bow, side }
  const lined = chosen.lining === 'none' ? 'shell' : 'lining'
  const sleeved = chosen.sleeve !== 'none' && m.sleeveLength > 40
  const { parts, trims } = together(
    f.back ? NOTHING : neckInside(f, drop, lined, 5, { inset: -1 }),
    ...(sleeved ? sides.map((s) => alone(sleeve(f, s))) : []),
    alone(bodyOf(d)),
    ...pockets(d),
    chosen.belt === 'tie' ? belt(f) : NOTHING,
    f.back ? back(d) : NOTHING,
  )
  return finish({ ...f, side }, parts, trims, { cuff: m.sleeveLength > 330 })
}

function sleeve(f: UpperFrame, side: 1 | -1): Part {
  const { m } = f
  const long = m.sleeveLength > 330
  const drawn = sleeveGeometry(
    f,
    long ? { upper: 25, lower: 13, round: 42, cap: 0 } : { upper: 40, lower: 33, round: 42, cap: 0 },
    (f.rng() - 0.5) * 3,
  )
  const g = side === -1 ? mirrorSleeve(drawn) : drawn
  const s = g.sections[Math.max(0, g.sections.length - 5)]!
  return {
    id: side === 1 ? 'sleeve-right' : 'sleeve-left',
    belongs: 'sleeve',
    ink: 'shell',
    outline: g.outline,
    origin: pt(side * 21, 9),
    folds: sleeveFolds(f, g, { bend: 6, stack: 0, gather: 0 }),
    surface: { kind: 'strip', z: 8, dome: m.halfBicep * 0.22, sections: g.sections, bevel: 1.6 },
    stitches: [[0.02, 0.3, 0.7, 0.98].map((t) => pt(lerp(s.a.x, s.b.x, t), lerp(s.a.y, s.b.y, t)))],
  }
}

/** Flutes of the skirt. @returns where they meet the hem, as shares of the half width */
function flute({ f, straight }: Dress, folds: Field): number[] {
  const { m } = f
  const hemX = m.halfHem / 2
  const n = straight ? 2 : 7
  return Array.from({ length: n }, (_, i) => {
    const t = lerp(-0.86, 0.86, (i + 0.5 + (f.rng() - 0.5) * 0.4) / n)
    const top = lerp(f.waistY, m.bodyLength, (straight ? 0.04 : 0.01) + f.rng() * (straight ? 0.22 : 0.08))
    const path = [0, 0.2, 0.45, 0.7, 1].map((q) => {
      const y = lerp(top, m.bodyLength + 30, q)
      return pt(t * f.halfAt(y) * (1 + 0.02 * Math.sin(q * 4 + i)), y)
    })
    const w = (hemX / n) * (0.42 + 0.2 * f.rng())
    const high = (straight ? 6 : 23) * f.hand.drape * (0.7 + 0.5 * f.rng())
    ridge(folds, path, high, t > 0 ? w : w * 0.7, t > 0 ? w * 0.7 : w, swell.end)
    return t
  })
}

/** The hem from right to left; skirt flutes wave it. */
function hemOf({ f: { m }, bow, straight }: Dress, flutes: readonly number[]): Path {
  const hemX = m.halfHem / 2
  return Array.from({ length: 61 }, (_, i) => {
    const t = 1 - (2 * i) / 60
    const wave = flutes.reduce((sum, a) => sum + Math.exp(-(((t - a) / 0.07) ** 2)), 0)
    return pt(
      t * hemX,
      m.bodyLength - bow + bow * (1 - t * t) + (straight ? 0 : wave * 6 - 3) * (1 - smooth(0.9, 1, Math.abs(t))),
    )
  })
}

/** Equal panels laid from the zip at the centre back: six, or eight where pockets need seams at the sides. */
function panelSeams({ f, chosen, straight }: Dress): Seam[] {
  if (straight) return []
  return (chosen.pocket === 'seam' ? [-1 / 2, 0, 1 / 2] : [-2 / 3, 0, 2 / 3]).map((t) => ({
    path: [0, 0.25, 0.5, 0.75, 1].map((q) => {
      const y = lerp(f.waistY, f.m.bodyLength, q)
      return pt(t * f.halfAt(y), y + 8 * (1 - q))
    }),
    shows: 'panel',
    width: 2.2,
    depth: 0.9,
  }))
}

/** From the side seam, a hand below the underarm, to beside the bust point. */
const bustDart = (f: UpperFrame): Path => {
  const y = lerp(f.ua.y, f.waistY, 0.34)
  return [pt(f.halfAt(y), y), pt(f.m.halfChest * 0.25, lerp(f.ua.y, f.waistY, 0.2))]
}

/** Darts of a straight skirt on the right half, from the waist seam down. */
function skirtDarts({ f, straight }: Dress): Path[] {
  if (!straight) return []
  const darts = f.input.darts
  const n = f.back ? (darts?.['skirtBack'] ?? 2) : (darts?.['skirtFront'] ?? 4) / 2
  const half = f.halfAt(f.waistY)
  return Array.from({ length: n }, (_, i) => {
    const t = n === 1 ? 0.48 : 0.36 + 0.28 * i
    return [pt(half * t, f.waistY + 7), pt(half * t * 1.03, f.waistY + (f.back ? 120 : 92))]
  })
}

function bodyOf(d: Dress): Part {
  const { f, chosen, straight, drop, neckline, side } = d
  const { m, waistY } = f
  const folds = bodyFolds(f, { drag: 3.4 })
  const hem = hemOf(d, flute(d, folds))
  const waist = f.halfAt(waistY)
  const waistSeam = through([pt(-waist, waistY), pt(0, waistY + 9), pt(waist, waistY)], 12)
  const dart = through([pt(m.halfChest * 0.2, f.ua.y + 40), pt(m.halfChest * 0.17, waistY + 5)], 6)
  // on its half the front has a dart to the bust too
  const darted = f.back ? f.input.darts?.['back'] !== 0 : (f.input.darts?.['front'] ?? 4) / 2 > 1
  const armhole: Shown = chosen.sleeve === 'none' ? 'armholeFacing' : 'armhole'
  const zipTo = straight ? m.bodyLength : waistY + 160
  return {
    id: 'body',
    belongs: 'body',
    ink: 'shell',
    outline: bodyOutline({ ...f, side }, neckline, hem),
    folds,
    surface: bodySurface(f, 38, 0.24),
    shadow: { dx: 3, dy: 6, blur: 8, opacity: 0.4, from: belowArms(f) },
    seams: [
      { path: waistSeam, shows: 'waist', width: 2.2, depth: 1.2 },
      ...panelSeams(d),
      ...[...(darted ? [dart] : []), ...(f.back ? [] : [bustDart(f)]), ...skirtDarts(d)]
        .flatMap((path) => [path, mirror(path)])
        .map((path) => ({ path, shows: 'dart' as const, width: 2, depth: 0.8 })),
      ...[f.armhole, mirror(f.armhole)].map((path) => ({ path, shows: armhole, width: 2, depth: 0.7 })),
      ...(f.back ? [{ path: [pt(0, drop), pt(0, zipTo)], shows: 'centreBack' as const, width: 2.4, depth: 1.2 }] : []),
    ],
    stitches: [
      hem.map((p) => pt(p.x * 0.996, p.y - 20)),
      offset(neckline, -5).slice(1, -1),
      ...(chosen.sleeve === 'none' ? ([1, -1] as const).map((s) => onSide(offset(f.armhole, 5), s)) : []),
    ],
  }
}

function pockets({ f, chosen, side }: Dress): Piece[] {
  if (chosen.pocket === 'none') return []
  const turned = side.map((p) => pt(p.y, p.x))
  const edge = (y: number): number => yAt(turned, y) ?? f.halfAt(y)
  const from = f.waistY + SKIRT_MOUTH.from
  return sides.map((s) => seamPocket(`pocket-${s}`, edge, from, from + SKIRT_MOUTH.length, s))
}

/** A tie belt, knotted in front; from behind a plain band. */
function belt(f: UpperFrame): Piece {
  if (!f.back) return buckledBelt(f, f.waistY, 34, true)
  const x = f.halfAt(f.waistY) + 3
  const top = through([pt(-x, f.waistY - 17), pt(0, f.waistY - 8), pt(x, f.waistY - 17)], 10)
  const low = through([pt(-x, f.waistY + 15), pt(0, f.waistY + 24), pt(x, f.waistY + 15)], 10)
  return alone({
    id: 'belt',
    belongs: 'body',
    ink: 'shell',
    outline: [...top, ...[...low].reverse()],
    grain: 90,
    surface: { kind: 'on', lift: 2.4, bevel: 2.4 },
    shadow: { dx: 1, dy: 4, blur: 4, opacity: 0.45 },
    stitches: [offset(top, 3), offset(low, -3)],
  })
}

/** The vent of a straight skirt, and the pull of the concealed zip. */
function back({ f, chosen, straight, drop }: Dress): Piece {
  const { m } = f
  const vent =
    straight && chosen.vent === 'vent'
      ? centreVent(lerp(f.waistY, m.bodyLength, 0.62), m.bodyLength, f.hand.thick * 1.2)
      : []
  return {
    parts: [...vent],
    trims: [{ kind: 'zip', path: [pt(0, drop + 2), pt(0, drop + 20)], width: 3, slider: 5, over: 'body' }],
  }
}
