import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Option, type Command } from 'commander'
import { system } from '../../core/actor.ts'
import { parse } from '../../core/parse.ts'
import { LANGS, type Lang } from '../../core/values.ts'
import { FORMATS } from '../../stages/1-trends/model.ts'
import type { Using } from './program.ts'

const me = system('cli')
const languageOf = (): Option => new Option('--lang <lang>').choices([...LANGS]).default('zh')

/** `firstcut sources`, `ingest`, `trends`: what is read, from where, and what rises in it. */
export function trendCommands(program: Command, using: Using, lang: Lang, note: (text: string) => void): void {
  sourceCommands(program, using, lang)
  ingestCommand(program, using)
  program
    .command('trends')
    .description('what is rising and why')
    .option('--week <day>', 'any day of the week')
    .option('--limit <n>', 'how many', '20')
    .action((options: { week?: string; limit: string }) =>
      using(async ({ trends }) => {
        const { week, limit } = options
        const json = await trends.listTrends(me, { ...(week ? { week } : {}), limit: Number(limit) })
        const { newest, week: shown } = json
        if (!week && newest && newest > (shown ?? ''))
          note(
            lang === 'zh'
              ? `${newest} 当周没有突出的趋势${shown ? `；以下为 ${shown} 当周` : ''}。`
              : `Nothing stands out in the week of ${newest}${shown ? `; these are of the week of ${shown}` : ''}.`,
          )
        const score = (value: number | null) => (value === null ? '–' : value.toFixed(2))
        return {
          json,
          rows: [
            lang === 'zh'
              ? ['#', '趋势', '类别', '季节将至', '结构上升', '新近爆发', 'id']
              : ['#', 'trend', 'kind', 'season', 'rise', 'burst', 'id'],
            ...json.trends.map((each) => [
              each.rank,
              each.label[lang],
              each.kind,
              score(each.lift),
              score(each.rise),
              score(each.burst),
              each.id,
            ]),
          ],
        }
      })(),
    )
}

function sourceCommands(program: Command, using: Using, lang: Lang): void {
  const sources = program.command('sources').description('where trends are read from')
  sources
    .command('list', { isDefault: true })
    .description('list sources with their last error')
    .action(
      using(async ({ trends }) => {
        const json = await trends.listSources(me)
        return {
          json,
          rows: json.map(({ id, enabled, format, name, url, lastError }) => [
            id,
            enabled ? 'on' : 'off',
            format,
            name,
            url,
            lastError?.[lang],
          ]),
        }
      }),
    )
  sources
    .command('add <url>')
    .description('add a feed by its address and read it')
    .requiredOption('--name <name>')
    .addOption(languageOf())
    .action((url: string, options: { name: string; lang: Lang }) =>
      using(async ({ trends }, settle) => {
        const { id } = await trends.addSource(me, { url, ...options })
        await settle()
        return { json: await trends.getSource(me, { id }) }
      })(),
    )
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
        const given = { ...options, fileName: basename(file), bytes: await readFile(file) }
        const upload = parse(trends.upload.action.input, given, 'ingest')
        if (preview) return { json: await trends.previewUpload(me, upload) }
        const json = await trends.upload(me, upload)
        await settle()
        return { json }
      })(),
    )
}
