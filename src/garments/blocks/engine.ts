/**
 * The pattern engine (FreeSewing 4) behind the few things we ask of it: draft a design for bodies, and read points
 * and seam lines. Nothing else in the product knows its API. Designs are loaded when first drafted.
 */
import { createRequire } from 'node:module'
import { LRUCache } from 'lru-cache'
import { chain, distance, flatten, lengthOf, tidy, type PathOp } from '../geometry.ts'
import type { Point } from '../types.ts'

/** What of the engine's objects is read here (it ships no types). */
interface EnginePart {
  hidden: boolean
  points: Readonly<Record<string, Point>>
  paths: Readonly<Record<string, { ops: readonly PathOp[] }>>
}
interface EnginePattern {
  draft(): unknown
  parts: readonly Readonly<Record<string, EnginePart>>[]
  setStores: readonly Readonly<Record<string, unknown>>[]
  getLogs(): { pattern: { error: readonly unknown[] }; sets: readonly { error: readonly unknown[] }[] }
}
export type OptionValue = number | boolean | string
interface Settings {
  measurements: Record<string, number>
  options: Record<string, OptionValue>
  sa: number
  complete: boolean
  expand: boolean
  only?: readonly string[]
}
type EngineDesign = new (...sets: Settings[]) => EnginePattern

/** A design: how its class is got when it is first drafted. */
export interface DesignRef {
  id: string
  load: () => EngineDesign
}
/** A design of the engine: `carlton` is the class Carlton of @freesewing/carlton. */
export const design = (id: string): DesignRef => ({
  id,
  load: once(() => {
    const exported = `${id.charAt(0).toUpperCase()}${id.slice(1)}`
    const Design = (load(`@freesewing/${id}`) as Record<string, EngineDesign>)[exported]
    if (!Design) throw new DraftError(`@freesewing/${id} exports no ${exported}`)
    return Design
  }),
})

/**
 * A design of ours: parts that designs of the engine export, and parts we wrote for it, drafted together for one body.
 * @param sources package names, each with the exports that are parts
 */
export const combine = (
  id: string,
  sources: readonly (readonly [name: string, ...parts: string[]])[],
  written: readonly unknown[] = [],
): DesignRef => ({
  id,
  load: once(() => {
    const core = load('@freesewing/core') as { Design: new (config: unknown) => EngineDesign }
    const taken = sources.flatMap(([name, ...wanted]) => {
      const exported = load(name) as Record<string, unknown>
      return wanted.map((part) => exported[part])
    })
    return new core.Design({ data: { id, name: id, version: ENGINE_VERSION }, parts: [...taken, ...written] })
  }),
})

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

const load = createRequire(import.meta.url)

/** Version of the pattern engine the recipes were reviewed with (a test compares it with the installed one). */
export const ENGINE_VERSION = '4.10.2'

/** Something the engine could not do, or a point that a recipe expects and the design no longer has. */
export class DraftError extends Error {
  override readonly name = 'DraftError'
}

/** What a draft leaves: the engine's own objects hold on to the whole pattern. */
interface Result {
  parts: Readonly<Record<string, EnginePart>>
  /** Numbers that the design left for its other parts. */
  store: Readonly<Record<string, number>>
  errors: readonly string[]
  rings: Map<string, Point[]>
}

/** One body's draft of a design: named points and seam lines per part. */
export class Drafted {
  readonly body: Readonly<Record<string, number>>
  readonly #result: Result
  readonly #read = new Set<string>()

  constructor(body: Readonly<Record<string, number>>, result: Result) {
    this.body = body
    this.#result = result
  }

  get errors(): readonly string[] {
    return this.#result.errors
  }

  /** Names of the parts a person would cut out. */
  get visible(): string[] {
    const { parts } = this.#result
    return Object.keys(parts).filter((name) => parts[name]?.hidden === false)
  }

  /** The parts anything has been asked of so far: another body's draft needs no others. */
  get read(): string[] {
    return [...this.#read]
  }

  #part(name: string): EnginePart | undefined {
    this.#read.add(name)
    return this.#result.parts[name]
  }

  has(part: string, point: string): boolean {
    return this.#part(part)?.points[point] !== undefined
  }

  /** @throws DraftError when the part has no such point */
  point(part: string, name: string): Point {
    const point = this.#part(part)?.points[name]
    if (!point || !Number.isFinite(point.x) || !Number.isFinite(point.y))
      throw new DraftError(`no point "${name}" in part "${part}"`)
    return { x: point.x, y: point.y }
  }

  /** Names of all points of a part that have a place. */
  names(part: string): string[] {
    return Object.entries(this.#part(part)?.points ?? {}).flatMap(([name, p]) =>
      Number.isFinite(p?.x) && Number.isFinite(p?.y) ? [name] : [],
    )
  }

