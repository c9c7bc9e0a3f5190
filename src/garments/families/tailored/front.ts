/** The front of a coat or jacket: the panel on top, pockets, fastening, collars without lapels. */
import type { Path } from '../../drawing/geometry.ts'
import { bezier, clamp, lerp, pt } from '../../drawing/geometry.ts'
import { choose } from '../../drawing/input.ts'
import type { Part } from '../../drawing/layout.ts'
import type { CoatBody } from './look.ts'
import { shirtCollar, standCollar, turnedCollar } from '../../drawing/collars.ts'
import { bodySurface } from '../../drawing/frame.ts'
import type { Piece } from '../../drawing/piece.ts'
import { buttonRow, on, spread } from '../../drawing/piece.ts'
import { pocket } from '../../drawing/pockets.ts'

/** The panel on top: its edge runs down the other side of the centre. */
export function frontPanel(body: CoatBody): Part {
  const { f, lp, overlap, throat, neckline, hem, folds, seams } = body
  const { jacket, coat, closure } = body.style
  const { m } = f
  const thick = f.hand.thick
  const db = closure === 'double'
  const edgeX = f.lap * -overlap
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
  return {
    id: 'front-top',
    belongs: 'body',
    ink: 'shell',
    outline: panel,
    ...(lp ? { surface: bodySurface(f, 47, 0.25), folds } : { surface: on(thick * 1.2, thick) }),
    origin: pt(f.lap * 5, 3),
    // where rounded fronts part, the under panel shows as a shadowed wedge
    shadow: rounded
      ? { dx: f.lap * -3 + 1, dy: 3, blur: 6, opacity: 0.5 }
      : { dx: f.lap * -3.2 + 1, dy: 2, blur: 6, opacity: 0.55 },
    seams: seams.filter((s) => Math.sign(s.path[1]!.x) === f.lap),
    stitches: jacket ? [] : [inset],
  }
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

/** Side, chest and breast pockets. */
export function coatPockets({ f, style: { jacket, coat, closure, pockets }, lp, overlap, hasBelt }: CoatBody): Piece {
  const { m } = f
  const c = f.input.construction
  const thick = f.hand.thick
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const add = (p: Piece): void => {
    parts.push(...p.parts)
    trims.push(...p.trims)
  }
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
    if (c['chestPocket'] !== 'none' && (jacket || (coat && lp && c['chestPocket'] === undefined))) {
      const w2 = clamp(m.halfChest * 0.19, 84, 110)
      if (closure !== 'double' || jacket)
        add(
          pocket('breast-welt', 'welt', { x: f.ua.x * 0.52, y: f.ua.y - 12, w: w2, h: 23, slant: -5, side: 1, thick }),
        )
    }
  }
  return { parts, trims }
}

/** Buttons with their buttonholes, or a zip. */
export function fastening(body: CoatBody): Piece['trims'] {
  const { f, lp, breakY, column, throat, hasBelt } = body
  const { jacket, coat, closure, collarKind } = body.style
  const { m } = f
  const trims: Piece['trims'] = []
  const marked = [...new Set((f.input.buttons ?? []).map(({ y }) => y))]
  if (closure === 'double') {
    const topY = lp ? breakY + 26 : throat + (collarKind === 'fur' ? 152 : 112)
    const low = coat ? Math.min(f.waistY + 210, m.bodyLength - 180) : f.waistY + 70
    const n = f.input.counts?.['buttonRows'] ?? (coat ? (lp ? 3 : 4) : 3)
    const usual = spread(topY, low, n).map((y) =>
      hasBelt && Math.abs(y - f.waistY - 6) < 62 ? f.waistY + (y < f.waistY ? -72 : 84) : y,
    )
    const rows = marked.length ? marked : usual
    for (const x of [column, -column]) trims.push(...buttonRow(rows, x, coat ? 14.5 : 11, 'front-top'))
  } else if (closure === 'single') {
    const topY = lp ? breakY + 8 : throat + 34
    const asked = choose(
      f.input.construction,
      ['closure'],
      [
        ['1', /one/],
        ['2', /two/],
        ['3', /three/],
        ['0', /./],
      ],
      '0',
    )
    const rowsAsked = f.input.counts?.['buttonRows']
    const n = rowsAsked ?? (asked !== '0' ? Number(asked) : lp ? (coat ? 3 : 2) : coat ? 6 : 5)
    const low = lp && jacket ? f.waistY + 28 : Math.min(m.bodyLength - (coat ? 260 : 90), f.waistY + (coat ? 250 : 170))
    const usual = spread(topY, low, n).map((y) =>
      hasBelt && Math.abs(y - f.waistY - 6) < 60 ? f.waistY + (y < f.waistY ? -68 : 80) : y,
    )
    for (const y of marked.length ? marked : usual) {
      trims.push(
        { kind: 'buttonhole', at: pt(f.lap * -6, y), length: 22, angle: 0, over: 'front-top' },
        { kind: 'button', at: pt(0, y), radius: coat ? 13 : 10.5, style: 'four-hole', over: 'front-top' },
      )
    }
  } else if (closure === 'zip')
    trims.push({ kind: 'zip', path: [pt(0, throat), pt(0, m.bodyLength + 4)], width: 8, slider: 26, over: 'body' })
  return trims
}

/** The collar of a front without lapels. */
export function closedCollar({ f, style: { collarKind } }: CoatBody): Piece {
  const { m } = f
  if (collarKind === 'fur')
    return turnedCollar(f, { ink: 'contrast', fur: true, size: clamp(m.halfChest / 580, 0.85, 1.15) })
  if (collarKind === 'stand')
    return standCollar(f, { height: clamp(m.collarHeight, 40, 80), ink: 'shell', split: true })
  if (collarKind === 'shirt')
    return shirtCollar(f, { point: 82, spread: 0.75, stand: 38, ink: 'shell', buttonDown: false, open: 3 })
  if (collarKind !== 'none')
    return turnedCollar(f, { ink: 'shell', fur: false, size: clamp(m.halfChest / 580, 0.85, 1.15) })
  return { parts: [], trims: [] }
}
