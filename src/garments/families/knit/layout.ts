/** T-shirt, sweatshirt, hoodies: cut-and-sewn knitwear. */
import { cuffOf, hemRib } from '../../drawing/cuffs.ts'
import { finish } from '../../drawing/finish.ts'
import {
  belowArms,
  bodyFolds,
  bodyOutline,
  bodySurface,
  hemLine,
  raglanSeam,
  upperFrame,
  type UpperFrame,
} from '../../drawing/frame.ts'
import type { Path } from '../../drawing/geometry.ts'
import { lerp, mirror, offset, pt, smooth } from '../../drawing/geometry.ts'
import { hood, type HoodLook } from '../../drawing/hood.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import type { Ink, Layout, Part, Shown } from '../../drawing/layout.ts'
import { neckInside, ribNeck, ribNeckBehind, scoop, vee } from '../../drawing/necks.ts'
import { alone, NOTHING, type Piece, together } from '../../drawing/piece.ts'
import { kangaroo, pocket } from '../../drawing/pockets.ts'
import { mirrorSleeve, sleeveFolds, sleeveGeometry } from '../../drawing/sleeves.ts'

/** What a knitted garment looks like, as its category reads its choices. */
export interface KnitLook {
  neck: 'crew' | 'v' | 'scoop'
  /** Rib bands at the hem, and at the ends of the sleeves. */
  ribHem: boolean
  ribCuffs: boolean
  /** Jersey, close to the body; sweatshirting stands off and has its armholes stitched. */
  light: boolean
  chestPocket?: boolean
  raglan?: boolean
  /** In place of a neck band. */
  hood?: HoodLook & { pouch: boolean }
}

interface Knit {
  f: UpperFrame
  look: KnitLook
  /** What ribs are coloured as. */
  ink: Ink
  /** Height of the hem rib, 0 without one, mm. */
  ribH: number
  drop: number
  neckline: Path
  raglan: Path | undefined
}

export function knitLayout(input: PackshotInput, m: Full, look: KnitLook): Layout {
  const f = upperFrame(input, m)
  const drop = f.back ? m.backNeckDrop : m.frontNeckDrop
  const k: Knit = {
    f,
    look,
    ink: input.textures.rib || input.colours['rib'] ? 'rib' : 'shell',
    ribH: look.ribHem ? m.ribHeight : 0,
    drop,
    neckline: look.neck === 'v' && !f.back ? vee(f, drop) : scoop(f, drop, look.neck === 'scoop' && !f.back),
    raglan: look.raglan ? raglanSeam(f) : undefined,
  }
  const inside = look.hood || f.back ? NOTHING : neckInside(f, drop, 'shell', look.light ? 4 : 8)
  // the hood lies behind the body, its rolled edge crosses in front of it
  const hooded = look.hood ? hood(f, look.hood) : NOTHING
  const inFront = (p: Part): boolean => p.id.startsWith('hood-edge')
  const { parts, trims } = together(
    inside,
    alone(...hooded.parts.filter((p) => !inFront(p))),
    sleeve(k, -1),
    sleeve(k, 1),
    body(k),
    { parts: hooded.parts.filter(inFront), trims: hooded.trims },
    look.hood ? NOTHING : neckBand(k),
    f.back ? NOTHING : sewnOn(k),
  )
  const layout = finish(f, parts, trims, { cuff: m.sleeveLength > 400 })
  return k.raglan ? { ...layout, marks: { ...layout.marks, raglanTip: k.raglan[0]! } } : layout
}

function sleeve({ f, look, ink, raglan }: Knit, side: 1 | -1): Piece {
  const { m } = f
  const long = m.sleeveLength > 400
  const ribH = long ? m.cuffHeight : 22
  const cuffH = look.ribCuffs ? ribH : 0
  const shape = long
    ? {
        upper: look.light ? 27 : 25,
        lower: 11,
        round: 62,
        ...(cuffH ? { cuff: { height: cuffH, width: m.halfCuff }, blouse: m.halfCuff * 0.34 } : {}),
      }
    : {
        upper: 47,
        lower: 41,
        round: 52,
        ...(cuffH ? { cuff: { height: cuffH, width: m.halfCuff * 0.97 }, blouse: 4 } : {}),
      }
  const drawn = sleeveGeometry(f, raglan ? { ...shape, raglan } : shape, (f.rng() - 0.5) * 3.5)
  const g = side === -1 ? mirrorSleeve(drawn) : drawn
  const hemAt = g.length - 20
  const across = (s: number): Path => {
    const i = Math.min(g.sections.length - 2, Math.max(0, Math.round((s / g.length) * (g.sections.length - 2))))
    const sec = g.sections[i]!
    return [0.02, 0.25, 0.5, 0.75, 0.98].map((t) => pt(lerp(sec.a.x, sec.b.x, t), lerp(sec.a.y, sec.b.y, t)))
  }
  const arm: Part = {
    id: side === 1 ? 'sleeve-right' : 'sleeve-left',
    belongs: 'sleeve',
    ink: 'shell',
    outline: g.outline,
    origin: pt(side * 37, 11),
    folds: sleeveFolds(f, g, { bend: look.light ? 5.5 : 9, stack: cuffH ? 8 : 0, gather: cuffH ? 4 : 0 }),
    surface: { kind: 'strip', z: 8, dome: m.halfBicep * 0.2, sections: g.sections, bevel: 2 },
    ...(cuffH
      ? {}
      : {
          stitches: [across(hemAt), across(hemAt + 4)],
          seams: [{ path: across(hemAt - 1), shows: 'sleeveHem', width: 2, depth: 0.5 }],
        }),
  }
  if (!cuffH) return alone(arm)
  const id = `cuff-${side === 1 ? 'right' : 'left'}`
  return together(
    alone(arm),
    cuffOf(g, side, { id, kind: 'rib', height: cuffH, width: m.halfCuff, ink, thick: 2, buttons: 0 }),
  )
}

