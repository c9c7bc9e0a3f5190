/**
 * How different two styles are: Gower's distance (Gower 1971) – the mean over features of each feature's own distance
 * in 0–1 – over category, parameters, construction, cloth, attributes and colours.
 */
import type { Block, StyleSpec } from '../../../garments/index.ts'
import { deltaE, labOf } from './colour.ts'

interface Part {
  weight: number
  distance: number
}

const share = (same: number, all: number): number => (all === 0 ? 0 : 1 - same / all)

/** Parameters by their ranges: a step through the whole range is 1. */
function parameters(a: StyleSpec, b: StyleSpec, block: Block): number {
  const apart = block.parameters.map(({ key, min, max, default: preset }) =>
    max > min ? Math.min(1, Math.abs((a.parameters[key] ?? preset) - (b.parameters[key] ?? preset)) / (max - min)) : 0,
  )
  return apart.length === 0 ? 0 : apart.reduce((sum, d) => sum + d, 0) / apart.length
}

/**
 * The parameters people see most (length, fit) count apart from the many small ones.
 */
function silhouette(a: StyleSpec, b: StyleSpec, block: Block): number {
  const seen = block.parameters.filter(({ key }) => /length$/i.test(key) || /(chest|waist|hips|seat)Ease$/i.test(key))
  const apart = seen.map(({ key, min, max, default: preset }) =>
    max > min
      ? Math.min(1, (2 * Math.abs((a.parameters[key] ?? preset) - (b.parameters[key] ?? preset))) / (max - min))
      : 0,
  )
  return apart.length === 0 ? 0 : apart.reduce((sum, d) => sum + d, 0) / apart.length
}

function construction(a: StyleSpec, b: StyleSpec): number {
  const slots = [...new Set([...Object.keys(a.construction), ...Object.keys(b.construction)])]
  return share(slots.filter((slot) => a.construction[slot] === b.construction[slot]).length, slots.length)
}

function attributes(a: StyleSpec, b: StyleSpec): number {
  const tags = (spec: StyleSpec) => new Set(spec.attributes.map(({ key, value }) => `${key}=${value}`))
  const [p, q] = [tags(a), tags(b)]
  const union = new Set([...p, ...q])
  return share([...p].filter((tag) => q.has(tag)).length, union.size)
}

function cloth(a: StyleSpec, b: StyleSpec): number {
  const [p, q] = [a.materials.shell, b.materials.shell]
  if (!p || !q) return p === q ? 0 : 1
  if (p.id === q.id) return 0
  const weight = Math.min(1, Math.abs(p.gsm - q.gsm) / 300)
  return p.texture === q.texture ? 0.3 + 0.3 * weight : 0.7 + 0.3 * weight
}

/** Of each colourway to the nearest one of the other style, both ways; ΔE 60 counts as wholly different. */
function colours(a: StyleSpec, b: StyleSpec): number {
  const shells = (spec: StyleSpec) => spec.colourways.map(({ colours }) => labOf(colours['shell'] ?? '#808080'))
  const [p, q] = [shells(a), shells(b)]
  if (p.length === 0 || q.length === 0) return p.length === q.length ? 0 : 1
  const oneWay = (from: typeof p, to: typeof p) =>
    from.reduce((sum, lab) => sum + Math.min(1, Math.min(...to.map((other) => deltaE(lab, other))) / 60), 0) /
    from.length
  return (oneWay(p, q) + oneWay(q, p)) / 2
}

/**
 * @param block the block of `a`, whose ranges scale the parameters
 * @returns 0 (the same design) to 1
 */
export function styleDistance(a: StyleSpec, b: StyleSpec, block: Block): number {
  const sameBlock = a.category === b.category && a.gender === b.gender
  const otherGender = a.gender === b.gender ? 0 : 0.4
  const parts: Part[] = [
    { weight: 3, distance: a.category === b.category ? otherGender : 1 },
    { weight: 2, distance: sameBlock ? silhouette(a, b, block) : 1 },
    { weight: 1, distance: sameBlock ? parameters(a, b, block) : 1 },
    { weight: 3, distance: construction(a, b) },
    { weight: 2, distance: cloth(a, b) },
    { weight: 1, distance: attributes(a, b) },
    { weight: 1.5, distance: colours(a, b) },
  ]
  const weight = parts.reduce((sum, part) => sum + part.weight, 0)
  return parts.reduce((sum, part) => sum + part.weight * part.distance, 0) / weight
}

export interface Spreading<T> {
  /** 0–1 */
  quality: (item: T) => number
  distance: (a: T, b: T) => number
  /** What an item belongs to; groups take turns, so that none is forgotten while it has items. */
  group?: (item: T) => string
}

/**
 * Choose `count` items spread as far as possible: the best first, then always the one whose nearest chosen neighbour
 * is farthest, weighed by quality (farthest-point selection, Gonzalez 1985).
 */
export function spread<T>(
  items: readonly T[],
  count: number,
  { quality, distance, group = () => '' }: Spreading<T>,
): T[] {
  const left = items.map((item) => ({ item, group: group(item), quality: quality(item), nearest: 1 }))
  const turns = [...new Set(left.map((candidate) => candidate.group))]
  const chosen: T[] = []
  const worth = (candidate: (typeof left)[number]) =>
    chosen.length === 0 ? candidate.quality : candidate.nearest * (0.55 + 0.45 * candidate.quality)
  for (let turn = 0; chosen.length < count && left.length > 0; turn++) {
    const inTurn = left.filter((candidate) => candidate.group === turns[turn % turns.length])
    const [first, ...others] = inTurn
    if (!first) continue
    const best = others.reduce((a, b) => (worth(b) > worth(a) ? b : a), first)
    left.splice(left.indexOf(best), 1)
    chosen.push(best.item)
    for (const candidate of left) candidate.nearest = Math.min(candidate.nearest, distance(candidate.item, best.item))
  }
  return chosen
}
