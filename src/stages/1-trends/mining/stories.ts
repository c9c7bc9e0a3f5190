/** Titles that tell one story: counted once, however often they are reposted in other words. */

const LEAST_JACCARD = 0.5
const LEAST_OVERLAP = 0.65
const LEAST_PAIRS = 4
/** A pair that stands in more stories than this tells none apart. */
const MOST_SHARED = 200

/** Give every title the number of its story. Near-duplicates share half of their pairs, or the shorter lies in the longer. */
export function openStories() {
  const stories: { pairs: ReadonlySet<string>; story: number }[] = []
  const byPair = new Map<string, number[]>()
  let next = 0
  const like = (pairs: ReadonlySet<string>): number | undefined => {
    const shared = new Map<number, number>()
    for (const pair of pairs) {
      const at = byPair.get(pair) ?? []
      if (at.length <= MOST_SHARED) for (const i of at) shared.set(i, (shared.get(i) ?? 0) + 1)
    }
    for (const [i, both] of shared) {
      const other = stories[i]
      if (!other) continue
      const [a, b] = [pairs.size, other.pairs.size]
      const contained = Math.min(a, b) >= LEAST_PAIRS && both / Math.min(a, b) >= LEAST_OVERLAP
      if (both / (a + b - both) >= LEAST_JACCARD || contained) return other.story
    }
    return undefined
  }
  return {
    storyOf(pairs: ReadonlySet<string>): number {
      const story = like(pairs) ?? next++
      const at = stories.push({ pairs, story }) - 1
      for (const pair of pairs) {
        const known = byPair.get(pair)
        if (known) known.push(at)
        else byPair.set(pair, [at])
      }
      return story
    },
  }
}
