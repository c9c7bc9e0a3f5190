/**
 * The outline of the garment in a picture, and how much two outlines are alike: how a redrawn picture is held to the cut
 * of ours. The box alone would let a sack of the same width and height pass for a T-shirt.
 */
import { loadSharp } from '../../../core/sharp.ts'

/** Edge of the picture the outline is looked for in, px: seams and grain are gone, sleeves and gaps are still there. */
const LOOK = 256
/** Cells an outline's box is divided into each way, so that a garment drawn a little larger or elsewhere still compares. */
const GRID = 64
/** Widest frame of the picture that is taken for the wall. */
const BORDER = Math.round(LOOK * 0.03)
/** What tells cloth from wall, of 255; a wall that is lit from one side differs from itself by less. */
const MUCH_DARKER = 70
const BRIGHTER = 24
const OTHER_HUE = 13

export interface Outline {
  /** 1 where the garment is, `GRID` × `GRID` over its box. */
  cells: Uint8Array
  /** Box width ÷ box height. */
  ratio: number
  /** Longer side of the box as a share of the picture's. */
  coverage: number
  /** Share of the picture that is garment. */
  area: number
}

/**
 * What differs from the wall. The wall is modelled row by row from the picture's own left and right borders; a shadow on
 * it keeps its hue and is only darker, so darker has to be much darker, but brighter or of another hue is cloth.
 */
function apartFromWall(data: Uint8Array): Uint8Array {
  const mask = new Uint8Array(LOOK * LOOK)
  const mean = (y: number, from: number, c: number): number => {
    let sum = 0
    for (let x = from; x < from + BORDER; x++) sum += data[(y * LOOK + x) * 3 + c] ?? 0
    return sum / BORDER
  }
  for (let y = 0; y < LOOK; y++) {
    const left = [0, 1, 2].map((c) => mean(y, 0, c))
    const step = left.map((value, c) => (mean(y, LOOK - BORDER, c) - value) / LOOK)
    for (let x = 0; x < LOOK; x++) {
      const at = (y * LOOK + x) * 3
      const shade = (data[at + 1] ?? 0) / Math.max(1, (left[1] ?? 0) + (step[1] ?? 0) * x)
      for (let c = 0; c < 3; c++) {
        const is = data[at + c] ?? 0
        const wall = (left[c] ?? 0) + (step[c] ?? 0) * x
        if (wall - is > MUCH_DARKER || is - wall > BRIGHTER || Math.abs(is - wall * shade) > OTHER_HUE)
          mask[y * LOOK + x] = 1
      }
    }
  }
  return mask
}

/** Mark what is reached from `starts` through cells of the same value; returns how many there are. */
function spread(mask: Uint8Array, seen: Uint8Array, starts: readonly number[], mark: number): number {
  const queue = starts.filter((at) => seen[at] === 0)
  for (const at of queue) seen[at] = mark
  let count = 0
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    count++
    const x = at % LOOK
    for (const step of [-1, 1, -LOOK, LOOK]) {
      if ((step === -1 && x === 0) || (step === 1 && x === LOOK - 1)) continue
      const next = at + step
      if (next < 0 || next >= mask.length || seen[next] !== 0 || mask[next] !== mask[at]) continue
      seen[next] = mark
      queue.push(next)
    }
  }
  return count
}

/** The largest connected thing in the mask, its holes closed: pale buttons and highlights are part of the garment. */
function largestThing(mask: Uint8Array): Uint8Array {
  const outside = new Uint8Array(mask.length)
  const edge = Array.from({ length: LOOK }, (_, i) => [i, (LOOK - 1) * LOOK + i, i * LOOK, i * LOOK + LOOK - 1]).flat()
  spread(
    mask,
    outside,
    edge.filter((at) => mask[at] === 0),
    1,
  )
  const closed = outside.map((out) => 1 - out)
  const things = new Uint8Array(mask.length)
  const best = { mark: 0, count: 0 }
  let mark = 1
  for (let at = 0; at < closed.length && mark < 255; at++) {
    if (closed[at] === 0 || things[at] !== 0) continue
    mark++
    const count = spread(closed, things, [at], mark)
    if (count > best.count) Object.assign(best, { mark, count })
  }
  return things.map((thing) => Number(best.mark > 0 && thing === best.mark))
}

/** The outline of the garment in an encoded, square picture; undefined where nothing stands out from the wall. */
export async function outlineOf(picture: Uint8Array): Promise<Outline | undefined> {
  const sharp = await loadSharp()
  const data = await sharp(picture)
    .flatten({ background: '#f2f0ed' })
    .toColourspace('srgb')
    .resize(LOOK, LOOK, { fit: 'fill' })
    .raw()
    .toBuffer()
  const garment = largestThing(apartFromWall(data))
  let [x0, y0, x1, y1, count] = [LOOK, LOOK, -1, -1, 0]
  for (let at = 0; at < garment.length; at++) {
    if (garment[at] === 0) continue
    const [x, y] = [at % LOOK, Math.floor(at / LOOK)]
    ;[x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)]
    count++
  }
  const [w, h] = [x1 - x0 + 1, y1 - y0 + 1]
  if (w < 8 || h < 8) return undefined
  const cells = Uint8Array.from({ length: GRID * GRID }, (_, i) => {
    const x = x0 + Math.floor((((i % GRID) + 0.5) * w) / GRID)
    const y = y0 + Math.floor(((Math.floor(i / GRID) + 0.5) * h) / GRID)
    return garment[y * LOOK + x] ?? 0
  })
  return { cells, ratio: w / h, coverage: Math.max(w, h) / LOOK, area: count / (LOOK * LOOK) }
}

/** Shared cells ÷ all cells of two outlines laid box on box: 1 the same shape, below about .9 another one. */
export function alike(a: Outline, b: Outline): number {
  let [both, either] = [0, 0]
  for (const [i, cell] of a.cells.entries()) {
    const other = b.cells[i] ?? 0
    both += cell & other
    either += cell | other
  }
  return either === 0 ? 0 : both / either
}
