/** One week of one source: which grams were said, in how many stories and on how many days. Bounded, whatever comes. */
import { gramsOf, pairsOf, type Cut } from './tokens.ts'
import type { Said } from '../words.ts'
import { openStories } from './stories.ts'

/** Kept of a week: the commonest; enough for a thin source to keep everything. */
export const KEPT_WORDS = 3000
/** Counted at once at most; beyond it what was said once so far is forgotten. */
const MOST_COUNTED = 150_000

interface Count {
  stories: Set<number>
  days: Set<string>
}

export function openWeek() {
  const counts = new Map<string, Count>()
  const { storyOf } = openStories()
  const note = (word: string, story: number, day: string): void => {
    let known = counts.get(word)
    if (!known) counts.set(word, (known = { stories: new Set(), days: new Set() }))
    known.stories.add(story)
    known.days.add(day)
  }
  return {
    take(title: Cut, day: string): void {
      const story = storyOf(pairsOf(title))
      for (const { word } of gramsOf(title)) note(word, story, day)
      for (const tag of title.hashtags) note(tag, story, day)
      if (counts.size <= MOST_COUNTED) return
      for (const [word, { stories }] of counts) if (stories.size < 2) counts.delete(word)
    },
    said(): Said {
      const all = [...counts].map(([word, { stories, days }]) => [word, [stories.size, days.size]] as const)
      const kept = all.sort((a, b) => b[1][0] - a[1][0] || (a[0] < b[0] ? -1 : 1)).slice(0, KEPT_WORDS)
      return Object.fromEntries(kept)
    },
  }
}
