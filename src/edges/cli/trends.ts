import { basename } from 'node:path'
import { Option, type Command } from 'commander'
import { parse } from '../../core/parse.ts'
import { LANGS, type Lang } from '../../core/values.ts'
import { CATEGORIES, TEXTURES } from '../../garments/index.ts'
import { acceptWord } from '../../stages/1-trends/actions/accept-word.ts'
import { addSource } from '../../stages/1-trends/actions/add-source.ts'
import { listSources } from '../../stages/1-trends/actions/list-sources.ts'
import { dismissWord } from '../../stages/1-trends/actions/dismiss-word.ts'
import { exportWords } from '../../stages/1-trends/actions/export-words.ts'
import { importWords } from '../../stages/1-trends/actions/import-words.ts'
import { listTrends } from '../../stages/1-trends/actions/list-trends.ts'
import { listWords } from '../../stages/1-trends/actions/list-words.ts'
import { mergeWord } from '../../stages/1-trends/actions/merge-word.ts'
import { undoWord } from '../../stages/1-trends/actions/undo-word.ts'
import { listUnfollowed } from '../../stages/2-designs/actions/list-unfollowed.ts'
import { FORMATS, TREND_SORTS, type TrendSort } from '../../stages/1-trends/model.ts'
import { TERM_KINDS } from '../../stages/1-trends/vocabulary/term.ts'
import { WORD_STATES } from '../../stages/1-trends/words.ts'
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
  wordCommands(program, using, lang)
  return trends
}

/** `firstcut words`: what people say that the vocabulary lacks, and what is decided of it. */
function wordCommands(program: Command, using: Using, lang: Lang): void {
  const group = program.command('words').description('new words, and the house’s own vocabulary')
  const why = { reason: new Option('--reason <text>', 'for whoever asks later') }
  actionCommand(group, using, listWords, ({ trends }) => trends.listWords, {
    name: 'list',
    does: 'words that the vocabulary lacks, the strongest of the newest week first',
    isDefault: true,
    options: { state: new Option('--state <state>').choices([...WORD_STATES]).default('new') },
    read: ({ state }: { state: string }) => ({ state }),
    rows: ({ items }) =>
      items.map(({ word, week, burst, lift, rise, evidence, id }) => [
        word,
        week,
        score(burst ?? lift ?? rise),
        evidence.items[0]?.title ?? evidence.sources.join(', '),
        evidence.inside.map(({ label }) => label[lang]).join(' + '),
        id,
      ]),
  })
  actionCommand(group, using, acceptWord, ({ trends }) => trends.acceptWord, {
    name: 'accept <id>',
    does: 'add a word to the vocabulary, with what it means',
    options: {
      kind: new Option('--kind <kind>').choices([...TERM_KINDS]).makeOptionMandatory(),
      labelZh: new Option('--label-zh <text>'),
      labelEn: new Option('--label-en <text>'),
      category: new Option('--category <category>').choices([...CATEGORIES]),
      texture: new Option('--texture <texture>').choices([...TEXTURES]),
      colour: new Option('--colour <hex>'),
      details: new Option('--details <slot:option...>'),
      parts: new Option('--parts <term...>', 'terms that are said inside it'),
      ...why,
    },
    read: (typed: object) => typed,
    settles: true,
  })
  actionCommand(group, using, mergeWord, ({ trends }) => trends.mergeWord, {
    name: 'merge <id>',
    does: 'a word is another wording of a term',
    options: { into: new Option('--into <term>').makeOptionMandatory(), ...why },
    read: (typed: object) => typed,
    settles: true,
  })
  actionCommand(group, using, dismissWord, ({ trends }) => trends.dismissWord, {
    name: 'dismiss <id>',
    does: 'a word is none: it is not proposed again',
    options: why,
    read: (typed: object) => typed,
  })
  actionCommand(group, using, undoWord, ({ trends }) => trends.undoWord, {
    name: 'undo <id>',
    does: 'take back what was decided last',
    options: why,
    read: (typed: object) => typed,
    settles: true,
  })
  actionCommand(group, using, exportWords, ({ trends }) => trends.exportWords, {
    name: 'export',
    does: 'the house’s own words as a vocabulary file',
  })
  actionCommand(group, using, importWords, ({ trends }) => trends.importWords, {
    name: 'import <file>',
    does: 'take over a vocabulary file, whole or not at all',
    options: why,
    read: async ({ file, ...rest }: { file: string }) => ({ ...rest, file: (await readGiven(file)).toString('utf8') }),
    settles: true,
  })
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
