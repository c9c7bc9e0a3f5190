/** The front of a coat or jacket: the panel on top, pockets, fastening, collars without lapels. */
import type { Path } from '../../drawing/geometry.ts'
import { bezier, clamp, lerp, pt } from '../../drawing/geometry.ts'
import type { Part } from '../../drawing/layout.ts'
import type { TailoredBody } from './look.ts'
import { standCollar, turnedCollar } from '../../drawing/collars.ts'
import { bodySurface, type UpperFrame } from '../../drawing/frame.ts'
import { buttonRow, NOTHING, on, type Piece, sides, spread, together } from '../../drawing/piece.ts'
import { pocket } from '../../drawing/pockets.ts'

/** The panel on top: its edge runs down the other side of the centre. */
export function frontPanel(body: TailoredBody): Part {
  const { f, lp, overlap, throat, neckline, hem, folds, seams } = body
  const coat = body.look.kind === 'coat'
  const { m } = f
  const thick = f.hand.thick
  const edgeX = f.lap * -overlap
  const bottom = m.bodyLength + (coat ? 12 : 6)
  const rounded = !coat
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
    stitches: coat ? [inset] : [],
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

/** Side pockets, and with them the upright chest pockets of a coat or the breast welt of a jacket. */
export function frontPockets(body: TailoredBody): Piece {
  const { f, look } = body
  const chestOf = () => (look.kind === 'coat' ? chestWelts(body) : breastWelt(f))
  const chest = look.chestPocket ? chestOf() : NOTHING
  return together(...sides.map((side) => sidePocket(body, side)), chest)
}

function sidePocket({ f, look, overlap }: TailoredBody, side: 1 | -1): Piece {
  const { m } = f
  const { pockets } = look
  const coat = look.kind === 'coat'
  const thick = f.hand.thick
  const id = `pocket-${side === 1 ? 'right' : 'left'}`
  const y = lerp(f.waistY, Math.min(m.bodyLength, f.waistY + 420), coat ? 0.32 : 0.28) + (look.belt === 'full' ? 22 : 0)
  const x = lerp(overlap, f.halfAt(y), 0.55)
  const w = clamp(m.halfChest * 0.255, 116, 158)
  if (pockets === 'none') return NOTHING
  if (pockets === 'welt' && coat)
    return pocket(id, 'welt', { x: side * (x + 6), y: y - 40, w: 34, h: 176, slant: -14, side, thick })
  return pocket(id, pockets, {
    x: side * x,
    y,
    w,
    h: pockets === 'welt' ? 22 : w * 1.12,
    slant: coat ? 3 : 2,
    side,
    thick,
  })
}

const chestWelts = ({ f, overlap }: TailoredBody): Piece =>
  together(
    ...sides.map((side) =>
      pocket(`chest-${side}`, 'welt', {
        x: side * lerp(overlap, f.halfAt(f.ua.y), 0.58),
        y: f.ua.y - 20,
        w: 30,
        h: 150,
        slant: -9,
        side,
        thick: f.hand.thick,
      }),
    ),
  )

const breastWelt = ({ m, ua, hand }: UpperFrame): Piece =>
  pocket('breast-welt', 'welt', {
    x: ua.x * 0.52,
    y: ua.y - 12,
    w: clamp(m.halfChest * 0.19, 84, 110),
    h: 23,
    slant: -5,
    side: 1,
    thick: hand.thick,
  })

/** Buttons, with buttonholes where they stand in one row; a concealed placket shows none. */
export function fastening(body: TailoredBody): Piece['trims'] {
  const { f, look } = body
  if (look.closure === 'concealed') return []
  const marked = [...new Set((f.input.buttons ?? []).map(({ y }) => y))]
  return look.closure === 'double' ? twoRows(body, marked) : oneRow(body, marked)
}

/** Buttons keep clear of a belt. */
const clearOfBelt = ({ f, look }: TailoredBody, y: number, near: number, up: number, down: number): number =>
  look.belt === 'full' && Math.abs(y - f.waistY - 6) < near ? f.waistY + (y < f.waistY ? -up : down) : y

function twoRows(body: TailoredBody, marked: readonly number[]): Piece['trims'] {
  const { f, look, lp, breakY, column, throat } = body
  const coat = look.kind === 'coat'
  const topY = lp ? breakY + 26 : throat + (look.collar === 'fur' ? 152 : 112)
  const low = coat ? Math.min(f.waistY + 210, f.m.bodyLength - 180) : f.waistY + 70
  const n = f.input.counts?.['buttonRows'] ?? (coat && !lp ? 4 : 3)
  const usual = spread(topY, low, n).map((y) => clearOfBelt(body, y, 62, 72, 84))
  const rows = marked.length ? marked : usual
  return [column, -column].flatMap((x) => buttonRow(rows, x, coat ? 14.5 : 11, 'front-top'))
}

function oneRow(body: TailoredBody, marked: readonly number[]): Piece['trims'] {
  const { f, look, lp, breakY, throat } = body
  const { m } = f
  const coat = look.kind === 'coat'
  const topY = lp ? breakY + 8 : throat + 34
  const [ofCoat, ofJacket] = lp ? [3, 2] : [6, 5]
  const n = f.input.counts?.['buttonRows'] ?? look.buttons ?? (coat ? ofCoat : ofJacket)
  const low = lp && !coat ? f.waistY + 28 : Math.min(m.bodyLength - (coat ? 260 : 90), f.waistY + (coat ? 250 : 170))
  const usual = spread(topY, low, n).map((y) => clearOfBelt(body, y, 60, 68, 80))
  return (marked.length ? marked : usual).flatMap((y): Piece['trims'] => [
    { kind: 'buttonhole', at: pt(f.lap * -6, y), length: 22, angle: 0, over: 'front-top' },
    { kind: 'button', at: pt(0, y), radius: coat ? 13 : 10.5, style: 'four-hole', over: 'front-top' },
  ])
}

/** The collar of a front without lapels. */
export function closedCollar({ f, look }: TailoredBody): Piece {
  const { m } = f
  return look.collar === 'fur'
    ? turnedCollar(f, { ink: 'contrast', fur: true, size: clamp(m.halfChest / 580, 0.85, 1.15) })
    : standCollar(f, { height: clamp(m.collarHeight, 40, 80), ink: 'shell', split: true })
}
