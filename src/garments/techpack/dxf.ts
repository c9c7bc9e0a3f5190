import iconv from 'iconv-lite'
import { problem } from '../../core/errors.ts'
import type { Localized } from '../../core/values.ts'
import type { Draft, DrawnLine, Piece, Point, SizeDraft } from '../types.ts'
import { along, boxOf, copiesOf, grainLine, nearestOn } from './geometry.ts'
import { gradedPieces, type GradedLine, type GradedPiece } from './grading.ts'
import { inwardAt } from './piece-layout.ts'
import { ROLE_WORDS } from './words.ts'

/**
 * Layers of ASTM D6673 (the AAMA convention); a CAD system reads a line's meaning from nothing else. Layer 11 (internal
 * cut-outs) and 86 stay empty: no piece of ours has a hole that the cutter cuts; layer 6 too: pieces are whole.
 */
const DXF_LAYERS = {
  cut: '1',
  turnPoints: '2',
  curvePoints: '3',
  notch: '4',
  gradeReference: '5',
  grain: '7',
  internal: '8',
  drill: '13',
  sew: '14',
  annotation: '15',
  /** As drafted, to check against what a CAD system makes of layers 1, 8 and 14: it fits curves of its own. */
  cutCheck: '84',
  internalCheck: '85',
  sewCheck: '87',
} as const

/** Diameter of a drill hole, mm: seen by the machinist, covered by what is sewn on it. */
const DRILL_MM = 2

export interface DxfStyle {
  /** The style's number and name. */
  number: string
  name: string
  /** Base (sample) size: what the rule table grades from. */
  base: string
  /** Day of issue, YYYY-MM-DD. */
  date: string
}

interface DxfOptions {
  /** Labels of the sizes in it; all of them unless said otherwise. */
  sizes?: readonly string[]
  /**
   * Words of pieces and materials: English in plain ASCII, which every reader takes, or Chinese in GBK, as CAD systems
   * on a Chinese Windows write and read it.
   */
  words?: 'en' | 'zh'
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
  [1, words],
]

/** Notches stand on the cutter's edge; a double notch is two points 6 mm apart along it. */
const notchPoints = (piece: Piece, { kind, x, y }: Piece['notches'][number]): Point[] =>
  kind === 'single' ? [nearestOn(piece.cut, { x, y })] : [3, -3].map((mm) => along(piece.cut, { x, y }, mm))

/** A notch says how deep it is cut (code 30, mm) and which way (code 50, degrees, anticlockwise from +x, y up). */
function notchGroups(piece: Piece): Group[] {
  return piece.notches.flatMap((notch) => {
    const { way, allowance } = inwardAt(piece, notch)
    const depth = Math.min(5, Math.max(2, allowance / 2))
    const degrees = (Math.atan2(-way.y, way.x) * 180) / Math.PI
    return notchPoints(piece, notch).flatMap((p): Group[] => [
      [0, 'POINT'],
      [8, DXF_LAYERS.notch],
      [10, coordinate(p.x)],
      [20, coordinate(-p.y)],
      [30, coordinate(depth)],
      [50, coordinate((degrees + 360) % 360)],
    ])
  })
}

/** Numbers of the rule table: points that move alike share one. */
interface Rules {
  /** Index of the size that they move from. */
  readonly base: number
  /** Number of the rule by which a point moves, given where it is in every size. */
  of(places: readonly Point[]): number
  /** Per rule, per size: how far from the base size, mm, y up. */
  readonly rows: readonly (readonly Point[])[]
}
function openRules(base: number): Rules {
  const numbers = new Map<string, number>()
  const rows: Point[][] = []
  return {
    base,
    rows,
    of(places) {
      const from = places[base] ?? { x: 0, y: 0 }
      const row = places.map((p) => ({ x: hundredth(p.x - from.x), y: hundredth(from.y - p.y) }))
      const key = row.map(({ x, y }) => `${x},${y}`).join(' ')
      const known = numbers.get(key)
      if (known !== undefined) return known
      rows.push(row)
      numbers.set(key, rows.length)
      return rows.length
    },
  }
}
const hundredth = (mm: number): number => Math.round(mm * 100) / 100 + 0