  distance(part: string, a: string, b: string): number {
    return distance(this.point(part, a), this.point(part, b))
  }

  /** The closed seam line of a part (or another of its paths). @throws DraftError when it has none */
  ring(part: string, path = 'seam'): Point[] {
    const drawn = this.#part(part)
    const key = `${part}/${path}`
    const known = this.#result.rings.get(key)
    if (known) return known
    const ops = drawn?.paths[path]?.ops
    const ring = ops ? tidy(flatten(ops)) : []
    if (ring.length < 3) throw new DraftError(`part "${part}" has no closed path "${path}"`)
    this.#result.rings.set(key, ring)
    return ring
  }

  hasRing(part: string): boolean {
    return (this.#part(part)?.paths['seam']?.ops.length ?? 0) > 2
  }

  /** Length of a part's seam line between two of its points, the shorter way round or through a third. */
  seam(part: string, from: string, to: string, via?: string): number {
    return lengthOf(this.seamLine(part, from, to, via))
  }

  seamLine(part: string, from: string, to: string, via?: string): Point[] {
    const through = via === undefined ? undefined : this.point(part, via)
    return chain(this.ring(part), this.point(part, from), this.point(part, to), through)
  }

  /** A number the design left for its other parts. @throws DraftError when it is not one */
  stored(key: string): number {
    const value = this.#result.store[key]
    if (value === undefined || !Number.isFinite(value)) throw new DraftError(`nothing stored as "${key}"`)
    return value
  }
}

/** An engine error is an Error, a text, or a pair of text and Error. */
function sentence(error: unknown): string {
  if (error instanceof Error) return error.message
  return Array.isArray(error) ? error.map(sentence).join(': ') : String(error)
}

/**
 * What was drafted lately, by design, body, options and parts: another pocket, belt or colour asks for the very same
 * drafts, and a designer who tries one thing after the other asks for them again and again.
 */
const RESULTS = new LRUCache<string, Result>({ max: 96 })

/** A body, and the options that the design is drafted with for it. */
interface Asked {
  body: Readonly<Record<string, number>>
  options: Readonly<Record<string, OptionValue>>
}

/**
 * Draft a design for some bodies.
 * @param only draft just these parts and what they need (for measuring)
 */
export function draftBodies(ref: DesignRef, asked: readonly Asked[], only?: readonly string[]): Drafted[] {
  const keys = asked.map(({ body, options }) => JSON.stringify([ref.id, body, options, only]))
  const results = keys.map((key) => RESULTS.get(key))
  const missing = asked.filter((_, i) => !results[i])
  const fresh = missing.length ? draftAnew(ref, missing, only) : []
  return asked.map(({ body }, i) => {
    const result = results[i] ?? fresh.shift()!
    RESULTS.set(keys[i]!, result)
    return new Drafted(body, result)
  })
}

function draftAnew(ref: DesignRef, asked: readonly Asked[], only?: readonly string[]): Result[] {
  const Design = ref.load()
  const pattern = new Design(
    ...asked.map(({ body, options }) => ({
      measurements: { ...body },
      options: { ...options },
      // Allowances, titles and dimensions are ours: the engine draws seam lines only, which is also twice as fast.
      sa: 0,
      complete: false,
      expand: true,
      ...(only ? { only: [...only] } : {}),
    })),
  )
  pattern.draft()
  const logs = pattern.getLogs()
  return asked.map((_, i) => {
    const parts = pattern.parts[i]
    const store = pattern.setStores[i]
    if (!parts || !store) throw new DraftError(`${ref.id} drafted nothing`)
    const errors = [...logs.pattern.error, ...(logs.sets[i]?.error ?? [])].map(sentence)
    return { parts: mapped(parts, bare), store: numbersIn(store), errors, rings: new Map() }
  })
}

const mapped = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))

const spot = ({ x, y }: Point): Point => ({ x, y })
const numbersIn = (store: Readonly<Record<string, unknown>>): Record<string, number> =>
  Object.fromEntries(Object.entries(store).filter((entry): entry is [string, number] => typeof entry[1] === 'number'))

/** A part without what it hangs on: coordinates and seam lines only. */
const bare = ({ hidden, points, paths }: EnginePart): EnginePart => ({
  hidden,
  points: mapped(points, spot),
  paths: mapped(paths, ({ ops }) => ({
    ops: ops.map(({ type, to, cp1, cp2 }) => ({
      type,
      ...(to ? { to: spot(to) } : {}),
      ...(cp1 ? { cp1: spot(cp1) } : {}),
      ...(cp2 ? { cp2: spot(cp2) } : {}),
    })),
  })),
})
