import { random } from '../../../core/random.ts'

/** Repeatable chance: the same seed gives the same designs on every machine. */
export interface Chance {
  /** 0 ≤ x < 1 */
  next(): number
  /** 0 … n − 1 */
  below(n: number): number
  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T
  /** One of `items`, each as likely as its weight. */
  weighted<T>(items: readonly T[], weight: (item: T) => number): T
  /** A generator of its own for a part, so that a change in one part does not move the others. */
  fork(name: string): Chance
}

/** FNV-1a, 32 bit. */
const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}

/** Chance from a seed. */
export function chance(seed: number): Chance {
  const next = random(seed)
  const below = (n: number): number => Math.floor(next() * n)
  return {
    next,
    below,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new RangeError('nothing to pick from')
      return items[below(items.length)] as T
    },
    weighted<T>(items: readonly T[], weight: (item: T) => number): T {
      if (items.length === 0) throw new RangeError('nothing to pick from')
      const weights = items.map((item) => Math.max(0, weight(item)))
      const total = weights.reduce((sum, w) => sum + w, 0)
      if (total === 0) return items[below(items.length)] as T
      let left = next() * total
      for (const [i, w] of weights.entries()) if ((left -= w) < 0) return items[i] as T
      return items.at(-1) as T
    },
    fork: (name) => chance(hash(name) ^ Math.imul(seed | 0, 0x9e3779b1)),
  }
}
