/** Coat and jacket: woven garments with sleeves that open in front, with lapels or closed to the neck. */
import { weigh } from '../../drawing/folds.ts'
import type { Path } from '../../drawing/geometry.ts'
import { clamp, lerp, mirror, onSide, pt, smooth, through } from '../../drawing/geometry.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import type { Layout, Part } from '../../drawing/layout.ts'
import { buckledBelt } from '../../drawing/belts.ts'
import { backSeams, coatBack } from './back.ts'
import { closedCollar, coatPockets, fastening, frontPanel } from './front.ts'
import type { CoatBody } from './look.ts'
import { coatStyle } from './look.ts'
import { backCollar } from '../../drawing/collars.ts'
import { cuffOf, ventButtons } from '../../drawing/cuffs.ts'
import { epaulettes } from './epaulettes.ts'
import { finish } from '../../drawing/finish.ts'
import { belowArms, bodyFolds, bodyOutline, bodySurface, hemLine, upperFrame } from '../../drawing/frame.ts'
import { lapels } from './lapels.ts'
import { neckInside, scoop } from '../../drawing/necks.ts'
import type { Piece } from '../../drawing/piece.ts'
import { mirrorSleeve, sleeveFolds, sleeveGeometry } from '../../drawing/sleeves.ts'

/** Neck, sleeves and body, then what the front or the back shows. */
export function coatLayout(input: PackshotInput, m: Full): Layout {
  const c = input.construction
  const style = coatStyle(input)
  const { jacket, coat, closure, collarKind, belted, cuffKind, shoulder } = style
  const f = upperFrame(input, m)
  const thick = f.hand.thick
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const add = (p: Piece): void => {
    parts.push(...p.parts)
    trims.push(...p.trims)
  }
  const lapelled = !f.back && (collarKind === 'notched' || collarKind === 'peaked' || collarKind === 'shawl')
  const db = closure === 'double'
  const marked = input.buttons ?? []
  const top = marked[0]?.y
  const column = db && top !== undefined ? Math.max(...marked.map(({ x }) => x)) : clamp(m.halfChest * 0.13, 55, 85)
  // As far beyond the buttons as the pattern's edge, in the middle of the sizes.
  const overlap = db ? column + 23 : coat ? 24 : 19
  // lapels begin to roll above the first button
  const breakY = !lapelled
    ? 0
    : top !== undefined
      ? top - (db ? 26 : 8)
      : db
        ? lerp(f.ua.y, f.waistY, coat ? 0.2 : 0.45)
        : lerp(f.ua.y, f.waistY, coat ? 0.3 : 0.62)
  const lp = lapelled
    ? lapels(f, {
        breakY,
        overlap,
        width: clamp(m.halfChest * 0.145, 62, 104) * (db ? 1.08 : 0.94),
        peak: collarKind === 'peaked',
        shawl: collarKind === 'shawl',
        ink: 'shell',
        collarInk: 'shell',
      })
    : undefined
  const throat = m.frontNeckDrop
  const neckline: Path = f.back ? scoop(f, m.backNeckDrop) : lp ? lp.neckline : scoop(f, throat)
  if (!f.back)
    add(
      neckInside(
        f,
        lp ? breakY * 0.7 : throat,
        c['lining'] === 'none' ? 'shell' : 'lining',
        collarKind === 'fur' ? 40 : 24,
      ),
    )
  for (const side of [-1, 1] as const) {
    let g = sleeveGeometry(
      f,
      { upper: coat ? 24 : 23, lower: coat ? 10.5 : 9, round: 50, cap: jacket ? 5 : 3 },
      (f.rng() - 0.5) * 2.6,
    )
    if (side === -1) g = mirrorSleeve(g)
    const id = side === 1 ? 'sleeve-right' : 'sleeve-left'
    const elbowSeam = g.sections.slice(0, -1).map((s) => pt(lerp(s.a.x, s.b.x, 0.17), lerp(s.a.y, s.b.y, 0.17)))
    parts.push({
      id,
      belongs: 'sleeve',
      ink: 'shell',
      outline: g.outline,
      origin: pt(side * 31, 17),
      folds: sleeveFolds(f, g, { bend: coat ? 12 : 8.5, stack: 3 }),
      surface: { kind: 'strip', z: 8, dome: m.halfBicep * 0.23, sections: g.sections, bevel: 2.6 },
      seams: f.back
        ? [
            {
              path: g.sections.slice(0, -1).map((s) => pt(lerp(s.a.x, s.b.x, 0.66), lerp(s.a.y, s.b.y, 0.66))),
              width: 2.4,
              depth: 0.9,
            },
          ]
        : [{ path: elbowSeam, width: 2.2, depth: 0.7 }],
    })
    const cuffId = `cuff-${side === 1 ? 'right' : 'left'}`
    if (cuffKind === 'turned')
      add(
        cuffOf(g, side, {
          id: cuffId,
          kind: 'turned',
          height: Math.max(m.cuffHeight, coat ? 92 : 50),
          width: m.halfCuff,
          ink: 'shell',
          thick,
          buttons: 0,
        }),
      )
    if (cuffKind === 'tab')
      add(cuffOf(g, side, { id: cuffId, kind: 'tab', height: 60, width: m.halfCuff, ink: 'shell', thick, buttons: 0 }))
    if (cuffKind === 'vent') trims.push(...ventButtons(g, id, coat ? 3 : 4, side))
  }
  const hem = hemLine(f, coat ? 9 : 5)
  const outline = bodyOutline(f, neckline, hem)
  const beltH = 46
  const hasBelt = belted === 'buckle' || belted === 'tied'
  const folds = bodyFolds(f, {
    flutes: coat ? 3 : 1,
    fluteDepth: coat ? 18 : 6,
    from: f.waistY,
    drag: coat ? 6.5 : 5,
    ...(hasBelt ? { held: { y: f.waistY, up: 74, down: 92, depth: 3.4 } } : {}),
  })
  const half = Math.max(30, overlap + 14)
  weigh(folds, (x, y) => 1 - 0.6 * (1 - smooth(half * 0.6, half * 1.5, Math.abs(x))) * smooth(0, 200, y))
  const dartX = m.halfChest * 0.255
  const frontSeam = through(
    [
      pt(f.sp.x * 0.9, lerp(f.sp.y, f.ua.y, 0.55)),
      pt(dartX + 14, f.ua.y + 20),
      pt(Math.min(dartX, f.halfAt(f.waistY) * 0.62), f.waistY),
      pt(lerp(f.halfAt(f.waistY), f.halfAt(m.bodyLength), 0.45) * 0.64, lerp(f.waistY, m.bodyLength, 0.4)),
      pt(f.halfAt(m.bodyLength) * 0.62, m.bodyLength + 6),
    ],
    8,
  )
  const dart = through([pt(dartX * 0.94, f.ua.y + 40), pt(dartX * 0.9, f.waistY), pt(dartX * 0.96, f.waistY + 95)], 8)
  const seams = f.back
    ? backSeams(f, style, frontSeam)
    : // a man's coat has its front in one piece, a woman's is seamed over the bust
      (jacket ? [dart] : input.gender === 'women' ? [frontSeam] : []).flatMap((path) =>
        [1, -1].map((s) => ({ path: onSide(path, s as 1 | -1), width: 2.2, depth: 0.8 })),
      )
  parts.push({
    id: 'body',
    belongs: 'body',
    ink: 'shell',
    outline,
    folds,
    surface: bodySurface(f, 44, 0.25),
    seams: [...seams, ...[f.armhole, mirror(f.armhole)].map((path) => ({ path, width: 2.4, depth: 0.9 }))],
    shadow: { dx: 3, dy: 8, blur: 11, opacity: 0.5, from: belowArms(f) },
  })
  const body: CoatBody = { f, style, lp, breakY, overlap, column, throat, neckline, hem, folds, seams, hasBelt }
  if (f.back) {
    add(coatBack(body))
    if (collarKind !== 'none')
      add(
        backCollar(
          f,
          collarKind === 'fur',
          collarKind === 'fur' ? 'contrast' : 'shell',
          collarKind === 'stand' ? 46 : collarKind === 'fur' ? 190 : 72,
        ),
      )
    if (shoulder === 'epaulette') add(epaulettes(f))
    return finish(f, parts, trims, { cuff: true })
  }
  if (lp) parts.push(lp.under)
  if (closure !== 'zip') parts.push(frontPanel(body))
  if (lp) parts.push(lp.top, ...lp.collar)
  add(coatPockets(body))
  if (hasBelt) add(buckledBelt(f, f.waistY, beltH, belted === 'tied'))
  trims.push(...fastening(body))
  if (shoulder === 'epaulette') add(epaulettes(f))
  if (!lp) add(closedCollar(body))
  return finish(f, parts, trims, { cuff: true, ...(lp ? { neck: 'rolled' } : {}) })
}
