import { basename } from 'node:path'
import { Option, type Command } from 'commander'
import { parse } from '../../core/parse.ts'
import { LANGS, type Lang } from '../../core/values.ts'
import { addSource } from '../../stages/1-trends/actions/add-source.ts'
import { listSources } from '../../stages/1-trends/actions/list-sources.ts'
import { listTrends } from '../../stages/1-trends/actions/list-trends.ts'
import { listUnfollowed } from '../../stages/2-designs/actions/list-unfollowed.ts'
import { FORMATS, TREND_SORTS, type TrendSort } from '../../stages/1-trends/model.ts'
import { actionCommand, me } from './action-command.ts'
import { words } from './messages.ts'
import { readGiven } from './given-file.ts'
import type { Using } from './program.ts'

const score = (value: number | null): string => (value === null ? '–' : value.toFixed(2))
const languageOf = (): Option => new Option('--lang <lang>').choices([...LANGS]).default('zh')

/** `firstcut sources`, `ingest`, `trends`: what is read, from where, and what rises in it. */
export function trendCommands(program: Command, using: Using, lang: Lang, note: (text: string) => void): Command {
  sourceCommands(program, using, lang)
  ingestCommand(program, using)
  actionCommand(program, using, listTrends, (line) => line.trends.listTrends, {
    name: 'trends',
    does: 'what is rising and why',
    options: {
      week: new Option('--week <day>', 'any day of the week'),
      sort: new Option('--sort <score>', 'in which order').choices([...TREND_SORTS]).default('combined'),
      limit: new Option('--limit <n>', 'how many').default('20'),
    },
    read: ({ week, sort, limit }: { week?: string; sort: TrendSort; limit: string }) => ({
      ...(week ? { week } : {}),
      sort,
      limit: Number(limit),
    }),
    as(page, { week }: { week?: string }) {
      const { newest, week: shown } = page
      if (!week && newest && newest > (shown ?? ''))
        note(shown ? words.say(lang, 'trends.older', { newest, shown }) : words.say(lang, 'trends.none', { newest }))
      return page
    },
    rows: (page) => [
      [
        '#',
        ...(['trend', 'kind', 'season', 'rise', 'burst', 'opens-by'] as const).map((head) =>
          words.say(lang, `trends.${head}`),
        ),
        'id',
      ],
      ...page.trends.map((each) => [
        each.rank,
        each.label[lang],
        each.kind,
        score(each.lift),
        score(each.rise),
        score(each.burst),
        each.opening ? each.opening.opensBy : '–',
        each.id,
      ]),
    ],
  })
  const trends = program.commands.find((each) => each.name() === 'trends') ?? program
  actionCommand(trends, using, listUnfollowed, ({ designs }) => designs.listUnfollowed, {
    name: 'unfollowed',
    does: 'what trends of a month asked for and the house cannot make',
    options: { month: new Option('--month <month>', '2026-11; the newest one without it') },
    rows: ({ items }) =>
      items.map((row) => [
        row.trends.length,
        row.label[lang],
        row.why[lang],
        row.trends.map((each) => each.label[lang]).join(', '),
        row.refused,
      ]),
  })
  return trends
}

function sourceCommands(program: Command, using: Using, lang: Lang): void {
  const sources = program.command('sources').description('where trends are read from')
  actionCommand(sources, using, listSources, ({ trends }) => trends.listSources, {
    name: 'list',
    does: 'list sources with their last error',
    isDefault: true,
    rows: (done) =>
      done.map(({ id, enabled, format, name, url, lastError }) => [
        id,
        enabled ? 'on' : 'off',
        format,
        name,
        url,
        lastError?.[lang],
      ]),
  })
  actionCommand(sources, using, addSource, ({ trends }) => trends.addSource, {
    name: 'add <url>',
    does: 'add a feed by its address and read it',
    options: { name: new Option('--name <name>').makeOptionMandatory(), lang: languageOf() },
    read: (typed: object) => typed,
    settles: true,
    as: ({ id }, _typed, { trends }) => trends.getSource(me, { id }),
  })
}

function ingestCommand(program: Command, using: Using): void {
  program
    .command('ingest <file>')
    .description('read a feed or an export from a file')
    .option('--name <name>', 'name of the upload source (default: by the kind of file)')
    .addOption(new Option('--format <format>', 'what it is').choices([...FORMATS]).default('auto'))
    .addOption(languageOf())
    .option('--region <region>')
    .option('--columns <columns>', 'which column is what: "date=统计日期; product=商品名称; units=支付件数"')
    .addOption(
      new Option('--dates <order>', 'which number of 5/2/25 is the month').choices([
        'auto',
        'month-first',
        'day-first',
      ]),
    )
    .option('--preview', 'only say what would be read, and store nothing')
    .action((file: string, { preview, ...options }: Record<string, unknown>) =>
      using(async ({ trends }, settle) => {
        const given = { ...options, fileName: basename(file), bytes: await readGiven(file) }
        const upload = parse(trends.upload.action.input, given, 'ingest')
        if (preview) return { json: await trends.previewUpload(me, upload) }
        const json = await trends.upload(me, upload)
        await settle()
        return { json }
      })(),
    )
}