const isMark = ({ kind, points }: DrawnLine): boolean => kind === 'button' || points.length === 1

interface PieceOfSize {
  piece: Piece
  size: string
  /** Where in the draft the size stands. */
  n: number
  graded: GradedPiece | undefined
  /** Only in the base size: the points that move carry the number of their rule. */
  rules: Rules | undefined
}

/** Corners and curve points of a line, with the rule of each where there are rules. */
const gradePoints = (line: GradedLine, { n, rules }: PieceOfSize): Group[] =>
  (line.sizes[n] ?? []).flatMap((p, i) => {
    const layer = line.corners[i] ? DXF_LAYERS.turnPoints : DXF_LAYERS.curvePoints
    return [...point(layer, p), ...ruleOf(layer, line, i, rules)]
  })
function ruleOf(layer: string, line: GradedLine, i: number, rules: Rules | undefined): Group[] {
  const places = line.sizes.flatMap((points) => points[i] ?? [])
  return rules ? text(layer, places[rules.base] ?? { x: 0, y: 0 }, 3, `# ${rules.of(places)}`) : []
}

function outlineGroups(
  layer: string,
  check: string,
  drafted: readonly Point[],
  line: GradedLine | undefined,
  of: PieceOfSize,
) {
  if (!drafted.length) return []
  const drawn = line?.sizes[of.n] ?? drafted
  return [...polyline(layer, drawn, true), ...(line ? gradePoints(line, of) : []), ...polyline(check, drafted, true)]
}

function internalGroups(of: PieceOfSize): Group[] {
  return of.piece.lines.flatMap((line, k) => {
    const graded = of.graded?.lines[k]
    const points = graded?.sizes[of.n] ?? line.points
    if (isMark(line))
      return points.flatMap((p, i) => [
        [0, 'POINT'] as const,
        [8, DXF_LAYERS.drill] as const,
        ...at({ x: p.x, y: p.y }).slice(0, 2),
        [30, coordinate(DRILL_MM)] as const,
        ...(graded ? ruleOf(DXF_LAYERS.drill, graded, i, of.rules) : []),
      ])
    return [
      ...polyline(DXF_LAYERS.internal, points, false),
      ...(graded ? gradePoints(graded, of) : []),
      ...polyline(DXF_LAYERS.internalCheck, line.points, false),
    ]
  })
}

/** One piece in one size. Its text says what it is, one "Key: value" each, on the boundary's layer. */
function pieceBlock(name: string, of: PieceOfSize, style: DxfStyle, say: Say): Group[] {
  const { piece, size, graded } = of
  const [grainFrom, grainTo] = grainLine(piece)
  const middle = { x: (grainFrom.x + grainTo.x) / 2 + 8, y: (grainFrom.y + grainTo.y) / 2 }
  const { asDrawn, mirrored } = copiesOf(piece)
  const box = boxOf(piece.cut)
  const level = { x: box.x + box.width / 4, y: middle.y }
  const system = [
    `Piece Name: ${say.of(piece.name)}`,
    `Size: ${size}`,
    `Quantity: ${asDrawn},${mirrored}`,
    `Material: ${say.of(ROLE_WORDS[piece.role])}`,
    `Style Name: ${style.number}`,
    `Annotation: ${say.cut(asDrawn, mirrored)}`,
  ]
  const height = 8
  const below = (n: number) => ({ x: middle.x, y: middle.y + n * height * 1.5 })
  return [
    [0, 'BLOCK'],
    [8, DXF_LAYERS.cut],
    [2, name],
    [70, 0],
    ...at({ x: 0, y: 0 }),
    ...outlineGroups(DXF_LAYERS.cut, DXF_LAYERS.cutCheck, piece.cut, graded?.cut, of),
    ...outlineGroups(DXF_LAYERS.sew, DXF_LAYERS.sewCheck, piece.seam, graded?.seam, of),
    ...line(DXF_LAYERS.grain, grainFrom, grainTo),
    // Rules are read along this line; without it a reader takes the grain, which a bias piece has at 45°.
    ...line(DXF_LAYERS.gradeReference, level, { x: level.x + box.width / 2, y: level.y }),
    ...notchGroups(piece),
    ...internalGroups(of),
    ...system.flatMap((words, n) => text(DXF_LAYERS.cut, below(n), height, say.plain(words))),
    ...text(
      DXF_LAYERS.annotation,
      below(system.length),
      height,
      say.plain(`${say.of(piece.name)} ${size} x${piece.count}`),
    ),
    [0, 'ENDBLK'],
    [8, DXF_LAYERS.cut],
  ]
}

