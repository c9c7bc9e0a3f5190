/** Coat, jacket, waistcoat and shirt: garments that open in front and are cut from woven cloth. */
import type { Full, PackshotInput } from '../input.ts'
import { choose } from '../input.ts'
import type { Layout, Part } from '../layout.ts'
import type { Path } from '../geometry.ts'
import { bezier, clamp, lerp, mirror, offset, onSide, pt, through } from '../geometry.ts'
import { weigh } from '../folds.ts'
import { smooth } from '../geometry.ts'
import type { Piece } from './collars.ts'
import { lapels, neckInside, scoop, shirtCollar, standCollar, turnedCollar } from './collars.ts'
import { buckledBelt, buttonRow, cuffOf, epaulettes, lowShadow, on, pocket, spread, ventButtons } from './details.ts'
import { finish } from './finish.ts'
import type { UpperFrame } from './frame.ts'
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

type Sink = (p: Piece) => void

export function coatLayout(input: PackshotInput, m: Full): Layout {
  const c = input.construction
  const jacket = input.category === 'jacket'
  const coat = !jacket
  const closure = choose(
    c,
    ['closure', 'front', 'fastening'],
    [
      ['double', /double|db/],
      ['zip', /zip/],
      ['concealed', /conceal|fly|hidden/],
      ['single', /single|button|sb/],
    ],
    coat ? 'double' : 'single',
  )
  const collarKind = choose(
    c,
    ['collar', 'lapel'],
    [
      ['fur', /fur/],
      ['peaked', /peak/],
      ['shawl', /shawl/],
      ['stand', /stand|mandarin|funnel|mao|band/],
      ['shirt', /shirt/],
      ['notched', /notch|lapel|tailor/],
      ['turned', /turn|ulster|storm|convertible|cloth|flat|peter/],
      ['none', /none|collarless/],
    ],
    coat ? (closure === 'double' ? 'peaked' : 'notched') : 'notched',
  )
  const pockets = choose(
    c,
    ['pocket', 'pockets'],
    [
      ['patch-flap', /patch.*flap|bellow/],
      ['patch', /patch/],
      ['flap', /flap/],
      ['welt', /welt|jet|slant|slash/],
      ['none', /none/],
    ],
    'flap',
  )
  const belted = choose(
    c,
    ['belt'],
    [
      ['none', /none|no|without/],
      ['tied', /tie|sash|soft/],
      ['half', /half|back|martingale/],
      ['buckle', /belt|buckle|full|self|waist|yes/],
    ],
    'none',
  )
  const cuffKind = choose(
    c,
    ['cuff', 'cuffs', 'sleeve'],
    [
      ['turned', /turn|gauntlet|deep/],
      ['tab', /tab|strap/],
      ['vent', /vent|button/],
      ['plain', /plain|none|hem/],
    ],
    coat ? 'turned' : 'vent',
  )
  const shoulder = choose(
    c,
    ['shoulder', 'shoulders', 'epaulette', 'epaulettes'],
    [
      ['epaulette', /epaul|strap/],
      ['plain', /./],
    ],
    'plain',
  )
  const f = upperFrame(input, m)
  const thick = f.hand.thick
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const add: Sink = (p) => {
    parts.push(...p.parts)
    trims.push(...p.trims)
  }
  const lapelled = !f.back && (collarKind === 'notched' || collarKind === 'peaked' || collarKind === 'shawl')
  const db = closure === 'double'
  const column = clamp(m.halfChest * 0.13, 55, 85)
  const overlap = db ? column + 26 : 22
  const breakY = lapelled
    ? db
      ? lerp(f.ua.y, f.waistY, coat ? 0.2 : 0.45)
      : lerp(f.ua.y, f.waistY, coat ? 0.3 : 0.62)
    : 0
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
    ? [
        { path: [pt(0, m.backNeckDrop), pt(1, f.waistY), pt(0, m.bodyLength + 8)], width: 2.4, depth: 1 },
        ...[1, -1].map((s) => ({ path: onSide(frontSeam, s as 1 | -1), width: 2.2, depth: 0.8 })),
      ]
    : [1, -1].map((s) => ({ path: onSide(coat ? frontSeam : dart, s as 1 | -1), width: 2.2, depth: 0.8 }))
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
  if (f.back) {
    if (coat) {
      const top = lerp(f.waistY, m.bodyLength, 0.42)
      parts.push({
        id: 'vent',
        belongs: 'body',
        ink: 'shell',
        outline: [pt(-3, top), pt(26, top + 22), pt(27, m.bodyLength + 9), pt(-3, m.bodyLength + 9)].map((p) =>
          pt(p.x - 4, p.y),
        ),
        surface: on(thick),
        shadow: { dx: -4, dy: 3, blur: 5, opacity: 0.5 },
        stitches: [[pt(-3, top + 5), pt(19, top + 24)]],
      })
    } else if (/centre/.test(c['back'] ?? '')) {
      parts.push({
        id: 'vent',
        belongs: 'body',
        ink: 'shell',
        outline: [
          pt(-5, m.bodyLength - 230),
          pt(20, m.bodyLength - 212),
          pt(21, m.bodyLength + 6),
          pt(-6, m.bodyLength + 6),
        ],
        surface: on(thick),
        shadow: { dx: -3, dy: 3, blur: 4, opacity: 0.45 },
      })
    } else if (c['back'] !== 'no-vent')
      for (const s of [-1, 1] as const) {
        const x = f.halfAt(m.bodyLength) * 0.66
        parts.push({
          id: `vent-${s}`,
          belongs: 'body',
          ink: 'shell',
          outline: onSide(
            [
              pt(x - 4, m.bodyLength - 210),
              pt(x + 24, m.bodyLength - 196),
              pt(x + 26, m.bodyLength + 7),
              pt(x - 6, m.bodyLength + 7),
            ],
            s,
          ),
          surface: on(thick),
          shadow: { dx: -2 * s, dy: 3, blur: 4, opacity: 0.4 },
        })
      }
    if (hasBelt || belted === 'half') {
      const w = belted === 'half' ? f.halfAt(f.waistY) * 0.46 : f.halfAt(f.waistY) + 4
      const strip = through([pt(-w, f.waistY - 25), pt(0, f.waistY - 17), pt(w, f.waistY - 25)], 10)
      const low = through([pt(-w, f.waistY + 21), pt(0, f.waistY + 29), pt(w, f.waistY + 21)], 10)
      parts.push({
        id: 'belt',
        belongs: 'body',
        ink: 'shell',
        outline: [...strip, ...[...low].reverse()],
        grain: 90,
        surface: on(thick * 1.8),
        shadow: { dx: 2, dy: 6, blur: 6, opacity: 0.55 },
        stitches: [offset(strip, 5), offset(low, -5)],
      })
      if (belted === 'half')
        trims.push(
          ...[-1, 1].map((s) => ({
            kind: 'button' as const,
            at: pt(s * (w - 24), f.waistY + 3),
            radius: 11,
            style: 'four-hole' as const,
            over: 'belt',
          })),
        )
    }
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
  // the panel on top: its edge runs down the other side of the centre
  const edgeX = f.lap * -overlap
  if (closure !== 'zip') {
    const bottom = m.bodyLength + (coat ? 12 : 6)
    const rounded = jacket && !db
    const away = f.lap * 46
    const top: Path = lp
      ? lp.panelEdge(f.lap).map((p) => pt(p.x, p.y))
      : [...neckHalf(neckline, f.lap), pt(edgeX, throat + 6)]
    const front = rounded
      ? [
          pt(edgeX, lerp(f.waistY, bottom, 0.12)),
          ...bezier(
            pt(edgeX, lerp(f.waistY, bottom, 0.2)),
            pt(edgeX, bottom - 110),
            pt(edgeX + away * 0.35, bottom - 18),
            pt(edgeX + away * 2.1, bottom - 1),
            14,
          ),
        ]
      : [pt(edgeX + f.lap * 1, lerp(throat, bottom, 0.5)), pt(edgeX - f.lap * 3, bottom)]
    const outer = [...f.side].reverse().map((p) => pt(f.lap * p.x, p.y))
    const panel: Path = [
      ...top,
      ...front,
      ...hemHalf(hem, f.lap, edgeX + (rounded ? away * 2.1 : 0), coat ? 2 : 1),
      ...outer,
      ...f.armhole.map((p) => pt(f.lap * p.x, p.y)).reverse(),
      pt(f.lap * f.np.x, f.np.y),
    ]
    const line = [...(lp ? [top[top.length - 1]!] : [pt(edgeX, throat + 6)]), ...front]
    const inset = line.map((p) => pt(p.x + f.lap * 7, p.y))
    parts.push({
      id: 'front-top',
      belongs: 'body',
      ink: 'shell',
      outline: panel,
      ...(lp ? { surface: bodySurface(f, 47, 0.25), folds } : { surface: on(thick * 1.2, thick) }),
      origin: pt(f.lap * 5, 3),
      shadow: { dx: f.lap * -3.2 + 1, dy: 2, blur: 6, opacity: 0.55 },
      seams: seams.filter((s) => Math.sign(s.path[1]!.x) === f.lap),
      stitches: jacket ? [] : [inset],
    })
    if (rounded) {
      // the under panel shows as a shadowed wedge where the fronts part
      parts[parts.length - 1]!.shadow = { dx: f.lap * -3 + 1, dy: 3, blur: 6, opacity: 0.5 }
    }
  }
  if (lp) parts.push(lp.top, ...lp.collar)
  // pockets
  const py = lerp(f.waistY, Math.min(m.bodyLength, f.waistY + 420), coat ? 0.32 : 0.28) + (hasBelt ? 22 : 0)
  const px = lerp(overlap, f.halfAt(py), 0.55)
  if (pockets !== 'none') {
    const w = clamp(m.halfChest * 0.255, 116, 158)
    for (const side of [-1, 1] as const) {
      const id = `pocket-${side === 1 ? 'right' : 'left'}`
      if (pockets === 'welt' && coat)
        add(pocket(id, 'welt', { x: side * (px + 6), y: py - 40, w: 34, h: 176, slant: -14, side, thick }))
      else
        add(
          pocket(id, pockets === 'welt' ? 'welt' : pockets, {
            x: side * px,
            y: py,
            w,
            h: pockets === 'welt' ? 22 : w * 1.12,
            slant: coat ? 3 : 2,
            side,
            thick,
            button: pockets === 'patch-flap' || (coat && pockets === 'flap'),
          }),
        )
    }
    if (coat && /welt/.test(c['chestPocket'] ?? ''))
      for (const side of [-1, 1] as const)
        add(
          pocket(`chest-${side}`, 'welt', {
            x: side * lerp(overlap, f.halfAt(f.ua.y), 0.58),
            y: f.ua.y - 20,
            w: 30,
            h: 150,
            slant: -9,
            side,
            thick,
          }),
        )
    if (c['chestPocket'] !== 'none' && (jacket || (coat && lapelled && c['chestPocket'] === undefined))) {
      const w2 = clamp(m.halfChest * 0.19, 84, 110)
      if (!db || jacket)
        add(
          pocket('breast-welt', 'welt', { x: f.ua.x * 0.52, y: f.ua.y - 12, w: w2, h: 23, slant: -5, side: 1, thick }),
        )
    }
  }
  if (hasBelt) add(buckledBelt(f, f.waistY, beltH, belted === 'tied'))
  // fastening
  if (db) {
    const topY = lp ? breakY + 26 : throat + (collarKind === 'fur' ? 152 : 112)
    const low = coat ? Math.min(f.waistY + 210, m.bodyLength - 180) : f.waistY + 70
    const n = coat ? (lp ? 3 : 4) : 3
    const rows = spread(topY, low, n).map((y) =>
      hasBelt && Math.abs(y - f.waistY - 6) < 62 ? f.waistY + (y < f.waistY ? -72 : 84) : y,
    )
    for (const x of [column, -column]) trims.push(...buttonRow(rows, x, coat ? 14.5 : 11, 'front-top'))
  } else if (closure === 'single') {
    const topY = lp ? breakY + 8 : throat + 34
    const asked = choose(
      c,
      ['closure'],
      [
        ['1', /one/],
        ['2', /two/],
        ['3', /three/],
        ['0', /./],
      ],
      '0',
    )
    const n = asked !== '0' ? Number(asked) : lp ? (coat ? 3 : 2) : coat ? 6 : 5
    const low = lp && jacket ? f.waistY + 28 : Math.min(m.bodyLength - (coat ? 260 : 90), f.waistY + (coat ? 250 : 170))
    const rows = spread(topY, low, n).map((y) =>
      hasBelt && Math.abs(y - f.waistY - 6) < 60 ? f.waistY + (y < f.waistY ? -68 : 80) : y,
    )
    for (const y of rows) {
      trims.push(
        { kind: 'buttonhole', at: pt(f.lap * -6, y), length: 22, angle: 0, over: 'front-top' },
        { kind: 'button', at: pt(0, y), radius: coat ? 13 : 10.5, style: 'four-hole', over: 'front-top' },
      )
    }
  } else if (closure === 'zip')
    trims.push({ kind: 'zip', path: [pt(0, throat), pt(0, m.bodyLength + 4)], width: 8, slider: 26, over: 'body' })
  if (shoulder === 'epaulette') add(epaulettes(f))
  if (!lp) {
    if (collarKind === 'fur')
      add(turnedCollar(f, { ink: 'contrast', fur: true, size: clamp(m.halfChest / 580, 0.85, 1.15) }))
    else if (collarKind === 'stand')
      add(standCollar(f, { height: clamp(m.collarHeight, 40, 80), ink: 'shell', split: true }))
    else if (collarKind === 'shirt')
      add(shirtCollar(f, { point: 82, spread: 0.75, stand: 38, ink: 'shell', buttonDown: false, open: 3 }))
    else if (collarKind !== 'none')
      add(turnedCollar(f, { ink: 'shell', fur: false, size: clamp(m.halfChest / 580, 0.85, 1.15) }))
  }
  return finish(f, parts, trims, { cuff: true })
}

/** The part of a neckline on one side, from the neck point to the centre. */
function neckHalf(neckline: Path, side: 1 | -1): Path {
  const mid = Math.floor(neckline.length / 2)
  return side === 1 ? neckline.slice(0, mid + 1) : neckline.slice(mid).reverse()
}
/** Hem points on the lapping side, from the front edge outwards. */
function hemHalf(hem: Path, side: 1 | -1, edgeX: number, drop: number): Path {
  const list = hem
    .filter((p) => p.x * side > edgeX * side + 8)
    .map((p) => pt(p.x, p.y + drop * (1 - Math.abs(p.x) / Math.abs(hem[0]!.x))))
  return side === 1 ? [...list].reverse() : list
}

/** A collar seen from behind. */
export function backCollar(f: UpperFrame, fur: boolean, ink: Part['ink'], height: number): Piece {
  const h = f.m.neckWidth / 2
  const out = fur ? h + 74 : h + 26
  const top = through([pt(h + 12, -14), pt(h * 0.8, -30), pt(0, -38), pt(-h * 0.8, -30), pt(-h - 12, -14)], 8)
  const low = through(
    [
      pt(-out, fur ? 40 : 16),
      pt(-out * 0.94, height * 0.66),
      pt(-out * 0.5, height * 0.82),
      pt(0, height * 0.86),
      pt(out * 0.5, height * 0.82),
      pt(out * 0.94, height * 0.66),
      pt(out, fur ? 40 : 16),
    ],
    8,
  )
  const part: Part = {
    id: 'collar-back',
    belongs: 'collar',
    ink,
    outline: [...top, ...low],
    grain: fur ? 0 : 90,
    surface: {
      kind: 'base',
      z: 56,
      dome: 10,
      bevel: fur ? 12 : 3,
      halfWidth: { from: -60, step: 60, values: Array.from({ length: 8 }, () => out + 10) },
    },
    shadow: { dx: 2, dy: 8, blur: 8, opacity: 0.5 },
    stitches: fur ? [] : [offset(low, 6)],
  }
  if (fur) part.fur = { length: 19, flow: (x) => [x / 180, 0.8] }
  return { parts: [part], trims: [] }
}

export function waistcoatLayout(input: PackshotInput, m: Full): Layout {
  const c = input.construction
  const f = upperFrame(input, m)
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const add: Sink = (p) => {
    parts.push(...p.parts)
    trims.push(...p.trims)
  }
  const db =
    choose(
      c,
      ['closure', 'front'],
      [
        ['double', /double|db/],
        ['single', /./],
      ],
      'single',
    ) === 'double'
  const h = m.neckWidth / 2
  const throat = clamp(m.frontNeckDrop, 150, m.bodyLength * 0.52)
  const edge = m.bodyLength - 6
  const bottomKind = choose(
    c,
    ['hem', 'bottom'],
    [
      ['rounded', /round/],
      ['straight', /straight|square/],
      ['pointed', /./],
    ],
    'pointed',
  )
  const point = bottomKind === 'pointed'
  if (f.back) {
    const neckline = scoop(f, m.backNeckDrop)
    const hem = hemLine(f, 3).map((p) => pt(p.x, p.y - 34))
    const ff = { ...f, side: f.side.map((p) => pt(p.x, Math.min(p.y, m.bodyLength - 34))) }
    parts.push({
      id: 'body',
      belongs: 'body',
      ink: c['back'] === 'self' ? 'shell' : 'lining',
      outline: bodyOutline(ff, neckline, hem),
      folds: bodyFolds(f, { drag: 3, flutes: 1, fluteDepth: 4 }),
      surface: bodySurface(f, 30, 0.16),
      seams: [
        { path: [pt(0, m.backNeckDrop), pt(0, m.bodyLength)], width: 2.2, depth: 1 },
        ...[1, -1].map((s) => ({
          path: onSide(
            through(
              [
                pt(m.halfChest * 0.2, f.ua.y + 40),
                pt(m.halfChest * 0.18, f.waistY),
                pt(m.halfChest * 0.2, m.bodyLength - 30),
              ],
              6,
            ),
            s as 1 | -1,
          ),
          width: 2,
          depth: 0.8,
        })),
      ],
    })
    const y = f.waistY
    const w = f.halfAt(y) * 0.98
    for (const s of c['belt'] === 'none' ? [] : ([-1, 1] as const))
      parts.push({
        id: `cinch-${s}`,
        belongs: 'body',
        ink: c['back'] === 'self' ? 'shell' : 'lining',
        outline: onSide(
          [
            pt(w, y - 12),
            pt(s === 1 ? 18 : -30, y - 10),
            pt(s === 1 ? 18 : -36, y),
            pt(s === 1 ? 18 : -30, y + 10),
            pt(w, y + 14),
          ],
          s,
        ),
        grain: 90,
        surface: on(1.6),
        shadow: lowShadow,
      })
    if (c['belt'] !== 'none')
      trims.push({ kind: 'buckle', at: pt(18, y), width: 24, height: 24, shape: 'frame', over: 'cinch-1' })
    return finish(f, parts, trims, { cuff: false })
  }
  const inX = f.sp.x
  // inside of the back in lining, seen through neck and armholes
  const backIn: Path = [
    pt(h, 0),
    ...bezier(pt(h, 0), pt(h * 0.7, 14), pt(h * 0.3, m.backNeckDrop), pt(0, m.backNeckDrop), 8),
  ]
  const inner: Path = [
    pt(h, 0),
    pt(inX, f.sp.y),
    ...f.armhole,
    pt(f.ua.x - 14, f.ua.y + 90),
    pt(f.halfAt(f.waistY) - 16, f.waistY),
    pt(f.halfAt(f.waistY) - 22, m.bodyLength - 46),
    pt(0, m.bodyLength - 60),
  ]
  parts.push({
    id: 'inside',
    belongs: 'inside',
    ink: 'lining',
    outline: [
      ...mirror(inner).reverse(),
      ...[...mirror(backIn)].slice(0, -1),
      ...[...backIn].reverse(),
      ...inner.slice(1),
    ],
    surface: {
      kind: 'base',
      z: 4,
      dome: -10,
      bevel: 2,
      halfWidth: { from: -40, step: 60, values: Array.from({ length: 16 }, () => f.ua.x) },
    },
    shade: 0.55,
    folds: bodyFolds(f, { flutes: 1, fluteDepth: 4, from: f.ua.y }),
  })
  trims.push({ kind: 'label', at: pt(0, m.backNeckDrop + 26), width: 46, height: 22, over: 'inside' })
  const lap = db ? 74 : 18
  const folds = bodyFolds(f, { drag: 2.6, flutes: 1, fluteDepth: 2.5 })
  const order = f.lap === 1 ? ([-1, 1] as const) : ([1, -1] as const)
  order.forEach((side, i) => {
    const e = -lap
    const bottom: Path = point
      ? [
          pt(e, edge - 58),
          ...(db ? [pt(e, edge - 30)] : []),
          pt(lerp(0, f.halfAt(edge), 0.2), edge + 4),
          pt(f.halfAt(edge), edge - 46),
        ]
      : bottomKind === 'rounded'
        ? [
            pt(e, edge - 92),
            ...bezier(
              pt(e, edge - 92),
              pt(e + 4, edge - 44),
              pt(lerp(0, f.halfAt(edge), 0.12), edge - 24),
              pt(lerp(0, f.halfAt(edge), 0.4), edge - 22),
              10,
            ),
            pt(f.halfAt(edge), edge - 38),
          ]
        : [pt(e, edge - 20), pt(f.halfAt(edge), edge - 30)]
    const neck = [
      pt(h, 0),
      ...bezier(pt(h, 0), pt(h * 0.84, throat * 0.36), pt(lerp(e, h, 0.36), throat * 0.78), pt(e, throat), 16),
    ]
    const sideLine = f.side.filter((p) => p.y < edge - 56)
    const outline = [
      ...neck,
      ...bottom,
      ...[...sideLine].reverse(),
      ...[...f.armhole].reverse(),
      pt(lerp(h, f.sp.x, 0.5), lerp(0, f.sp.y, 0.5)),
    ]
    const neckStitch = offset(neck, -6).slice(1)
    parts.push({
      id: i === 1 ? 'body' : 'front-under',
      belongs: 'body',
      ink: 'shell',
      outline: onSide(outline, side),
      folds,
      origin: pt(side * 9, 2),
      surface: bodySurface(f, 36 + i * 2.5, 0.19),
      shadow: { dx: 3, dy: 6, blur: 8, opacity: 0.5 },
      seams: [
        {
          path: onSide(
            through(
              [pt(m.halfChest * 0.22, f.ua.y + 30), pt(m.halfChest * 0.2, f.waistY), pt(m.halfChest * 0.23, edge - 20)],
              6,
            ),
            side,
          ),
          width: 2.2,
          depth: 0.8,
        },
      ],
      stitches: [onSide(neckStitch, side), onSide([pt(e + 5, throat + 6), pt(e + 5, edge - 62)], side)],
    })
  })
  if (
    choose(
      c,
      ['collar', 'lapel'],
      [
        ['none', /none|plain|v/],
        ['notched', /notch|lapel|shawl|peak/],
      ],
      'none',
    ) === 'notched'
  )
    for (const side of [-1, 1] as const) {
      const lapel = [
        pt(h - 2, -4),
        ...bezier(
          pt(h - 2, -4),
          pt(h * 0.84, throat * 0.36),
          pt(lerp(-lap, h, 0.36), throat * 0.78),
          pt(-lap + 2, throat),
          14,
        ),
        ...bezier(
          pt(-lap + 2, throat),
          pt(lerp(-lap, h, 0.55) + 18, throat * 0.82),
          pt(h + 34, throat * 0.52),
          pt(h + 38, throat * 0.36),
          10,
        ),
        pt(h + 14, throat * 0.34),
        pt(h + 26, throat * 0.3),
        ...bezier(pt(h + 26, throat * 0.3), pt(h + 24, throat * 0.15), pt(h + 18, 12), pt(h + 12, 3), 6),
      ]
      parts.push({
        id: `lapel-${side}`,
        belongs: 'body',
        ink: 'shell',
        outline: onSide(lapel, side),
        grain: side * -10,
        surface: { kind: 'base', z: 44, dome: 0, bevel: 2.4 },
        shadow: { dx: 2, dy: 5, blur: 5, opacity: 0.5 },
      })
    }
  for (const side of /none/.test(c['pocket'] ?? '') ? [] : ([-1, 1] as const))
    add(
      pocket(`pocket-${side}`, 'welt', {
        x: side * f.halfAt(f.waistY) * 0.56,
        y: f.waistY + 40,
        w: 116,
        h: 21,
        slant: -6,
        side,
        thick: 1.6,
      }),
    )
  if (
    choose(
      c,
      ['pocket', 'pockets'],
      [
        ['four', /four|breast|chest|4/],
        ['two', /./],
      ],
      'two',
    ) === 'four'
  )
    add(
      pocket('pocket-breast', 'welt', {
        x: f.halfAt(f.ua.y) * 0.5,
        y: f.ua.y + 6,
        w: 92,
        h: 19,
        slant: -6,
        side: 1,
        thick: 1.6,
      }),
    )
  const rows = spread(throat + 16, edge - 82, db ? 3 : 5)
  if (db) for (const x of [46, -46]) trims.push(...buttonRow(rows, x, 8.4, 'body'))
  else
    for (const y of rows)
      trims.push(
        { kind: 'buttonhole', at: pt(f.lap * -5, y), length: 16, angle: 0, over: 'body' },
        { kind: 'button', at: pt(0, y), radius: 7.6, style: 'four-hole', over: 'body' },
      )
  return finish(f, parts, trims, { cuff: false })
}
