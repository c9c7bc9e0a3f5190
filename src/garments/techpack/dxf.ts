import { ROLE_WORDS } from './words.ts'
import { along, boxOf, copiesOf, grainLine, nearestOn } from './geometry.ts'
import type { Draft, Piece, Point, SizeDraft } from '../types.ts'

/** Layers of ASTM D6673 (the AAMA convention); a CAD system reads a line's meaning from nothing else. */
export const DXF_LAYERS = {
  cut: '1',
  turnPoints: '2',
  notch: '4',
  grain: '7',
  internal: '8',
  drill: '13',
  sew: '14',
  annotation: '15',
} as const

export interface DxfStyle {
  /** The style's number and name; anything outside ASCII is left out, because R12 has no encoding. */
  number: string
  name: string
  /** Base (sample) size. */
  base: string
  /** Day of issue, YYYY-MM-DD. */
  date: string
}

/** R12 text is ASCII: accents are taken off, dashes and quotes made plain, all else is left out. */
export const ascii = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[‐-―−]/g, '-')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/×/g, 'x')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/\s+/g, ' ')
    .trim()

/** R12 allows 31 characters of A–Z, 0–9, $, - and _ in the name of a block. */
const blockName = (piece: string, size: string, taken: Set<string>): string => {
  const plain = (text: string) =>
    ascii(text)
      .toUpperCase()
      .replace(/[^A-Z0-9$-]+/g, '_')
  const tail = `-${plain(size)}`
  let name = `${plain(piece).slice(0, 31 - tail.length)}${tail}`
  for (let n = 2; taken.has(name); n++) name = `${plain(piece).slice(0, 29 - tail.length)}${n}${tail}`
  taken.add(name)
  return name
}

type Group = readonly [code: number, value: string | number]
const coordinate = (value: number): string => (Math.round(value * 1000) / 1000).toFixed(3).replace(/^-0\.000$/, '0.000')
/** Our y runs down, DXF's up. */
const at = (p: Point, base = 10): Group[] => [
  [base, coordinate(p.x)],
  [base + 10, coordinate(-p.y)],
  [base + 20, '0.000'],
]
const polyline = (layer: string, points: readonly Point[], closed: boolean): Group[] => [
  [0, 'POLYLINE'],
  [8, layer],
  [66, 1],
  ...at({ x: 0, y: 0 }),
  [70, closed ? 1 : 0],
  ...points.flatMap((p): Group[] => [[0, 'VERTEX'], [8, layer], ...at(p)]),
  [0, 'SEQEND'],
  [8, layer],
]
const line = (layer: string, a: Point, b: Point): Group[] => [[0, 'LINE'], [8, layer], ...at(a), ...at(b, 11)]
const point = (layer: string, p: Point): Group[] => [[0, 'POINT'], [8, layer], ...at(p)]
const text = (layer: string, p: Point, height: number, words: string): Group[] => [
  [0, 'TEXT'],
  [8, layer],
  ...at(p),
  [40, coordinate(height)],
  [1, ascii(words)],
]

/** Points where the outline turns by more than 15°: corners a CAD system keeps when it fits curves. */
function turnPoints(outline: readonly Point[]): Point[] {
  return outline.filter((p, i) => {
    const before = outline.at(i - 1) ?? p
    const after = outline[(i + 1) % outline.length] ?? p
    const turn = Math.atan2(after.y - p.y, after.x - p.x) - Math.atan2(p.y - before.y, p.x - before.x)
    return Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn))) > Math.PI / 12
  })
}

/** Notches stand on the cutter's edge; a double notch is two points 6 mm apart along it. */
const notchPoints = (piece: Piece): Point[] =>
  piece.notches.flatMap((notch) =>
    notch.kind === 'single' ? [nearestOn(piece.cut, notch)] : [along(piece.cut, notch, 3), along(piece.cut, notch, -3)],
  )

