/** Which titles are mined: those that speak of clothing, and all of a source that speaks of little else. */
import type { MinedTitle } from './titles.ts'

/** Titles of a source that are looked at before it is judged. */
const JUDGED_BY = 200
const LEAST_SHARE = 0.6

/** @param take is given every title that is to be mined */
export function openGate(take: (title: MinedTitle) => void) {
  const sources = new Map<string, { waiting: MinedTitle[]; seen: number; about: number; all: boolean | undefined }>()
  const judge = (one: { waiting: MinedTitle[]; seen: number; about: number; all: boolean | undefined }): void => {
    one.all = one.about >= LEAST_SHARE * one.seen
    for (const title of one.waiting) if (one.all || title.clothing.length) take(title)
    one.waiting = []
  }
  return {
    pass(title: MinedTitle): void {
      const one = sources.get(title.source) ?? { waiting: [], seen: 0, about: 0, all: undefined }
      sources.set(title.source, one)
      one.seen++
      if (title.clothing.length) one.about++
      if (one.all !== undefined) {
        if (one.all || title.clothing.length) take(title)
        return
      }
      one.waiting.push(title)
      if (one.seen >= JUDGED_BY) judge(one)
    },
    end(): void {
      for (const one of sources.values()) if (one.all === undefined) judge(one)
    },
  }
}
