/** A thread of its own for one brief: cutting plan, drawings and files are seconds of work that no request waits for. */
import { parentPort, workerData } from 'node:worker_threads'
import { Problem } from '../../core/errors.ts'
import {
  clothOf,
  flatDrawing,
  MATERIAL_ROLES,
  mixedMarker,
  packshotInput,
  techPack,
  type Spread,
} from '../../garments/index.ts'
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

/** Front and back as line drawings of the base size, from the same measures as the pattern. */
function flatsOf({ style: { spec, derived } }: ThreadInput): { front: string; back: string } {
  const measures = derived.sizes.find(({ size }) => size === spec.sizes.base)?.measures ?? {}
  const drawn = (view: 'front' | 'back') =>
    flatDrawing(packshotInput(spec, measures, spec.colourways[0]?.id ?? '', view), view)
  return { front: drawn('front'), back: drawn('back') }
}

try {
  const input = workerData as ThreadInput
  const made = await techPack({
    ...input,
    lays: laysOf(input),
    flats: flatsOf(input),
  })
  parentPort?.postMessage({ type: 'made', ...made } satisfies ThreadAnswer, [])
} catch (error) {
  const answer: ThreadAnswer =
    error instanceof Problem
      ? { type: 'problem', code: error.code, status: error.status, text: error.text, extra: error.extra }
      : { type: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  parentPort?.postMessage(answer, [])
}
