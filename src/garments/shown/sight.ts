/** What both views of a garment draw, gathered: its parts, the seams drawn on them, and its trims. */
import type { Layout, Part, Shown, Trim } from '../drawing/layout.ts'

export interface Sight {
  parts: readonly Part[]
  /** Lines drawn, by what they show. A line that two parts share is one. */
  seams: ReadonlyMap<Shown, number>
  /** Trims by kind. Those on a part that both views show are counted once. */
  trims: ReadonlyMap<Trim['kind'], number>
}

const tally = <K>(keys: Iterable<K>): Map<K, number> => {
  const counts = new Map<K, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

export function sightOf(front: Layout, back: Layout): Sight {
  const views = [front, back]
  const lines = views.flatMap(({ parts }) => [...new Set(parts.flatMap((part) => part.seams ?? []))])
  const trims = new Map<Trim['kind'], number>()
  const [seen, again] = views.map((view) => tally(view.trims.map(({ kind, over }) => `${kind} ${over}`))) as [
    Map<string, number>,
    Map<string, number>,
  ]
  for (const key of new Set([...seen.keys(), ...again.keys()])) {
    const kind = key.split(' ')[0] as Trim['kind']
    trims.set(kind, (trims.get(kind) ?? 0) + Math.max(seen.get(key) ?? 0, again.get(key) ?? 0))
  }
  return { parts: views.flatMap(({ parts }) => parts), seams: tally(lines.map(({ shows }) => shows)), trims }
}
