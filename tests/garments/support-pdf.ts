/** PDF files as an independent reader (pdf.js) sees them. */
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'

export interface ReadPage {
  /** Millimetres. */
  width: number
  height: number
  text: string
  /** Upright rectangles that are drawn, as width and height in mm. */
  rectangles: [number, number][]
}

const MM = 25.4 / 72
type Matrix = [number, number, number, number, number, number]
const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
]

/** Rectangles of a page with every transformation applied. */
function rectanglesOf(list: { fnArray: number[]; argsArray: unknown[] }): [number, number][] {
  let matrix: Matrix = [1, 0, 0, 1, 0, 0]
  const kept: Matrix[] = []
  const found: [number, number][] = []
  for (const [i, fn] of list.fnArray.entries()) {
    if (fn === OPS.save) kept.push(matrix)
    else if (fn === OPS.restore) matrix = kept.pop() ?? matrix
    else if (fn === OPS.transform) matrix = times(matrix, list.argsArray[i] as Matrix)
    else if (fn === OPS.constructPath) {
      const [kinds, numbers] = list.argsArray[i] as [number[], number[]]
      let at = 0
      for (const kind of kinds) {
        if (kind === OPS.rectangle) {
          const [w = 0, h = 0] = [numbers[at + 2], numbers[at + 3]]
          found.push([
            Math.hypot(matrix[0], matrix[1]) * Math.abs(w) * MM,
            Math.hypot(matrix[2], matrix[3]) * Math.abs(h) * MM,
          ])
          at += 4
        } else
          at +=
            kind === OPS.curveTo
              ? 6
              : kind === OPS.curveTo2 || kind === OPS.curveTo3
                ? 4
                : kind === OPS.closePath
                  ? 0
                  : 2
      }
    }
  }
  return found
}

/** @param shapes also read what is drawn (slower) */
export async function readPdf(bytes: Uint8Array, shapes = false): Promise<ReadPage[]> {
  const document = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 }).promise
  const pages: ReadPage[] = []
  for (let n = 1; n <= document.numPages; n++) {
    const page = await document.getPage(n)
    const { width, height } = page.getViewport({ scale: 1 })
    const { items } = await page.getTextContent()
    pages.push({
      width: width * MM,
      height: height * MM,
      text: items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''),
      rectangles: shapes ? rectanglesOf(await page.getOperatorList()) : [],
    })
  }
  await document.destroy()
  return pages
}