const section = (name: string, body: readonly Group[]): Group[] => [[0, 'SECTION'], [2, name], ...body, [0, 'ENDSEC']]

/** How the words of a file are put: {@link DxfOptions.words}. */
interface Say {
  of(words: Localized): string
  cut(asDrawn: number, mirrored: number): string
  plain(text: string): string
}
const SAY: Readonly<Record<'en' | 'zh', Say>> = {
  en: {
    of: ({ en }) => en,
    cut: (asDrawn, mirrored) => `CUT ${asDrawn}${mirrored ? ` + ${mirrored} MIRRORED` : ''}`,
    plain: ascii,
  },
  zh: {
    of: ({ zh }) => zh,
    cut: (asDrawn, mirrored) => `裁 ${asDrawn}${mirrored ? ` + 对称 ${mirrored}` : ''}`,
    // What GBK has no sign for would come back as a question mark.
    plain: (words) => iconv.decode(iconv.encode(words.replace(/\s+/g, ' ').trim(), 'gbk'), 'gbk').replaceAll('?', ''),
  },
}

const written = (groups: readonly Group[], words: 'en' | 'zh'): Buffer =>
  iconv.encode(
    `${groups.map(([code, value]) => `${code}\r\n${value}`).join('\r\n')}\r\n`,
    words === 'zh' ? 'gbk' : 'ascii',
  )

const styleText = (style: DxfStyle): string[] => [
  'ASTM/D13Proposal 1 Version: D 6673-04',
  `Style Name: ${style.number} ${style.name}`,
  `Creation Date: ${style.date}`,
  'Author: Firstcut',
  `Sample Size: ${style.base}`,
  'Units: METRIC',
  `Grade Rule Table: ${tableName(style)}`,
]
const tableName = ({ number }: DxfStyle): string => ascii(number).replaceAll(' ', '_')

const CODE_PAGE: readonly Group[] = [
  [9, '$ACADVER'],
  [1, 'AC1009'],
  [9, '$DWGCODEPAGE'],
  [3, 'ANSI_936'],
]

function drawn(blocks: readonly { name: string; of: PieceOfSize }[], style: DxfStyle, words: 'en' | 'zh'): Buffer {
  const say = SAY[words]
  const inserts: Group[] = []
  let [left, top, tallest, row] = [0, 0, 0, blocks[0]?.of.size]
  for (const { name, of } of blocks) {
    if (of.size !== row) [left, top, tallest, row] = [0, top + tallest + 50, 0, of.size]
    const box = boxOf(of.piece.cut)
    inserts.push([0, 'INSERT'], [8, DXF_LAYERS.cut], [2, name], ...at({ x: left - box.x, y: top - box.y }))
    left += box.width + 50
    tallest = Math.max(tallest, box.height)
  }
  return written(
    [
      // Apparel CAD wants neither header nor tables; Chinese words are unreadable without the name of their code page.
      ...section('HEADER', words === 'zh' ? CODE_PAGE : []),
      ...section(
        'BLOCKS',
        blocks.flatMap(({ name, of }) => pieceBlock(name, of, style, say)),
      ),
      ...section('ENTITIES', [
        ...styleText(style).flatMap((line, n) => text(DXF_LAYERS.cut, { x: 0, y: -40 - n * 18 }, 12, say.plain(line))),
        ...inserts,
      ]),
      [0, 'EOF'],
    ],
    words,
  )
}

