/** A thread of its own for one brief: cutting plan, drawings and files are seconds of work that no request waits for. */
import { parentPort, workerData } from 'node:worker_threads'
import { Problem } from '../../core/errors.ts'
import { clothOf, MATERIAL_ROLES, mixedMarker, techPack, type Spread } from '../../garments/index.ts'
import type { ThreadAnswer, ThreadInput } from './brief-making.ts'

/** Search effort per marker: a lay is cut many plies deep, so a little search pays; see scripts/bench/marker.ts. */
const EFFORT = { stripMm: 6, iterations: 24, seed: 1 } as const

function laysOf({ style, quantities }: ThreadInput): Spread[] {
  const { spec, draft } = style
  const pieces = Object.fromEntries(draft.sizes.map(({ size, pieces }) => [size, pieces]))
  return MATERIAL_ROLES.flatMap((role) => {
    const material = spec.materials[role]
    const isCut = draft.sizes.some((size) => size.pieces.some((piece) => piece.role === role))
    if (!material || !isCut) return []
    return mixedMarker(pieces, clothOf(role, material), quantities, EFFORT).spreads.filter(
      ({ marker }) => marker.lengthMm > 0,
    )
  })
}

try {
  const input = workerData as ThreadInput
  const made = await techPack({
    ...input,
    lays: laysOf(input),
    flats: flatDrawings(input.style.spec, input.style.draft),
  })
  parentPort?.postMessage({ type: 'made', ...made } satisfies ThreadAnswer, [])
} catch (error) {
  const answer: ThreadAnswer =
    error instanceof Problem
      ? { type: 'problem', code: error.code, status: error.status, text: error.text, extra: error.extra }
      : { type: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  parentPort?.postMessage(answer, [])
}

function flatDrawings(..._: unknown[]) {
  return {
    front: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0L10 10" stroke="#000"/></svg>',
    back: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0L10 10" stroke="#000"/></svg>',
  }
} // TEMPORARY-UNCOMMITTED
