import { random } from '../../core/random.ts'
import type { Marker } from '../types.ts'
import { bodiesOf, layOf, markerOf } from './bodies.ts'
import {
  begin,
  type Begun,
  DEFAULT_ITERATIONS,
  type Job,
  laidOut,
  methodName,
  type NestCloth,
  type NestOptions,
  type NestRequest,
  prepare,
} from './nest.ts'
import { type Layout, Nester, OrderSearch, shaken } from './search.ts'
import { Separator } from './separate.ts'

export interface ImproveOptions extends NestOptions {
  /** How long to search, ms. */
  budgetMs: number
  /**
   * Rounds of the search that lets pieces overlap, after `iterations` moves of the order search, instead of the time:
   * the same marker on every machine.
   */
  rounds?: number
  /** The marker to beat, of the same pieces: the answer when nothing shorter is found. */
  beat?: Marker
}

/** Steps of a search between two looks at the clock and the mailbox. */
const SLICE_MS = 40
/**
 * Steps without a better marker after which the search of orders sets out anew from a shaken starting order: several
 * walks differ by 2 to 3 % of length, one long walk gains far less.
 */
const STUCK_STEPS = 200
/** Share of the time that goes to orders where pieces may then be let overlap: that search gains more from any start. */
const ORDERS_SHARE = 0.1
/** Strips the best order is laid again on at the end, mm: finer covers leave less between the pieces. */
const POLISH_STRIPS = [4, 3, 2, 1.5] as const
/** Places along the cloth when pieces are let overlap, mm. */
const STEP_MM = 2

/** Runs a search until its time is over or it is called off; looks up between slices. */
async function whileLeft(left: () => number, step: () => void, told: () => void): Promise<void> {
  while (left() > 0) {
    const slice = performance.now() + Math.min(SLICE_MS, left())
    do step()
    while (performance.now() < slice)
    told()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/**
 * Search on while time lasts, on the thread's own event loop (it looks up every 40 ms, so a signal or a message is
 * heard): orders first, the best of them laid again on finer strips; then, unless pieces match a repeat, the lay is cut
 * shorter bit by bit and what overlaps is moved apart ({@link Separator}). Never longer than `beat`, nor than
 * {@link nest} finds with the same options before its first move. An aborted search answers with the best so far. How
 * far it gets depends on the machine, unless `rounds` are given: for pictures of what is possible and for the cutting
 * room, never for a hash.
 */
export async function improve(
  pieces: readonly NestRequest[],
  cloth: NestCloth,
  options: ImproveOptions,
): Promise<Marker> {
  const { seed = 1, iterations = DEFAULT_ITERATIONS, budgetMs, rounds, beat, signal, onProgress } = options
  const started = performance.now()
  const job = prepare(pieces, cloth, options)
  const start = begin(job, seed, undefined)
  if (!start) return laidOut(job, undefined, 'empty')
  const bodies = bodiesOf(job)
  const leftOf = (share: number) => (): number => (signal?.aborted ? 0 : started + budgetMs * share - performance.now())
  const tell = (lengthMm: number): void =>
    onProgress?.({ done: Math.min(budgetMs, performance.now() - started), total: budgetMs, lengthMm })
  const orders = new Walks(start, seed)
  if (rounds === undefined)
    await whileLeft(
      leftOf(bodies ? ORDERS_SHARE : 1),
      () => orders.step(),
      () => tell(orders.best.lengthMm),
    )
  else while (orders.steps < iterations && !signal?.aborted) orders.step()
  let found = polished(pieces, cloth, options, job, orders)
  const shortest = (): Marker => (beat && beat.lengthMm > 0 && beat.lengthMm <= found.lengthMm ? beat : found)
  const from = bodies && layOf(job, bodies, shortest(), STEP_MM)
  if (!bodies || !from) return shortest()
  const apart = new Separator(
    job.items.map(({ kind }) => kind),
    bodies,
    { widthMm: job.bed.widthMm, stepMm: STEP_MM },
    from,
    seed,
  )
  const most = shortest().lengthMm
  if (rounds === undefined)
    await whileLeft(
      leftOf(1),
      () => apart.step(),
      () => tell(Math.min(most, apart.best?.lengthMm ?? Infinity)),
    )
  else while (apart.rounds < rounds && !signal?.aborted) apart.step()
  if (apart.best && apart.best.lengthMm < most)
    found = markerOf(
      job,
      apart.best,
      STEP_MM,
      `moved apart, ${STEP_MM} mm steps, ${job.bed.gapMm} mm gap; ${apart.rounds} rounds, seed ${seed}`,
    )
  return shortest()
}

/** The search over orders, setting out anew where it is stuck. */
class Walks {
  readonly #start: Begun
  readonly #seed: number
  readonly #chance: () => number
  #search: OrderSearch
  best: Layout
  steps = 0
  walks = 1

  constructor(start: Begun, seed: number) {
    this.#start = start
    this.#seed = seed
    this.#chance = random(seed)
    this.#search = start.search
    this.best = start.search.best
  }

  step(): void {
    this.#search.step()
    this.steps++
    if (this.#search.best.cost < this.best.cost) this.best = this.#search.best
    if (this.#search.idle <= STUCK_STEPS) return
    const { orders, nester } = this.#start
    const order = shaken(orders[this.walks % orders.length]!, this.#chance)
    this.#search = new OrderSearch(nester, nester.lay(order)!, this.#seed + this.walks++)
  }
}

/** The best order, laid on finer strips where that is shorter. */
function polished(
  pieces: readonly NestRequest[],
  cloth: NestCloth,
  options: ImproveOptions,
  job: Job,
  { best, walks, steps }: Walks,
): Marker {
  const method = `5 orders, ${walks} walks of ${steps} moves, seed ${options.seed ?? 1}`
  let found = laidOut(job, best, methodName(job.bed, method))
  for (const stripMm of POLISH_STRIPS) {
    if (options.signal?.aborted || stripMm >= job.bed.stripMm) continue
    const fine = prepare(pieces, cloth, { ...options, stripMm })
    const layout = new Nester(fine.bed, fine.items, fine.kinds).lay(best.order)
    const marker = laidOut(fine, layout, methodName(fine.bed, method))
    if (marker.lengthMm < found.lengthMm) found = marker
  }
  return found
}