function pieceBlock(name: string, piece: Piece, size: string, style: DxfStyle): Group[] {
  const [grainFrom, grainTo] = grainLine(piece)
  const middle = { x: (grainFrom.x + grainTo.x) / 2 + 8, y: (grainFrom.y + grainTo.y) / 2 }
  const { asDrawn, mirrored } = copiesOf(piece)
  const material = ROLE_WORDS[piece.role].en
  // Piece system text: one "Key: value" per TEXT, on the boundary's layer, as ASTM D6673 has it.
  const system = [
    `Piece Name: ${piece.name.en}`,
    `Size: ${size}`,
    `Quantity: ${piece.count}`,
    `Material: ${material}`,
    `Style Name: ${style.number}`,
    `Annotation: CUT ${asDrawn}${mirrored ? ` + ${mirrored} MIRRORED` : ''}`,
  ]
  const height = 8
  const below = (n: number) => ({ x: middle.x, y: middle.y + n * height * 1.5 })
  return [
    [0, 'BLOCK'],
    [8, DXF_LAYERS.cut],
    [2, name],
    [70, 0],
    ...at({ x: 0, y: 0 }),
    ...polyline(DXF_LAYERS.cut, piece.cut, true),
    ...turnPoints(piece.cut).flatMap((p) => point(DXF_LAYERS.turnPoints, p)),
    ...(piece.seam.length ? polyline(DXF_LAYERS.sew, piece.seam, true) : []),
    ...line(DXF_LAYERS.grain, grainFrom, grainTo),
    ...notchPoints(piece).flatMap((p) => point(DXF_LAYERS.notch, p)),
    ...piece.lines.flatMap((drawn) =>
      drawn.points.length === 1
        ? point(DXF_LAYERS.drill, drawn.points[0]!)
        : drawn.kind === 'button'
          ? drawn.points.flatMap((p) => point(DXF_LAYERS.drill, p))
          : polyline(DXF_LAYERS.internal, drawn.points, false),
    ),
    ...system.flatMap((words, n) => text(DXF_LAYERS.cut, below(n), height, words)),
    ...text(
      DXF_LAYERS.annotation,
      below(system.length),
      height,
      `Piece Name ${piece.name.en}, Size ${size}, Quantity ${piece.count}, Material ${material}, Style Name ${style.number}`,
    ),
    [0, 'ENDBLK'],
    [8, DXF_LAYERS.cut],
  ]
}

const table = (kind: string, rows: readonly Group[][]): Group[] => [
  [0, 'TABLE'],
  [2, kind],
  [70, rows.length],
  ...rows.flat(),
  [0, 'ENDTAB'],
]
const section = (name: string, body: readonly Group[]): Group[] => [[0, 'SECTION'], [2, name], ...body, [0, 'ENDSEC']]

/**
 * Patterns as AutoCAD R12 DXF (AC1009) after ASTM D6673 / AAMA: one block per piece and size, millimetres, true
 * scale, one INSERT each, laid out in rows so that a viewer shows all of them. Layers: {@link DXF_LAYERS}.
 * @returns ASCII text with CRLF line ends
 */
export function patternDxf(sizes: readonly SizeDraft[], style: DxfStyle): string {
  const taken = new Set<string>()
  const blocks: Group[] = []
  const inserts: Group[] = []
  let [width, height] = [1, 1]
  let top = 0
  for (const size of sizes) {
    let left = 0
    let tallest = 0
    for (const piece of size.pieces) {
      const name = blockName(piece.id, size.size, taken)
      const box = boxOf(piece.cut)
      blocks.push(...pieceBlock(name, piece, size.size, style))
      inserts.push([0, 'INSERT'], [8, DXF_LAYERS.cut], [2, name], ...at({ x: left - box.x, y: top - box.y }))
      left += box.width + 50
      tallest = Math.max(tallest, box.height)
      width = Math.max(width, left)
    }
    top += tallest + 50
  }
  height = Math.max(1, top)
  const styleText = [
    `Style Name: ${style.number} ${style.name}`,
    `Creation Date: ${style.date}`,
    'Author: Firstcut',
    `Sample Size: ${style.base}`,
    'Units: METRIC',
  ]
  const layers = Object.values(DXF_LAYERS).map((name, n): Group[] => [
    [0, 'LAYER'],
    [2, name],
    [70, 0],
    [62, n + 1],
    [6, 'CONTINUOUS'],
  ])
  const groups: Group[] = [
    ...section('HEADER', [
      [9, '$ACADVER'],
      [1, 'AC1009'],
      [9, '$EXTMIN'],
      ...at({ x: 0, y: height }),
      [9, '$EXTMAX'],
      ...at({ x: width, y: -130 }),
    ]),
    ...section('TABLES', [
      ...table('LTYPE', [
        [
          [0, 'LTYPE'],
          [2, 'CONTINUOUS'],
          [70, 0],
          [3, 'Solid line'],
          [72, 65],
          [73, 0],
          [40, '0.000'],
        ],
      ]),
      ...table('LAYER', layers),
    ]),
    ...section('BLOCKS', blocks),
    ...section('ENTITIES', [
      ...styleText.flatMap((words, n) => text(DXF_LAYERS.cut, { x: 0, y: -40 - n * 18 }, 12, words)),
      ...inserts,
    ]),
    [0, 'EOF'],
  ]
  return `${groups.map(([code, value]) => `${code}\r\n${value}`).join('\r\n')}\r\n`
}

/** One file with every size of a draft. */
export const nestedDxf = (draft: Draft, style: DxfStyle): string => patternDxf(draft.sizes, style)
