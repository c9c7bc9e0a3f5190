/** Coat and jacket: woven garments with sleeves that open in front, with lapels or closed to the neck. */
import { buckledBelt } from '../../drawing/belts.ts'
import { backCollar } from '../../drawing/collars.ts'
import { cuffOf, ventButtons } from '../../drawing/cuffs.ts'
import { finish } from '../../drawing/finish.ts'
import { type Field, weigh } from '../../drawing/folds.ts'
import {
  belowArms,
  bodyFolds,
  bodyOutline,
  bodySurface,
  hemLine,
  upperFrame,
  type UpperFrame,
} from '../../drawing/frame.ts'
import type { Path } from '../../drawing/geometry.ts'
import { clamp, lerp, mirror, onSide, pt, smooth, through } from '../../drawing/geometry.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import type { Layout, Part, Seam } from '../../drawing/layout.ts'
import { neckInside, scoop } from '../../drawing/necks.ts'
import { alone, NOTHING, type Piece, sides, together } from '../../drawing/piece.ts'
import { mirrorSleeve, sleeveFolds, sleeveGeometry } from '../../drawing/sleeves.ts'
import { backSeams, tailoredBack } from './back.ts'
import { epaulettes } from './epaulettes.ts'
import { closedCollar, fastening, frontPanel, frontPockets } from './front.ts'
import { lapels } from './lapels.ts'
import type { TailoredBody, TailoredLook } from './look.ts'

/** Neck, sleeves and body, then what the front or the back shows. */
export function tailoredLayout(input: PackshotInput, m: Full, look: TailoredLook): Layout {
  const f = upperFrame(input, m)
  const neck = neckOf(f, look)
  const arms = sides.map((side) => sleeve(f, look, side))
  const { body, part } = bodyOf(f, look, neck)
  const drawn = together(inside(f, look, neck), ...arms, alone(part), f.back ? back(body) : front(body))
  return finish(f, drawn.parts, drawn.trims, { cuff: true, ...(neck.lp ? { neck: 'rolled' as const } : {}) })
}

type Neck = Pick<TailoredBody, 'lp' | 'breakY' | 'overlap' | 'column' | 'throat' | 'neckline'>

/** Where the front closes, with its lapels. */
function neckOf(f: UpperFrame, look: TailoredLook): Neck {
  const { m, input } = f
  const coat = look.kind === 'coat'
  const db = look.closure === 'double'
  const lapelled = !f.back && look.collar === 'notched'
  const marked = input.buttons ?? []
  const top = marked[0]?.y
  const column = db && top !== undefined ? Math.max(...marked.map(({ x }) => x)) : clamp(m.halfChest * 0.13, 55, 85)
  // As far beyond the buttons as the pattern's edge, in the middle of the sizes.
  const single = coat ? 24 : 19
  const overlap = db ? column + 23 : single
  const [low, high] = coat ? [0.2, 0.3] : [0.45, 0.62]
  const usual = lerp(f.ua.y, f.waistY, db ? low : high)
  // lapels begin to roll above the first button
  const rolls = top === undefined ? usual : top - (db ? 26 : 8)
  const breakY = lapelled ? rolls : 0
  const width = clamp(m.halfChest * 0.145, 62, 104) * (db ? 1.08 : 0.94)
  const lp = lapelled
    ? lapels(f, { breakY, overlap, width, peak: false, shawl: false, ink: 'shell', collarInk: 'shell' })
    : undefined
  const throat = m.frontNeckDrop
  const neckline = f.back ? scoop(f, m.backNeckDrop) : (lp?.neckline ?? scoop(f, throat))
  return { lp, breakY, overlap, column, throat, neckline }
}

const inside = (f: UpperFrame, { lined, collar }: TailoredLook, { lp, breakY, throat }: Neck): Piece =>
  f.back
    ? NOTHING
    : neckInside(
        f,
        lp ? breakY * 0.7 : throat,
        lined ? 'lining' : 'shell',
        collar === 'fur' ? 40 : 24,
        // a lining runs up to the collar; without one the back of the neck is faced
        lined ? {} : { shows: 'facingInner' },
      )