/** The sides of a body that blouses over its hem rib and is drawn in just above it. */
function blousedSide(f: UpperFrame, ribH: number): Path {
  const low = f.m.bodyLength - ribH
  const blouse = (y: number): number => 1 + 0.03 * smooth(f.ua.y, low - 60, y) - 0.042 * smooth(low - 34, low, y)
  const nearHem = [34, 24, 15, 8, 3].map((up) => pt(f.halfAt(low - up), low - up))
  return [...f.side.filter((p) => p.y < low - 1).filter((p) => p.y < low - 36), ...nearHem, pt(f.halfAt(low), low)].map(
    (p) => pt(p.x * blouse(p.y), p.y),
  )
}

function body({ f, look, ink, ribH, neckline, raglan }: Knit): Piece {
  const { m } = f
  const { light, ribHem } = look
  const hem = hemLine(f, light ? 5 : 2).map((p) => pt(p.x, p.y - ribH))
  const side = ribHem ? blousedSide(f, ribH) : f.side
  const edge = ribHem ? hem.map((p) => pt(p.x * 0.988, p.y)) : hem
  const outline = bodyOutline({ ...f, side }, neckline, edge, raglan)
  const arm = offset(raglan ?? f.armhole, -0.5)
  const armSeam = [[...arm], mirror(arm)]
  const ofRaglan: Shown = f.back ? 'raglanBack' : 'raglanFront'
  const armhole: Shown = raglan ? ofRaglan : 'armhole'
  const folds = bodyFolds(
    f,
    ribHem
      ? { drag: 5, swag: 4.5, held: { y: m.bodyLength - ribH, up: 70, down: 0, depth: 3.6 } }
      : { drag: 4.2, swag: 3, flutes: 3, fluteDepth: 5, from: f.ua.y + 40 },
  )
  const hemStitch = hem.map((p) => pt(p.x * 0.995, p.y - 22))
  const panel: Part = {
    id: 'body',
    belongs: 'body',
    ink: 'shell',
    outline,
    folds,
    surface: bodySurface(f, 40, light ? 0.22 : 0.3),
    shadow: { dx: 3, dy: 7, blur: 9, opacity: 0.42, from: belowArms(f) },
    seams: [
      ...armSeam.map((path) => ({ path: offset(path, 0.5), shows: armhole, width: 2, depth: 0.6 })),
      ...(ribHem ? [] : [{ path: hemStitch, shows: 'hem' as const, width: 2, depth: 0.6 }]),
    ],
    stitches: [
      ...(ribHem ? [] : [hemStitch, hemStitch.map((p) => pt(p.x, p.y + 5))]),
      ...(light ? [] : armSeam.map((path) => offset(path, path[0]!.x > 0 ? 5 : -5))),
    ],
  }
  return ribHem ? alone(panel, hemRib(f, hem, ribH, ink, look.hood?.zipped === true && !f.back)) : alone(panel)
}

/** The neck's rib: round the front opening, or seen from behind as a narrow crescent above the neckline. */
function neckBand({ f, look, ink, drop, neckline }: Knit): Piece {
  const { m } = f
  const width = Math.max(14, Math.min(34, m.collarHeight > 45 ? 22 : m.collarHeight || 20))
  if (!f.back) return ribNeck(f, neckline, width, ink, look.neck === 'v')
  return ribNeckBehind(neckline, drop, width, ink)
}

/** Chest pocket, pouch and front zip. */
function sewnOn({ f, look, ribH, drop }: Knit): Piece {
  const { m } = f
  const chest = look.chestPocket
    ? pocket('pocket', 'patch', {
        x: f.ua.x * 0.5,
        y: f.ua.y - 42,
        w: m.halfChest * 0.2,
        h: m.halfChest * 0.225,
        slant: 0,
        side: 1,
        thick: 0.9,
        pointed: true,
      })
    : NOTHING
  if (!look.hood) return chest
  const { zipped, pouch } = look.hood
  return together(chest, pouch ? kangaroo(f, ribH, zipped) : NOTHING, {
    parts: [],
    trims: zipped
      ? [{ kind: 'zip', path: [pt(0, drop - 4), pt(0, m.bodyLength - 2)], width: 7, slider: 14, over: 'body' }]
      : [],
  })
}