const indexOfBase = (draft: Draft, style: DxfStyle): number => {
  const found = draft.sizes.findIndex(({ size }) => size === style.base)
  if (found < 0)
    throw problem('pattern.base', 422, {
      en: `The draft has no size “${style.base}” to grade from. Sizes: ${draft.sizes.map(({ size }) => size).join(', ')}.`,
      zh: `纸样中没有基码“${style.base}”，可用尺码：${draft.sizes.map(({ size }) => size).join('、')}。`,
    })
  return found
}

function blocksOf(draft: Draft, style: DxfStyle, sizes: readonly SizeDraft[], rules?: Rules) {
  const taken = new Set<string>()
  const graded = gradedPieces(draft, style.base)
  return sizes.flatMap((size) =>
    size.pieces.map((piece) => ({
      name: blockName(piece.id, size.size, taken),
      of: { piece, size: size.size, n: draft.sizes.indexOf(size), graded: graded.get(piece.id), rules },
    })),
  )
}

/**
 * Patterns as AutoCAD R12 DXF after ASTM D6673 / AAMA: one block per piece and size, millimetres, true scale, one
 * INSERT each, laid out in rows so that a viewer shows all of them. A piece has the same number of points in every
 * size ({@link gradedPieces}); what was drafted stands on the check layers. Layers: {@link DXF_LAYERS}.
 * @returns ASCII (GBK where Chinese words are asked for) with CRLF line ends
 * @throws Problem 422 where the draft lacks the base size
 */
export function patternDxf(draft: Draft, style: DxfStyle, { sizes, words = 'en' }: DxfOptions = {}): Buffer {
  indexOfBase(draft, style)
  const asked = sizes ? draft.sizes.filter(({ size }) => sizes.includes(size)) : draft.sizes
  return drawn(blocksOf(draft, style, asked), style, words)
}

/**
 * The base size with a rule number at every point that grades, and the rule table that moves them: together they are
 * every size. A mark whose number differs between sizes has no rule and stands in the nest alone.
 * @returns the DXF, and the table as ASCII after D6673: a rule per line group, per size “dx, dy” in mm from the base
 * @throws Problem 422 where the draft lacks the base size
 */
export function gradedDxf(draft: Draft, style: DxfStyle): { dxf: Buffer; rules: Buffer } {
  const base = indexOfBase(draft, style)
  const rules = openRules(base)
  const dxf = drawn(blocksOf(draft, style, draft.sizes.slice(base, base + 1), rules), style, 'en')
  const labels = draft.sizes.map(({ size }) => ascii(size).replaceAll(' ', '_'))
  const lines = [
    'ASTM/D13Proposal 1 Version: D 6673-04',
    'AUTHOR: Firstcut',
    `CREATION DATE: ${style.date.split('-').reverse().join('-')}`,
    'CREATION TIME: 00:00',
    'UNITS: METRIC',
    `GRADE RULE TABLE: ${tableName(style)}`,
    `NUMBER OF SIZES: ${labels.length}`,
    `SIZE LIST: ${labels.join(' ')}`,
    `SAMPLE SIZE: ${labels[base]}`,
    ...rules.rows.flatMap((row, i) => [
      `RULE: DELTA ${i + 1}`,
      ...row.map(({ x, y }) => `${x.toFixed(3).padStart(12)},${y.toFixed(3).padStart(12)}`),
    ]),
    'END',
  ]
  return { dxf, rules: Buffer.from(`${lines.join('\r\n')}\r\n`, 'ascii') }
}
