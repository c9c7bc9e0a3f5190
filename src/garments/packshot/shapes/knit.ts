/** T-shirt, sweatshirt, hoodies: cut-and-sewn knitwear. */
import type { PackshotInput, Full } from '../input.ts'
import { choose } from '../input.ts'
import type { Layout, Part } from '../layout.ts'
import { bezier, lerp, mirror, offset, onSide, pt, smooth, through } from '../geometry.ts'
import { makeField, ridge, swell, undulate } from '../folds.ts'
import type { Piece } from './collars.ts'
import { neckInside, ribNeck, scoop, standCollar, vee } from './collars.ts'
import { cuffOf, hemRib, lowShadow, on, pocket } from './details.ts'
import {
  bodyFolds,
  bodyOutline,
  bodySurface,
  hemLine,
  mirrorSleeve,
  sleeveFolds,
  sleeveGeometry,
  belowArms,
  upperFrame,
} from './frame.ts'
import { finish } from './finish.ts'

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
      ['crew', /crew|round|rib/],
    ],
    'crew',
  )
  const rib = hemStyle === 'rib'
  const f = upperFrame(input, m)
  const ink = input.textures.rib || input.colours['rib'] ? 'rib' : 'shell'
  const ribH = rib ? m.ribHeight : 0
  const long = m.sleeveLength > 400
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const add = (p: Piece): void => {
    parts.push(...p.parts)
    trims.push(...p.trims)
  }
  const drop = f.back ? m.backNeckDrop : m.frontNeckDrop
  const bandW = Math.max(14, Math.min(34, m.collarHeight > 45 && !hooded ? 22 : m.collarHeight || 20))
  const neckline = neck === 'vee' && !f.back ? vee(f, drop + 18) : scoop(f, drop)
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
    let g = sleeveGeometry(f, shape, (f.rng() - 0.5) * 3.5)
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
  )
  const armSeam = both2(offset(f.armhole, -0.5))
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
    parts.push(hemRib(f, seam, ribH, ink, kind === 'zip-hoodie'))
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
  if (kind === 'sweatshirt' && !f.back && neck === 'crew') {
    const y = drop + 3
    parts.push({
      id: 'gusset',
      belongs: 'body',
      ink,
      outline: [pt(-30, y - 1), pt(30, y - 1), pt(1.5, y + 52), pt(-1.5, y + 52)],
      surface: on(0.8),
      shadow: lowShadow,
      stitches: [[pt(-27, y + 2), pt(0, y + 48), pt(27, y + 2)]],
    })
  }
  return finish(f, parts, trims, { cuff: long })
}

const both2 = (path: readonly { x: number; y: number }[]) => [[...path], mirror(path)]

function kangaroo(f: ReturnType<typeof upperFrame>, ribH: number, zipped: boolean): Piece {
  const low = f.m.bodyLength - ribH
  const h = Math.min(210, f.m.bodyLength * 0.29)
  const w = f.m.halfChest * 0.3
  const top = w * 0.62
  const parts: Part[] = []
  for (const side of zipped ? ([-1, 1] as const) : ([1] as const)) {
    const x0 = zipped ? 9 : 0
    const right = [
      pt(top, low - h),
      ...bezier(pt(top, low - h), pt(top + 6, low - h * 0.7), pt(w, low - h * 0.46), pt(w, low - h * 0.36), 10),
      pt(w, low - 2),
    ]
    const outline = zipped
      ? onSide([pt(x0, low - h), ...right, pt(x0, low - 2)], side)
      : [...mirror(right).reverse(), ...right]
    const slope = right.slice(0, 12)
    parts.push({
      id: zipped ? `pouch-${side}` : 'pouch',
      belongs: 'body',
      ink: 'shell',
      outline,
      surface: { kind: 'on', lift: 2.6, bevel: 2.4, puff: 5, puffRadius: 26 },
      origin: pt(side * 4, 8),
      shadow: { dx: 1.5, dy: 3.5, blur: 4, opacity: 0.42 },
      stitches: (zipped ? [side] : [-1, 1])
        .flatMap((s) => [onSide(offset(slope, 4), s as 1 | -1), onSide(offset(slope, 14), s as 1 | -1)])
        .concat([
          zipped
            ? onSide([pt(x0 + 2, low - h + 4), pt(top - 3, low - h + 4)], side)
            : [pt(-top + 3, low - h + 4), pt(top - 3, low - h + 4)],
        ]),
    })
  }
  return { parts, trims: [] }
}

