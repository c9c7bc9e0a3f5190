import type { Command } from 'commander'
import { z } from 'zod'
import { parse } from '../../core/parse.ts'
import { Problem } from '../../core/errors.ts'
import type { Lang } from '../../core/values.ts'
import type { FeedReader } from '../../engines/ports.ts'
import { copyAccuracy } from '../../stages/1-trends/evaluating/copy.ts'
import { countFalseWords } from '../../stages/1-trends/evaluating/words.ts'
import { seriesMeasured, type Measured } from './evaluate-series.ts'
import { readGiven, readGivenJson } from './given-file.ts'
import { filesOf } from './given-series.ts'
import { textsGiven } from './given-texts.ts'
import { refused, words } from './messages.ts'

interface Given {
  /** What a reader says of the lines of a list. */
  labels?: string
  /** The day from which bursts are asked about. */
  since?: string
}

/** One thing that can be measured: undefined for a file that it does not know. */
type Measure = (file: string, given: Given, lang: Lang) => Promise<Measured | undefined>

const percent = (share: number | null): number => Math.round((share ?? 0) * 1000) / 10

const lineNumbers = z.array(z.int().positive())
const wordLabels = z.object({
  clothes: lineNumbers,
  other: lineNumbers,
  mixed: z.record(z.string().regex(/^\d+$/), z.array(z.string())).default({}),
})

/** Titles, held against what a reader says of their lines. */
const falseWords: Measure = async (file, { labels }, lang) => {
  if (labels === undefined) return undefined
  const told = parse(wordLabels, await readGivenJson(labels), 'trends.labels')
  const titles: string[] = []
  for await (const title of textsGiven(file)) titles.push(title)
  const counted = countFalseWords((line) => titles[line - 1], told)
  const { hits, wrong, terms } = counted
  return {
    file,
    measure: 'falseWords',
    told: counted,
    rows: [
      [words.say(lang, 'evaluate.false-words', { percent: percent(counted.share), hits, wrong })],
      ...terms.map((each) => [each.wrong, each.label[lang], each.term]),
    ],
  }
}

const labelledCopy = z.object({ content: z.string().includes('#'), summary: z.string() })

/** A labelled copy a line. */
const copy: Measure = async (file, _given, lang) => {
  if (!/\.(json|jsonl|ndjson)$/i.test(file)) return undefined
  const lines = (await readGiven(file)).toString('utf8').trim().split(/\r?\n/)
  const copies = lines.map((line) => labelledCopy.safeParse(parsed(line)))
  if (!copies.length || copies.some(({ success }) => !success)) return undefined
  const told = copyAccuracy(copies.flatMap(({ data }) => data ?? []))
  const row = (name: 'evaluate.known' | 'evaluate.strict', { values, precision, recall, f1 }: typeof told.known) => [
    words.say(lang, name, { values }),
    `F1 ${f1.toFixed(3)}`,
    `P ${precision.toFixed(3)}`,
    `R ${recall.toFixed(3)}`,
  ]
  return { file, measure: 'copy', told, rows: [row('evaluate.known', told.known), row('evaluate.strict', told.strict)] }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** By the first that knows them, the files of a place that are no series; and what is left of it as series. */
async function measuredOf(place: string, given: Given, { lang, reader }: Of): Promise<Measured[]> {
  const labelled = await falseWords(place, given, lang)
  if (labelled) return [labelled]
  const copies: Measured[] = []
  for (const file of await filesOf(place)) {
    const measured = await copy(file, given, lang)
    if (measured) copies.push(measured)
  }
  if (copies[0]?.file === place) return copies
  const { measured, why } = await seriesMeasured(place, { reader, since: given.since, lang })
  if (!measured.length && !copies.length)
    throw refused('cli.nothing-to-measure', { file: place, why: why instanceof Problem ? why.say(lang) : '' })
  return [...copies, ...measured]
}

interface Of {
  lang: Lang
  reader: Pick<FeedReader, 'read'>
}

interface Parts {
  lang: Lang
  reader: () => FeedReader
  show: (result: { rows?: unknown[][]; json: unknown }) => void
}

/** `firstcut trends evaluate`: how good the product is on files that it is given. Opens no database. */
export function evaluateCommand(trends: Command, { lang, reader, show }: Parts): void {
  trends
    .command('evaluate <files...>')
    .description(
      'how good scores and forecasts are on a panel, or a file or folder of titles by day; how well attributes are found in labelled copy; or (with --labels) which words of a list mislead',
    )
    .option('--labels <file>', 'what a reader says of the lines of a list: {"clothes": […], "other": […]}')
    .option('--since <day>', 'ask about bursts from this day on (default: a year after the first)')
    .action(async (files: string[], given: Given) => {
      const open = reader()
      const all: Measured[] = []
      try {
        for (const file of files) all.push(...(await measuredOf(file, given, { lang, reader: open })))
      } finally {
        await open.close()
      }
      show({
        json: all.map(({ file, measure, told }) => ({ file, measure, ...told })),
        rows: all.flatMap(({ file, rows }) => [[file], ...rows]),
      })
    })
}
