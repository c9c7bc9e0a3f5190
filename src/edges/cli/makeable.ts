import type { Command } from 'commander'
import type { Lang } from '../../core/values.ts'
import { countMakeable } from '../../stages/1-trends/makeable.ts'
import { textsGiven } from './given-texts.ts'
import { words } from './messages.ts'

/** Lines for people; machines get all. */
const SHOWN = 30

/** `firstcut trends makeable`: how much of what texts ask for the house can make. Opens no database. */
export function makeableCommand(
  trends: Command,
  lang: Lang,
  show: (result: { rows?: unknown[][]; json: unknown }) => void,
): void {
  trends
    .command('makeable <place>')
    .description('the share of garments named in a text file or folder that can be made, and those that cannot')
    .action(async (place: string) => {
      const counted = countMakeable()
      for await (const text of textsGiven(place)) counted.take(text)
      const json = counted.told()
      const { share, mentions, made, missing } = json
      show({
        json,
        rows: [
          [words.say(lang, 'makeable.share', { percent: Math.round((share ?? 0) * 1000) / 10, made, mentions })],
          ...missing.slice(0, SHOWN).map((each) => [each.mentions, each.label[lang], each.term]),
        ],
      })
    })
}
