/**
 * G6: is it new? Distance over parameters and attributes beside what the picture shows. A perceptual hash alone calls
 * every studio coat a duplicate, so the crop's hash is joined by a grid of its colours.
 */
import type { Block, RawPicture, StyleSpec } from '../../../garments/index.ts'
import { labOfRgb, type Lab } from '../designer/colour.ts'
import { styleDistance } from '../designer/distance.ts'

export interface Fingerprint {
  /** Mean L*, a*, b* of 8 × 8 cells of the garment's box, row by row, whole numbers. */
  grid: readonly number[]
  /** 64 bits: is a cell lighter than its right neighbour, 9 × 8 cells; 16 hex digits. */
  hash: string
}

const CELLS = 8

/** Mean colour of a cell of the garment's box. */
function cell({ data, width, height, silhouette: { box } }: RawPicture, columns: number, i: number, j: number): Lab {
  const from = (size: number, start: number, step: number, most: number) =>
    Math.min(most - 1, Math.max(0, Math.floor(start + size * step)))
  const x0 = from(box.w, box.x, i / columns, width)
  const x1 = Math.max(x0 + 1, from(box.w, box.x, (i + 1) / columns, width))
  const y0 = from(box.h, box.y, j / CELLS, height)
  const y1 = Math.max(y0 + 1, from(box.h, box.y, (j + 1) / CELLS, height))
  let [r, g, b, n] = [0, 0, 0, 0]
  // Every third pixel says as much about a mean as every one.
  for (let y = y0; y < y1; y += 3)
    for (let x = x0; x < x1; x += 3) {
      const at = (y * width + x) * 3
      r += data[at] ?? 0
      g += data[at + 1] ?? 0
      b += data[at + 2] ?? 0
      n++
    }
  return labOfRgb(r / n, g / n, b / n)
}

/** What a picture looks like, small enough to keep and compare. */
export function fingerprintOf(picture: RawPicture): Fingerprint {
  const grid: number[] = []
  for (let j = 0; j < CELLS; j++)
    for (let i = 0; i < CELLS; i++) {
      const { l, a, b } = cell(picture, CELLS, i, j)
      grid.push(Math.round(l), Math.round(a), Math.round(b))
    }
  let hash = 0n
  for (let j = 0; j < CELLS; j++)
    for (let i = 0; i < CELLS; i++)
      hash = (hash << 1n) | (cell(picture, CELLS + 1, i, j).l < cell(picture, CELLS + 1, i + 1, j).l ? 1n : 0n)
  return { grid, hash: hash.toString(16).padStart(16, '0') }
}

const bits = (hash: string): number => {
  let value = BigInt(`0x${hash}`)
  let count = 0
  for (; value > 0n; value >>= 1n) count += Number(value & 1n)
  return count
}

/** 0 (the same picture) to 1: colours of the cells (ΔE 60 = wholly different) and the shape's bits. */
export function pictureDistance(p: Fingerprint, q: Fingerprint): number {
  let colours = 0
  for (let at = 0; at < p.grid.length; at += 3)
    colours += Math.min(
      1,
      Math.hypot(
        (p.grid[at] ?? 0) - (q.grid[at] ?? 0),
        (p.grid[at + 1] ?? 0) - (q.grid[at + 1] ?? 0),
        (p.grid[at + 2] ?? 0) - (q.grid[at + 2] ?? 0),
      ) / 60,
    )
  const apart = bits((BigInt(`0x${p.hash}`) ^ BigInt(`0x${q.hash}`)).toString(16)) / 64
  return 0.7 * (colours / (p.grid.length / 3)) + 0.3 * apart
}

export interface Earlier {
  styleId: string
  number: string
  spec: StyleSpec
  fingerprint: Fingerprint | undefined
}

export interface Nearest {
  styleId: string
  number: string
  /** Gower's distance over what it is. */
  design: number
  /** Distance of the pictures, where both have one. */
  picture: number | undefined
  /** Both together; what the gate judges. */
  distance: number
}

/** The most similar style made before, or undefined when there is none of the category. */
export function nearestOf(
  spec: StyleSpec,
  block: Block,
  picture: Fingerprint | undefined,
  earlier: readonly Earlier[],
): Nearest | undefined {
  let nearest: Nearest | undefined
  for (const other of earlier) {
    if (other.spec.category !== spec.category) continue
    const design = styleDistance(spec, other.spec, block)
    const seen = picture && other.fingerprint ? pictureDistance(picture, other.fingerprint) : undefined
    const distance = seen === undefined ? design : 0.7 * design + 0.3 * seen
    if (!nearest || distance < nearest.distance)
      nearest = { styleId: other.styleId, number: other.number, design, picture: seen, distance }
  }
  return nearest
}
