/** T-shirt, sweatshirt, hoodies: cut-and-sewn knitwear. */
import { lerp, mirror, offset, pt, smooth, through } from '../../drawing/geometry.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import { choose } from '../../drawing/input.ts'
import type { Layout, Part } from '../../drawing/layout.ts'
import { standCollar } from '../../drawing/collars.ts'
import { cuffOf, hemRib } from '../../drawing/cuffs.ts'
import { finish } from '../../drawing/finish.ts'
import { belowArms, bodyFolds, bodyOutline, bodySurface, hemLine, raglanSeam, upperFrame } from '../../drawing/frame.ts'
import { hood } from '../../drawing/hood.ts'
import { neckInside, ribNeck, scoop, vee } from '../../drawing/necks.ts'
import type { Piece } from '../../drawing/piece.ts'
import { lowShadow, on } from '../../drawing/piece.ts'
import { kangaroo, pocket } from '../../drawing/pockets.ts'
import { mirrorSleeve, sleeveFolds, sleeveGeometry } from '../../drawing/sleeves.ts'

export function knitLayout(input: PackshotInput, m: Full): Layout {
  const kind = input.category
  const tee = kind === 'tee'
  const hooded = kind === 'hoodie' || kind === 'zip-hoodie'
  const c = input.construction
  const hemStyle = choose(
    c,
    ['rib', 'hem', 'bottom'],
    [
      ['rib', /rib/],
      ['plain', /plain|stitch|raw|cover|hem|straight/],
    ],
    tee ? 'plain' : 'rib',
  )
  const cuffStyle = choose(
    c,
    ['rib', 'cuff', 'cuffs', 'sleeve'],
    [
      ['rib', /rib/],
      ['plain', /plain|hem|stitch|none|open/],
    ],
    tee ? 'plain' : 'rib',
  )
  const neck = choose(
    c,
    ['collar', 'neck', 'neckline'],
    [
      ['vee', /^v|vee|v-?neck/],
      ['roll', /roll|turtle|high/],
      ['mock', /mock|stand|funnel/],
      ['henley', /henley/],
      ['scoop', /scoop/],
      ['crew', /crew|round|rib/],
    ],
    'crew',
  )
  const rib = hemStyle === 'rib'
  const f = upperFrame(input, m)
  const ink = input.textures.rib || input.colours['rib'] ? 'rib' : 'shell'
  const ribH = rib ? m.ribHeight : 0
  const long = m.sleeveLength > 400
  // the pullover hoodie is cut with raglan sleeves
  const raglan = kind === 'hoodie' ? raglanSeam(f) : undefined
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const add = (p: Piece): void => {
    parts.push(...p.parts)
    trims.push(...p.trims)
  }
  const drop = f.back ? m.backNeckDrop : m.frontNeckDrop
  const bandW = Math.max(14, Math.min(34, m.collarHeight > 45 && !hooded ? 22 : m.collarHeight || 20))
  const neckline = neck === 'vee' && !f.back ? vee(f, drop) : scoop(f, drop, neck === 'scoop' && !f.back)
  if (!hooded && !f.back) add(neckInside(f, drop, 'shell', tee ? 4 : 8))
  // the hood lies behind the body, its rolled edge crosses in front of it
  const hoodPieces: Piece = hooded ? hood(f, kind === 'zip-hoodie') : { parts: [], trims: [] }
  const inFront = (p: Part): boolean => p.id.startsWith('hood-edge')
  parts.push(...hoodPieces.parts.filter((p) => !inFront(p)))
  // sleeves
  const cuffH = cuffStyle === 'rib' ? (long ? m.cuffHeight : 22) : 0
  for (const side of [-1, 1] as const) {
    const shape = long
      ? {
          upper: tee ? 27 : 25,
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
    let g = sleeveGeometry(f, raglan ? { ...shape, raglan } : shape, (f.rng() - 0.5) * 3.5)
    if (side === -1) g = mirrorSleeve(g)
    const id = side === 1 ? 'sleeve-right' : 'sleeve-left'
    const hemAt = g.length - 20
    const across = (s: number): { x: number; y: number }[] => {
      const i = Math.min(g.sections.length - 2, Math.max(0, Math.round((s / g.length) * (g.sections.length - 2))))
      const sec = g.sections[i]!
      return [0.02, 0.25, 0.5, 0.75, 0.98].map((t) => pt(lerp(sec.a.x, sec.b.x, t), lerp(sec.a.y, sec.b.y, t)))
    }
    parts.push({
      id,
      belongs: 'sleeve',
      ink: 'shell',
      outline: g.outline,
      origin: pt(side * 37, 11),
      folds: sleeveFolds(f, g, { bend: tee ? 5.5 : 9, stack: cuffH ? 8 : 0, gather: cuffH ? 4 : 0 }),
      surface: { kind: 'strip', z: 8, dome: m.halfBicep * 0.2, sections: g.sections, bevel: 2 },
      ...(cuffH
        ? {}
        : { stitches: [across(hemAt), across(hemAt + 4)], seams: [{ path: across(hemAt - 1), width: 2, depth: 0.5 }] }),
    })
    if (cuffH)
      add(
        cuffOf(g, side, {
          id: `cuff-${side === 1 ? 'right' : 'left'}`,
          kind: 'rib',
          height: cuffH,
          width: m.halfCuff,
          ink,
          thick: 2,
          buttons: 0,
        }),
      )
  }
  // body
  const bodyHem = hemLine({ ...f, side: f.side }, tee ? 5 : 2).map((p) => pt(p.x, p.y - ribH))
  // cloth blouses over a rib and is drawn in just above it
  const blouse = (y: number): number =>
    rib
      ? 1 +
        0.03 * smooth(f.ua.y, m.bodyLength - ribH - 60, y) -
        0.042 * smooth(m.bodyLength - ribH - 34, m.bodyLength - ribH, y)
      : 1
  const low = m.bodyLength - ribH
  const sideLine = f.side.filter((p) => p.y < low - 1)
  const nearHem = rib ? [34, 24, 15, 8, 3].map((up) => pt(f.halfAt(low - up), low - up)) : []
  const bodySide = rib
    ? [...sideLine.filter((p) => p.y < low - 36), ...nearHem, pt(f.halfAt(low), low)].map((p) =>
        pt(p.x * blouse(p.y), p.y),
      )
    : f.side
  const outline = bodyOutline(
    { ...f, side: bodySide },
    neckline,
    rib ? bodyHem.map((p) => pt(p.x * 0.988, p.y)) : bodyHem,
    raglan,
  )
  const armSeam = both2(offset(raglan ?? f.armhole, -0.5))
  const folds = bodyFolds(
    f,
    rib
      ? { drag: 5, swag: 4.5, held: { y: m.bodyLength - ribH, up: 70, down: 0, depth: 3.6 } }
      : { drag: 4.2, swag: 3, flutes: 3, fluteDepth: 5, from: f.ua.y + 40 },
  )
  const hemStitch = bodyHem.map((p) => pt(p.x * 0.995, p.y - 22))
  parts.push({
    id: 'body',
    belongs: 'body',
    ink: 'shell',
    outline,
    folds,
    surface: bodySurface(f, 40, tee ? 0.22 : 0.3),
    shadow: { dx: 3, dy: 7, blur: 9, opacity: 0.42, from: belowArms(f) },
    seams: [
      ...armSeam.map((path) => ({ path: offset(path, 0.5), width: 2, depth: 0.6 })),
      ...(rib ? [] : [{ path: hemStitch, width: 2, depth: 0.6 }]),
    ],
    stitches: [
      ...(rib ? [] : [hemStitch, hemStitch.map((p) => pt(p.x, p.y + 5))]),
      ...(tee ? [] : armSeam.map((path) => offset(path, path[0]!.x > 0 ? 5 : -5))),
    ],
  })
  if (rib) {
    const seam = bodyHem.map((p) => pt(p.x * (m.halfHem > 0 ? 1 : 1), p.y))
    parts.push(hemRib(f, seam, ribH, ink, kind === 'zip-hoodie' && !f.back))
  }
  parts.push(...hoodPieces.parts.filter(inFront))
  trims.push(...hoodPieces.trims)
  if (!hooded && !f.back) {
    if (neck === 'roll' || neck === 'mock')
      add(
        standCollar(f, {
          height: neck === 'roll' ? Math.max(60, m.collarHeight) : 42,
          ink,
          split: false,
          rollOver: neck === 'roll',
        }),
      )
    else add(ribNeck(f, neckline, bandW, ink, neck === 'vee'))
    if (neck === 'henley') {
      const x = 0
      parts.push({
        id: 'placket',
        belongs: 'body',
        ink: 'shell',
        outline: [pt(x - 15, drop - 2), pt(x + 15, drop - 2), pt(x + 15, drop + 118), pt(x - 15, drop + 118)],
        surface: on(1.4),
        shadow: lowShadow,
        stitches: [[pt(x - 12.5, drop), pt(x - 12.5, drop + 115), pt(x + 12.5, drop + 115), pt(x + 12.5, drop)]],
      })
      for (const y of [14, 52, 90])
        trims.push({ kind: 'button', at: pt(x, drop + y), radius: 5, style: 'four-hole', over: 'placket' })
    }
  } else if (!hooded) {
    // the band seen from behind: a narrow crescent above the back neckline
    const h = m.neckWidth / 2
    const top = through(
      [
        pt(h + 1, -5),
        pt(h * 0.6, drop * 0.62 - bandW * 0.8),
        pt(0, drop - bandW * 0.95),
        pt(-h * 0.6, drop * 0.62 - bandW * 0.8),
        pt(-h - 1, -5),
      ],
      8,
    )
    parts.push({
      id: 'neck-band',
      belongs: 'collar',
      ink,
      outline: [...top, ...[...neckline].reverse()],
      grain: 90,
      surface: { kind: 'base', z: 42, dome: 0, bevel: 3 },
      shadow: lowShadow,
    })
  }
  if (!f.back && tee) {
    const p = choose(
      c,
      ['pocket', 'pockets'],
      [
        ['none', /none|no/],
        ['patch', /patch|chest|pocket/],
      ],
      'none',
    )
    if (p === 'patch')
      add(
        pocket('pocket', 'patch', {
          x: f.ua.x * 0.5,
          y: f.ua.y - 42,
          w: m.halfChest * 0.2,
          h: m.halfChest * 0.225,
          slant: 0,
          side: 1,
          thick: 0.9,
          pointed: true,
        }),
      )
  }
  if (hooded && !f.back) {
    const p = choose(
      c,
      ['pocket', 'pockets'],
      [
        ['none', /none|no-/],
        ['patch', /patch|side|welt/],
        ['kangaroo', /kangaroo|pouch|muff/],
      ],
      'kangaroo',
    )
    const zipped = kind === 'zip-hoodie'
    if (p === 'kangaroo' || (p === 'patch' && zipped)) add(kangaroo(f, ribH, zipped))
    if (zipped) {
      trims.push({ kind: 'zip', path: [pt(0, drop - 4), pt(0, m.bodyLength - 2)], width: 7, slider: 14, over: 'body' })
    }
  }
  const layout = finish(f, parts, trims, { cuff: long })
  return raglan ? { ...layout, marks: { ...layout.marks, raglanTip: raglan[0]! } } : layout
}

const both2 = (path: readonly { x: number; y: number }[]) => [[...path], mirror(path)]