/** The hood lying back behind the neck, its opening towards us, drawcord hanging (front); its point hanging (back). */
function hood(f: ReturnType<typeof upperFrame>, zipped: boolean): Piece {
  const h = f.m.neckWidth / 2
  const H = f.m.hoodHeight * 0.62
  const W = Math.max(h + 46, f.m.hoodDepth * 0.56)
  const drop = f.m.frontNeckDrop
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const seed = f.input.seed
  const fieldFor = (k: number) => {
    const field = makeField(-W - 40, -H - 40, W + 40, drop + 140, 3)
    undulate(field, 2.4, 70, 1.3, seed + k)
    return field
  }
  const bodyDome = { from: -H - 60, step: 60, values: Array.from({ length: 12 }, (_, i) => (i < 2 ? W * 0.9 : W + 12)) }
  if (f.back) {
    // lying on the back: open above, its point hanging between the shoulder blades
    const depth = f.m.hoodHeight * 0.6
    const top = through([pt(-h - 26, 4), pt(-h * 0.9, -26), pt(0, -40), pt(h * 0.9, -26), pt(h + 26, 4)], 8)
    const low = through(
      [
        pt(h + 26, 4),
        pt(h + 52, depth * 0.34),
        pt(h * 0.86, depth * 0.78),
        pt(0, depth),
        pt(-h * 0.86, depth * 0.78),
        pt(-h - 52, depth * 0.34),
        pt(-h - 26, 4),
      ],
      8,
    )
    const field = fieldFor(9)
    for (const s of [-1, 1] as const) {
      ridge(
        field,
        onSide(through([pt(h + 20, 14), pt(h * 0.8, depth * 0.42), pt(10, depth * 0.62)], 6), s),
        8,
        18,
        11,
        swell.middle,
      )
      ridge(
        field,
        onSide(through([pt(h + 8, -8), pt(h * 0.6, depth * 0.16), pt(8, depth * 0.28)], 6), s),
        7,
        14,
        10,
        swell.middle,
      )
    }
    parts.push({
      id: 'hood-edge-back',
      belongs: 'hood',
      ink: 'shell',
      outline: [...top, ...low.slice(1)],
      folds: field,
      surface: {
        kind: 'base',
        z: 52,
        dome: 16,
        bevel: 8,
        halfWidth: { from: -60, step: 60, values: Array.from({ length: 10 }, () => h + 60) },
      },
      shadow: { dx: 2, dy: 10, blur: 11, opacity: 0.5 },
      seams: [{ path: [pt(0, -40), pt(1, depth)], width: 2.6, depth: 1.3 }],
      stitches: [
        [pt(-5, -38), pt(-4, depth - 4)],
        [pt(5, -38), pt(6, depth - 4)],
      ],
    })
    return { parts, trims }
  }
  const outer = [
    pt(h + 34, 20),
    ...bezier(pt(h + 34, 20), pt(W + 26, -H * 0.18), pt(W + 6, -H * 0.82), pt(W * 0.52, -H * 0.97), 14),
    ...bezier(pt(W * 0.52, -H * 0.97), pt(W * 0.3, -H * 1.04), pt(W * 0.12, -H * 1.03), pt(0, -H * 1.02), 8),
  ]
  const shell = fieldFor(1)
  for (const s of [-1, 1] as const) {
    ridge(
      shell,
      onSide(through([pt(h + 20, 10), pt(W * 0.92, -H * 0.38), pt(W * 0.6, -H * 0.86)], 6), s),
      7,
      16,
      9,
      swell.middle,
    )
    ridge(
      shell,
      onSide(through([pt(h + 30, 26), pt(W + 4, -H * 0.2), pt(W * 0.9, -H * 0.6)], 6), s),
      4,
      10,
      7,
      swell.middle,
    )
  }
  parts.push({
    id: 'hood',
    belongs: 'hood',
    ink: 'shell',
    outline: [...outer, ...mirror(outer).reverse().slice(1), pt(-h - 30, drop * 0.8), pt(h + 30, drop * 0.8)],
    folds: shell,
    surface: { kind: 'base', z: 20, dome: 30, bevel: 6, halfWidth: bodyDome },
    seams: [{ path: [pt(0, -H * 1.03), pt(0, -H * 0.8)], width: 3, depth: 1.4 }],
  })
  // the opening: lining side of the hood in shadow
  const rim = [
    pt(6, drop + 10),
    ...bezier(pt(6, drop + 10), pt(h * 0.62, drop - 8), pt(h + 2, 20), pt(h + 8, -18), 10),
    ...bezier(pt(h + 8, -18), pt(W * 0.86, -H * 0.46), pt(W * 0.62, -H * 0.8), pt(W * 0.3, -H * 0.84), 12),
    ...bezier(pt(W * 0.3, -H * 0.84), pt(W * 0.18, -H * 0.855), pt(W * 0.08, -H * 0.86), pt(0, -H * 0.86), 6),
  ]
  const inside = fieldFor(2)
  ridge(inside, through([pt(-W * 0.6, -H * 0.5), pt(0, -H * 0.3), pt(W * 0.6, -H * 0.52)], 8), 8, 22, 14, swell.middle)
  ridge(inside, [pt(-2, -H * 0.84), pt(3, -10)], 3.5, 8, 8, swell.even)
  ridge(inside, through([pt(-h, -12), pt(0, 12), pt(h, -12)], 8), 6, 16, 10, swell.middle)
  parts.push({
    id: 'hood-inside',
    belongs: 'inside',
    ink: /contrast/.test(f.input.construction['hood'] ?? '')
      ? 'contrast'
      : f.input.textures.lining
        ? 'lining'
        : 'shell',
    outline: [...rim, ...mirror(rim).reverse().slice(1)],
    folds: inside,
    surface: {
      kind: 'base',
      z: 10,
      dome: -18,
      bevel: 4,
      halfWidth: { from: -H - 60, step: 60, values: Array.from({ length: 12 }, () => W) },
    },
    shade: 0.5,
    seams: [{ path: through([pt(-h * 0.9, 4), pt(0, 30), pt(h * 0.9, 4)], 8), width: 3, depth: 1.4 }],
  })
  trims.push({ kind: 'label', at: pt(0, 6), width: 42, height: 22, over: 'hood-inside' })
  // the rolled front edge with its channel, crossing at the throat
  for (const side of [f.lap === 1 ? -1 : 1, f.lap] as const) {
    const outerEdge = [
      ...(zipped ? [pt(3, drop + 6)] : [pt(-16, drop + 13)]),
      ...bezier(
        zipped ? pt(3, drop + 6) : pt(-16, drop + 13),
        pt(h * 0.5, drop + 2),
        pt(h + 12, 46),
        pt(h + 22, 0),
        12,
      ),
      ...bezier(pt(h + 22, 0), pt(W + 6, -H * 0.44), pt(W * 0.74, -H * 0.88), pt(W * 0.34, -H * 0.93), 14),
      pt(0, -H * 0.955),
    ]
    const innerEdge = [
      ...(zipped ? [pt(3, drop - 34)] : [pt(-20, drop - 22)]),
      ...bezier(
        zipped ? pt(3, drop - 34) : pt(-20, drop - 22),
        pt(h * 0.35, drop - 34),
        pt(h - 16, 14),
        pt(h - 8, -22),
        12,
      ),
      ...bezier(pt(h - 8, -22), pt(W * 0.74, -H * 0.46), pt(W * 0.56, -H * 0.76), pt(W * 0.28, -H * 0.81), 14),
      pt(0, -H * 0.83),
    ]
    const edgeField = fieldFor(3 + side)
    ridge(
      edgeField,
      onSide(
        through([pt(0, drop - 10), pt(h * 0.85, 26), pt(h + 8, -10), pt(W * 0.76, -H * 0.6), pt(0, -H * 0.89)], 6),
        side,
      ),
      9,
      16,
      14,
      swell.even,
    )
    parts.push({
      id: side === 1 ? 'hood-edge-right' : 'hood-edge-left',
      belongs: 'hood',
      ink: 'shell',
      outline: onSide([...outerEdge, ...[...innerEdge].reverse()], side),
      folds: edgeField,
      grain: side * -18,
      surface: { kind: 'base', z: 50, dome: 0, bevel: 5 },
      shadow: { dx: 1.5, dy: 6, blur: 7, opacity: 0.5 },
      stitches: [
        onSide(
          offset(innerEdge, 22)
            .slice(1, -1)
            .map((p) => pt(p.x, p.y)),
          side,
        ),
      ],
    })
  }
  if (
    choose(
      f.input.construction,
      ['drawcord', 'hood', 'cord'],
      [
        ['none', /none|no-?cord|without/],
        ['cord', /./],
      ],
      'cord',
    ) === 'cord'
  )
    for (const side of [-1, 1] as const) {
      const id = side === 1 ? 'hood-edge-right' : 'hood-edge-left'
      const eye = pt(side * (zipped ? 30 : 33), drop - 8)
      trims.push({ kind: 'eyelet', at: eye, radius: 5.4, over: id })
      const len = 150 + f.rng() * 26
      trims.push({
        kind: 'cord',
        path: through(
          [
            eye,
            pt(eye.x + side * 5, eye.y + len * 0.3),
            pt(eye.x + side * (2 + f.rng() * 8), eye.y + len * 0.7),
            pt(eye.x + side * (4 + f.rng() * 12), eye.y + len),
          ],
          8,
        ),
        width: 6.4,
        tip: 'metal',
        over: 'body',
      })
    }
  return { parts, trims }
}
