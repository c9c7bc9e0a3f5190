import { Argument, Option, type Command } from 'commander'
import { pastRow, RULE_NAMES, RULES, type RuleName } from '../../stages/8-reorders/rules.ts'
import { readRows } from '../../stages/8-reorders/reading.ts'
import { readGiven } from './given-file.ts'

/** A figure for people: a share or a count, not seventeen digits. */
const short = (value: unknown): unknown => {
  if (typeof value === 'number') return Number(value.toPrecision(4))
  if (Array.isArray(value)) return value.map(short).join('–')
  if (!value || typeof value !== 'object') return value
  const { low, median, high } = value as Record<string, unknown>
  return low === undefined ? undefined : [low, median, high].map(short).join('–')
}

const textOf = async (file: string): Promise<string> => (await readGiven(file)).toString('utf8')

/** `firstcut decide`: one of the rules, asked about every row of a table. Needs no database and opens none. */
export function decideCommand(program: Command, show: (result: { rows?: unknown[][]; json: unknown }) => void): void {
  program
    .command('decide')
    .description('ask a rule about each row of a table: will it reach its goal, is it losing, reorder how many')
    .addArgument(new Argument('<rule>', 'which').choices(RULE_NAMES))
    .addOption(new Option('--input <file>', 'a CSV with the rule’s columns').makeOptionMandatory())
    .option('--history <file>', 'a CSV of campaigns that are over (buyers, units, days): what is believed beforehand')
    .action(async (name: RuleName, { input, history }: { input: string; history?: string }) => {
      const past = history ? readRows(await textOf(history), pastRow) : []
      const { row, decide } = RULES[name]
      const rows = readRows(await textOf(input), row)
      const json = rows.map((each, index): Record<string, unknown> => ({
        row: index + 1,
        ...decide(each as never, past),
      }))
      const heads = [
        ...new Set(json.flatMap((each) => Object.keys(each).filter((key) => short(each[key]) !== undefined))),
      ]
      show({ json, rows: [heads, ...json.map((each) => heads.map((head) => short(each[head]) ?? ''))] })
    })
}
