/**
 * npm run replay: what the rules of demand are worth, on orders of a shop that really sold. Beliefs are learned from the
 * launches before a day and judged by those after it; the rule that counted units, and a season ordered at once, stand
 * beside them. `-- --json` ends with one line for machines.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { replayChance, WINDOW_DAYS, type ChanceReplay } from './replay/chance.ts'
import { replayReorders, SEASON } from './replay/reorder.ts'
import { launchesIn, readOrders } from './replay/sales.ts'
import { table } from './table.ts'

const { values } = parseArgs({
  options: {
    input: { type: 'string', default: '../shared/data/uci_retail/orders_2010-12_2011-05.csv.gz' },
    split: { type: 'string', default: '2011-03-01' },
    json: { type: 'boolean', default: false },
  },
})
const split = new Date(`${values.split}T00:00:00Z`)
if (Number.isNaN(split.getTime())) throw new Error(`--split ${values.split} is no day; write it as 2011-03-01`)

const two = (value: number | null): string => (value === null ? '–' : value.toFixed(2))

function print({ learnedFrom, judged, reached, at }: ChanceReplay): void {
  console.log(
    `Chance of reaching a goal: learned from ${learnedFrom} launches, judged on ${judged} (${two(reached)} of their goals reached). Log loss:`,
  )
  console.log(
    table(
      ['elapsed', 'people × units', 'nothing closed yet', 'units alone', 'always the usual', 'ratio to units alone'],
      at.map((each) =>
        [each.elapsed, each.rule, each.ignorant, each.byUnits, each.usual, each.ratio].map((value) => two(value)),
      ),
    ),
  )
  for (const { elapsed, calibration } of at) {
    console.log(`\nWhat was said at ${elapsed * 100} % of the window, and what came true:`)
    console.log(
      table(
        ['said', 'goals', 'mean said', 'came true'],
        calibration.map(({ from, to, told, said, came }) => [`${from}–${to}`, String(told), two(said), two(came)]),
      ),
    )
  }
}

if (!existsSync(values.input)) {
  console.error(
    `Skipped: ${values.input} is not there. Give the orders of a shop with --input (columns as UCI Online Retail).`,
  )
  process.exitCode = values.json ? 1 : 0
} else {
  const articles = readOrders(values.input)
  const chance = replayChance(launchesIn(articles, WINDOW_DAYS), split)
  print(chance)
  const reorder = replayReorders(launchesIn(articles, SEASON.days), split)
  console.log(
    `\nReorders over ${reorder.articles} seasons of ${SEASON.days} days: ${reorder.reorder.toFixed(1)} an article against ${reorder.oneShot.toFixed(1)} ordered at once, ${(reorder.saved * 100).toFixed(0)} % less.`,
  )
  if (values.json) console.log(JSON.stringify({ chance, reorder }))
}
