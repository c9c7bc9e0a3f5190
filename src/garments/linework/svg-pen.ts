/** A drawing as SVG text: equal drawings give equal bytes. */
import type { Drawing, Move, PathData, Shape } from './drawing.ts'

const NAMES: Readonly<Record<string, string>> = {
  strokeWidth: 'stroke-width',
  dash: 'stroke-dasharray',
  join: 'stroke-linejoin',
  cap: 'stroke-linecap',
  size: 'font-size',
  weight: 'font-weight',
  anchor: 'text-anchor',
  moves: 'transform',
  part: 'data-part',
  piece: 'data-piece',
  count: 'data-count',
}
const CONTENT = new Set(['shape', 'children', 'words'])

const escape = (words: string): string =>
  words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

const pathText = (d: PathData, comma: string): string =>
  d.map(([command, ...numbers]) => command + numbers.join(comma)).join('')

const moveText = (move: Move): string =>
  'translate' in move
    ? `translate(${move.translate.join(' ')})`
    : `rotate(${[move.rotate, ...(move.about ?? [])].join(' ')})`

function valueText(key: string, value: unknown, comma: string): string {
  if (key === 'd') return pathText(value as PathData, comma)
  if (key === 'moves') return (value as readonly Move[]).map(moveText).join(' ')
  if (Array.isArray(value)) return value.join(' ')
  return escape(String(value))
}

const attributes = (of: object, comma: string): string =>
  Object.entries(of)
    .filter(([key, value]) => value !== undefined && !CONTENT.has(key))
    .map(([key, value]) => ` ${NAMES[key] ?? key}="${valueText(key, value, comma)}"`)
    .join('')

function shapeText(shape: Shape, comma: string): string {
  const head = `<${shape.shape}${attributes(shape, comma)}`
  if (shape.shape === 'g') return `${head}>${shape.children.map((child) => shapeText(child, comma)).join('')}</g>`
  if (shape.shape === 'text') return `${head}>${escape(shape.words)}</text>`
  return `${head}/>`
}

export function svgText({ box, ink = {}, parts, svg = {} }: Drawing): string {
  const { comma = ' ', lineEnd = '', sized, fontFamily, title } = svg
  const unit = sized === 'mm' ? 'mm' : ''
  const size = sized ? ` width="${box[2]}${unit}" height="${box[3]}${unit}"` : ''
  const family = fontFamily ? ` font-family="${fontFamily}"` : ''
  return [
    `<svg xmlns="http://www.w3.org/2000/svg"${size} viewBox="${box.join(' ')}"${family}${attributes(ink, comma)}>`,
    ...(title === undefined ? [] : [`<title>${escape(title)}</title>`]),
    ...parts.map((part) => part.map((shape) => shapeText(shape, comma)).join('')),
    '</svg>',
  ].join(lineEnd)
}
