/** Line drawings on a page of a PDF. */
import type { Drawing, Ink, Move, PathData, Shape, TextShape } from '../linework/drawing.ts'
import type { Sheet } from './pdf.ts'

type Doc = PDFKit.PDFDocument

/** Ink as it has come down to a shape. */
type Wet = Omit<Required<Ink>, 'dash'> & Pick<Ink, 'dash'>
const FRESH: Wet = { fill: '#000', stroke: 'none', strokeWidth: 1, join: 'miter', cap: 'butt' }

const handedDown = (inherited: Wet, { fill, stroke, strokeWidth, dash, join, cap }: Ink): Wet => ({
  fill: fill ?? inherited.fill,
  stroke: stroke ?? inherited.stroke,
  strokeWidth: strokeWidth ?? inherited.strokeWidth,
  join: join ?? inherited.join,
  cap: cap ?? inherited.cap,
  ...((dash ?? inherited.dash) ? { dash: dash ?? inherited.dash! } : {}),
})

/** PDF has no quadratic curve, and the library's stand-in is flatter: the cubic that is the same curve. */
function bend(
  doc: Doc,
  from: { x: number; y: number },
  [, cx, cy, x, y]: Extract<PathData[number], readonly ['Q', ...number[]]>,
): void {
  const near = (end: number, control: number): number => end + ((control - end) * 2) / 3
  doc.bezierCurveTo(near(from.x, cx), near(from.y, cy), near(x, cx), near(y, cy), x, y)
}

function trace(doc: Doc, d: PathData): void {
  let [x, y] = [0, 0]
  const to = (nx: number, ny: number): void => {
    ;[x, y] = [nx, ny]
    doc.lineTo(x, y)
  }
  for (const command of d)
    switch (command[0]) {
      case 'M':
        ;[, x, y] = command
        doc.moveTo(x, y)
        break
      case 'L':
        to(command[1], command[2])
        break
      case 'H':
        to(command[1], y)
        break
      case 'V':
        to(x, command[1])
        break
      case 'h':
        to(x + command[1], y)
        break
      case 'v':
        to(x, y + command[1])
        break
      case 'Q':
        bend(doc, { x, y }, command)
        ;[, , , x, y] = command
        break
      case 'C':
        doc.bezierCurveTo(command[1], command[2], command[3], command[4], command[5], command[6])
        ;[, , , , , x, y] = command
        break
      case 'Z':
        doc.closePath()
        break
    }
}

function strokeAndFill(doc: Doc, { fill, stroke, strokeWidth, dash, join, cap }: Wet): void {
  doc.lineWidth(Number(strokeWidth)).lineCap(cap).lineJoin(join)
  const [on, off = on] = dash ?? []
  if (on !== undefined) doc.dash(on, { space: off ?? on })
  else doc.undash()
  if (fill !== 'none' && stroke !== 'none') doc.fillAndStroke(fill, stroke)
  else if (fill !== 'none') doc.fill(fill)
  else if (stroke !== 'none') doc.stroke(stroke)
  else doc.addContent('n')
}

function move(doc: Doc, how: Move): void {
  if ('translate' in how) doc.translate(...how.translate)
  else doc.rotate(how.rotate, { origin: [...(how.about ?? [0, 0])] })
}

const ALIGNED = { start: 'left', middle: 'center', end: 'right' } as const

function write(sheet: Sheet, text: TextShape, fill: string): void {
  const { moves = [], x = 0, y = 0, size, weight, anchor = 'start', words } = text
  for (const how of moves) move(sheet.doc, how)
  if (words.trim())
    // 1.16 em above the baseline stands the top of the font's line
    sheet.text(words.trim(), x, y - size * 1.16, {
      size,
      align: ALIGNED[anchor],
      colour: fill,
      weight: weight ? 'bold' : 'regular',
    })
}

function draw(sheet: Sheet, shape: Shape, inherited: Wet): void {
  const { doc } = sheet
  const ink = handedDown(inherited, shape)
  doc.save()
  switch (shape.shape) {
    case 'g':
      for (const how of shape.moves ?? []) move(doc, how)
      for (const child of shape.children) draw(sheet, child, ink)
      break
    case 'text':
      write(sheet, shape, ink.fill)
      break
    case 'path':
      trace(doc, shape.d)
      strokeAndFill(doc, ink)
      break
    case 'circle':
      doc.circle(shape.cx, shape.cy, shape.r)
      strokeAndFill(doc, ink)
      break
    case 'rect': {
      const { x = 0, y = 0, width, height, rx } = shape
      if (rx) doc.roundedRect(x, y, width, height, rx)
      else doc.rect(x, y, width, height)
      strokeAndFill(doc, ink)
      break
    }
  }
  doc.restore()
}

interface Place {
  x: number
  y: number
  width: number
  height: number
}

/** A drawing's place in a box, its proportions kept, centred; `scale` is points per drawing unit. */
export function placeDrawing({ box: [, , vw, vh] }: Pick<Drawing, 'box'>, box: Place): Place & { scale: number } {
  const scale = Math.min(box.width / vw, box.height / vh)
  return {
    scale,
    x: box.x + (box.width - vw * scale) / 2,
    y: box.y + (box.height - vh * scale) / 2,
    width: vw * scale,
    height: vh * scale,
  }
}

/** Draw where the pen stands, in the units that it stands in. */
export function drawShapes(sheet: Sheet, shapes: readonly Shape[]): void {
  for (const shape of shapes) draw(sheet, shape, FRESH)
}

/** Draw into a box, at {@link placeDrawing}; what hangs over the box is cut off. */
export function drawOn(sheet: Sheet, drawing: Drawing, box: Place): void {
  const { scale, x, y } = placeDrawing(drawing, box)
  const [vx, vy] = drawing.box
  const { doc } = sheet
  doc.save()
  doc.rect(box.x, box.y, box.width, box.height).clip()
  doc.transform(scale, 0, 0, scale, x - vx * scale, y - vy * scale)
  doc.save()
  const ink = handedDown(FRESH, drawing.ink ?? {})
  for (const shape of drawing.parts.flat()) draw(sheet, shape, ink)
  doc.restore()
  doc.restore()
}