function sleeve(f: UpperFrame, { kind, cuff }: TailoredLook, side: 1 | -1): Piece {
  const { m } = f
  const coat = kind === 'coat'
  const drawn = sleeveGeometry(
    f,
    { upper: coat ? 24 : 23, lower: coat ? 10.5 : 9, round: 50, cap: coat ? 3 : 5 },
    (f.rng() - 0.5) * 2.6,
  )
  const g = side === -1 ? mirrorSleeve(drawn) : drawn
  const id = side === 1 ? 'sleeve-right' : 'sleeve-left'
  const seam = (t: number): Path => g.sections.slice(0, -1).map((s) => pt(lerp(s.a.x, s.b.x, t), lerp(s.a.y, s.b.y, t)))
  const arm: Piece = alone({
    id,
    belongs: 'sleeve',
    ink: 'shell',
    outline: g.outline,
    origin: pt(side * 31, 17),
    folds: sleeveFolds(f, g, { bend: coat ? 12 : 8.5, stack: 3 }),
    surface: { kind: 'strip', z: 8, dome: m.halfBicep * 0.23, sections: g.sections, bevel: 2.6 },
    seams: f.back
      ? [{ path: seam(0.66), shows: 'sleeveBack', width: 2.4, depth: 0.9 }]
      : [{ path: seam(0.17), shows: 'sleeveFront', width: 2.2, depth: 0.7 }],
  })
  if (cuff === 'vent') return together(arm, { parts: [], trims: ventButtons(g, id, coat ? 3 : 4, side) })
  if (cuff === 'plain') return arm
  const turned = cuffOf(g, side, {
    id: `cuff-${side === 1 ? 'right' : 'left'}`,
    kind: 'turned',
    height: Math.max(m.cuffHeight, coat ? 92 : 50),
    width: m.halfCuff,
    ink: 'shell',
    thick: f.hand.thick,
    buttons: 0,
  })
  return together(arm, turned)
}

function foldsOf(f: UpperFrame, { kind, belt }: TailoredLook, overlap: number): Field {
  const coat = kind === 'coat'
  const folds = bodyFolds(f, {
    flutes: coat ? 3 : 1,
    fluteDepth: coat ? 18 : 6,
    from: f.waistY,
    drag: coat ? 6.5 : 5,
    ...(belt === 'full' ? { held: { y: f.waistY, up: 74, down: 92, depth: 3.4 } } : {}),
  })
  const half = Math.max(30, overlap + 14)
  weigh(folds, (x, y) => 1 - 0.6 * (1 - smooth(half * 0.6, half * 1.5, Math.abs(x))) * smooth(0, 200, y))
  return folds
}

/** Seams that shape the body: a man's coat has its front in one piece, a woman's is seamed over the bust. */
function shapeSeams(f: UpperFrame, look: TailoredLook): Seam[] {
  const { m } = f
  const dartX = m.halfChest * 0.255
  const panel = through(
    [
      pt(f.sp.x * 0.9, lerp(f.sp.y, f.ua.y, 0.55)),
      pt(dartX + 14, f.ua.y + 20),
      pt(Math.min(dartX, f.halfAt(f.waistY) * 0.62), f.waistY),
      pt(lerp(f.halfAt(f.waistY), f.halfAt(m.bodyLength), 0.45) * 0.64, lerp(f.waistY, m.bodyLength, 0.4)),
      pt(f.halfAt(m.bodyLength) * 0.62, m.bodyLength + 6),
    ],
    8,
  )
  if (f.back) return backSeams(f, look, panel)
  const dart = through([pt(dartX * 0.94, f.ua.y + 40), pt(dartX * 0.9, f.waistY), pt(dartX * 0.96, f.waistY + 95)], 8)
  const line = (path: Path, shows: Seam['shows']): Seam[] =>
    sides.map((s) => ({ path: onSide(path, s), shows, width: 2.2, depth: 0.8 }))
  if (look.kind === 'jacket') return line(dart, 'dart')
  return f.input.gender === 'women' ? line(panel, 'princess') : []
}

function bodyOf(f: UpperFrame, look: TailoredLook, neck: Neck): { body: TailoredBody; part: Part } {
  const hem = hemLine(f, look.kind === 'coat' ? 9 : 5)
  const folds = foldsOf(f, look, neck.overlap)
  const seams = shapeSeams(f, look)
  const part: Part = {
    id: 'body',
    belongs: 'body',
    ink: 'shell',
    outline: bodyOutline(f, neck.neckline, hem),
    folds,
    surface: bodySurface(f, 44, 0.25),
    seams: [
      ...seams,
      ...[f.armhole, mirror(f.armhole)].map((path) => ({ path, shows: 'armhole' as const, width: 2.4, depth: 0.9 })),
    ],
    shadow: { dx: 3, dy: 8, blur: 11, opacity: 0.5, from: belowArms(f) },
  }
  return { body: { f, look, ...neck, hem, folds, seams }, part }
}

function back(body: TailoredBody): Piece {
  const { f, look } = body
  const fur = look.collar === 'fur'
  const turned = fur ? 190 : 72
  const height = look.collar === 'stand' ? 46 : turned
  return together(
    tailoredBack(body),
    backCollar(f, fur, fur ? 'contrast' : 'shell', height),
    look.epaulettes ? epaulettes(f) : NOTHING,
  )
}

function front(body: TailoredBody): Piece {
  const { f, look, lp } = body
  return together(
    lp ? alone(lp.under) : NOTHING,
    alone(frontPanel(body)),
    lp ? alone(lp.top, ...lp.collar) : NOTHING,
    frontPockets(body),
    look.belt === 'full' ? buckledBelt(f, f.waistY, 46, false) : NOTHING,
    { parts: [], trims: fastening(body) },
    look.epaulettes ? epaulettes(f) : NOTHING,
    lp ? NOTHING : closedCollar(body),
  )
}
