/** SVG drawings of our own making on a PDF page: the subset that flats, markers and measure drawings use. */
import type { Sheet } from './pdf.ts'

interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const decode = (text: string): string =>
  text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) =>
    name.startsWith('#')
      ? String.fromCodePoint(
          name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)),
        )
      : (ENTITIES[name] ?? whole),
  )

/** @throws Error where the text is not one well-formed element */
function parse(svg: string): Element {
  const root: Element = { name: '#root', attributes: {}, children: [], text: '' }
  const open = [root]
  for (const [, comment, closing, name, attributes, self, text] of svg.matchAll(
    /(<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<![^>]*>)|<(\/)?([\w:-]+)((?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/)?>|([^<]+)/g,
  )) {
    const parent = open[open.length - 1]
    if (comment || !parent) continue
    if (text !== undefined) parent.text += decode(text)
    else if (closing) {
      if (parent.name !== name) throw new Error(`SVG: </${name}> closes <${parent.name}>`)
      open.pop()
    } else if (name) {
      const element: Element = { name, attributes: {}, children: [], text: '' }
      for (const [, key, double, single] of (attributes ?? '').matchAll(/([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
        if (key) element.attributes[key] = decode(double ?? single ?? '')
      for (const [, key, value] of (element.attributes['style'] ?? '').matchAll(/([\w-]+)\s*:\s*([^;]+)/g))
        if (key && value) element.attributes[key] = value.trim()
      parent.children.push(element)
      if (!self) open.push(element)
    }
  }
  const svgElement = root.children.find((child) => child.name === 'svg')
  if (open.length !== 1 || !svgElement) throw new Error('SVG: no complete <svg> element')
  return svgElement
}

type Style = Readonly<Record<string, string>>
const INHERITED = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'fill-opacity',
  'stroke-opacity',
  'font-size',
  'font-weight',
  'text-anchor',
  'fill-rule',
  'color',
]

const number = (value: string | undefined, fallback = 0): number => {
  const read = Number.parseFloat(value ?? '')
  return Number.isFinite(read) ? read : fallback
}
const numbers = (value: string | undefined): number[] =>
  (value?.match(/-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? []).map(Number)

/** The viewBox of a drawing (or its width and height): x, y, width, height in its own units. */
export function viewBoxOf(svg: string): [number, number, number, number] {
  const { attributes } = parse(svg)
  const [x = 0, y = 0, width = number(attributes['width'], 100), height = number(attributes['height'], 100)] = numbers(
    attributes['viewBox'],
  )
  return [x, y, width, height]
}

function transform(doc: PDFKit.PDFDocument, value: string): void {
  for (const [, kind, list] of value.matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    const n = numbers(list)
    if (kind === 'translate') doc.translate(n[0] ?? 0, n[1] ?? 0)
    else if (kind === 'scale') {
      // pdfkit's scale() ignores a negative second factor given alone, so the matrix is written out.
      doc.transform(n[0] ?? 1, 0, 0, n[1] ?? n[0] ?? 1, 0, 0)
    } else if (kind === 'rotate') doc.rotate(n[0] ?? 0, { origin: [n[1] ?? 0, n[2] ?? 0] })
    else if (kind === 'matrix') doc.transform(n[0] ?? 1, n[1] ?? 0, n[2] ?? 0, n[3] ?? 1, n[4] ?? 0, n[5] ?? 0)
    else throw new Error(`SVG: the transform "${kind}" is not drawn`)
  }
}

const paint = (value: string | undefined, style: Style): string | undefined =>
  value === undefined || value === 'none' || value === 'transparent'
    ? undefined
    : value === 'currentColor'
      ? (style['color'] ?? '#000')
      : value

function strokeAndFill(doc: PDFKit.PDFDocument, style: Style, own: Style): void {
  const fill = paint(style['fill'] ?? '#000', style)
  const stroke = paint(style['stroke'], style)
  const opacity = number(own['opacity'], 1)
  doc
    .fillOpacity(opacity * number(style['fill-opacity'], 1))
    .strokeOpacity(opacity * number(style['stroke-opacity'], 1))
  doc.lineWidth(number(style['stroke-width'], 1))
  doc.lineCap((style['stroke-linecap'] as 'butt' | 'round' | 'square' | undefined) ?? 'butt')
  doc.lineJoin((style['stroke-linejoin'] as 'miter' | 'round' | 'bevel' | undefined) ?? 'miter')
  const dash = numbers(style['stroke-dasharray'])
  if (dash.length) doc.dash(dash[0] ?? 1, { space: dash[1] ?? dash[0] ?? 1 })
  else doc.undash()
  const rule = style['fill-rule'] === 'evenodd' ? 'even-odd' : 'non-zero'
  if (fill && stroke) doc.fillAndStroke(fill, stroke, rule)
  else if (fill) doc.fill(fill, rule)
  else if (stroke) doc.stroke(stroke)
  else doc.addContent('n')
}

const SHAPES: Readonly<Record<string, (doc: PDFKit.PDFDocument, a: Record<string, string>) => void>> = {
  path: (doc, a) => doc.path(a['d'] ?? ''),
  line: (doc, a) => doc.moveTo(number(a['x1']), number(a['y1'])).lineTo(number(a['x2']), number(a['y2'])),
  rect: (doc, a) => {
    const box = [number(a['x']), number(a['y']), number(a['width']), number(a['height'])] as const
    if (a['rx']) doc.roundedRect(...box, number(a['rx']))
    else doc.rect(...box)
  },
  circle: (doc, a) => doc.circle(number(a['cx']), number(a['cy']), number(a['r'])),
  ellipse: (doc, a) => doc.ellipse(number(a['cx']), number(a['cy']), number(a['rx']), number(a['ry'])),
  polyline: (doc, a) => points(doc, a, false),
  polygon: (doc, a) => points(doc, a, true),
}
function points(doc: PDFKit.PDFDocument, a: Record<string, string>, close: boolean): void {
  const list = numbers(a['points'])
  for (let i = 0; i + 1 < list.length; i += 2)
    if (i) doc.lineTo(list[i] ?? 0, list[i + 1] ?? 0)
    else doc.moveTo(list[i] ?? 0, list[i + 1] ?? 0)
  if (close) doc.closePath()
}

const SILENT = new Set(['title', 'desc', 'metadata', 'defs'])

function draw(sheet: Sheet, element: Element, inherited: Style, ids: Map<string, Element>): void {
  const { doc } = sheet
  const a = element.attributes
  if (SILENT.has(element.name) || a['display'] === 'none') return
  const style: Style = {
    ...inherited,
    ...Object.fromEntries(INHERITED.flatMap((key) => (a[key] === undefined ? [] : [[key, a[key]]]))),
  }
  doc.save()
  if (a['transform']) transform(doc, a['transform'])
  const clip = /url\(["']?#([^)"']+)/.exec(a['clip-path'] ?? '')?.[1]
  if (clip) {
    for (const child of ids.get(clip)?.children ?? []) SHAPES[child.name]?.(doc, child.attributes)
    doc.clip()
  }
  const shape = SHAPES[element.name]
  if (shape) {
    shape(doc, a)
    strokeAndFill(doc, style, a)
  } else if (element.name === 'text' || element.name === 'tspan') {
    const size = number(style['font-size'], 16)
    const anchor = style['text-anchor'] === 'middle' ? 'center' : style['text-anchor'] === 'end' ? 'right' : 'left'
    const middle = a['dominant-baseline'] === 'central' || a['dominant-baseline'] === 'middle'
    doc.fillOpacity(number(a['opacity'], 1) * number(style['fill-opacity'], 1))
    if (element.text.trim())
      // 1.16 em above the baseline stands the top of the font's line
      sheet.text(element.text.trim(), number(a['x']), number(a['y']) - size * (middle ? 0.8 : 1.16), {
        size,
        align: anchor,
        colour: paint(style['fill'], style) ?? '#000',
        weight: /bold|[6-9]00/.test(style['font-weight'] ?? '') ? 'bold' : 'regular',
      })
    for (const child of element.children) draw(sheet, child, style, ids)
  } else if (element.name === 'use') {
    const target = ids.get((a['href'] ?? a['xlink:href'] ?? '').replace(/^#/, ''))
    doc.translate(number(a['x']), number(a['y']))
    if (target) draw(sheet, target, style, ids)
  } else if (element.name === 'g' || element.name === 'svg') {
    for (const child of element.children) draw(sheet, child, style, ids)
  } else {
    doc.restore()
    throw new Error(`SVG: <${element.name}> is not drawn`)
  }
  doc.restore()
}

/** A drawing's place in a box, its proportions kept, centred; `scale` is points per drawing unit. */
export function placeSvg(
  svg: string,
  box: { x: number; y: number; width: number; height: number },
): { scale: number; x: number; y: number; width: number; height: number } {
  const [, , vw, vh] = viewBoxOf(svg)
  const scale = Math.min(box.width / vw, box.height / vh)
  return {
    scale,
    x: box.x + (box.width - vw * scale) / 2,
    y: box.y + (box.height - vh * scale) / 2,
    width: vw * scale,
    height: vh * scale,
  }
}

/**
 * Draw an SVG into a box, at {@link placeSvg}.
 * @returns the scale (points per drawing unit) and the drawing's place on the page
 * @throws Error naming an element or transform outside the subset, so that no drawing loses a part in silence
 */
export function drawSvg(
  sheet: Sheet,
  svg: string,
  box: { x: number; y: number; width: number; height: number },
): { scale: number; x: number; y: number; width: number; height: number } {
  const root = parse(svg)
  const [vx, vy] = viewBoxOf(svg)
  const place = placeSvg(svg, box)
  const { scale } = place
  const ids = new Map<string, Element>()
  const collect = (element: Element): void => {
    if (element.attributes['id']) ids.set(element.attributes['id'], element)
    element.children.forEach(collect)
  }
  collect(root)
  sheet.doc.save()
  sheet.doc.rect(box.x, box.y, box.width, box.height).clip()
  sheet.doc.transform(scale, 0, 0, scale, place.x - vx * scale, place.y - vy * scale)
  draw(sheet, { ...root, attributes: { ...root.attributes, transform: '' } }, {}, ids)
  sheet.doc.restore()
  return place
}
