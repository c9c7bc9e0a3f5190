import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Option, type Command } from 'commander'
import { system } from '../../core/actor.ts'
import type { Lang } from '../../core/values.ts'
import { LOG_FORMATS, type LogFormat } from '../../stages/0-house/security.ts'
import { refused } from './messages.ts'
import type { Using } from './program.ts'
import { ACT, faultWords } from '../ui/security-words.ts'
import { wordFor } from '../ui/words.ts'

const me = system('cli')
const LIMIT = 100

/** `firstcut audit`: the security log at the machine itself. */
export function auditCommands(program: Command, using: Using, lang: Lang): void {
  const audit = program.command('audit').description('the security log: who did what that somebody answers for')
  audit
    .command('list', { isDefault: true })
    .description('newest first')
    .option('--act <act>', 'one act (key.made) or all of a kind (key)')
    .option('--about <tag>', 'user:…, key:… or factory:…: what it did and what was done to it')
    .action((filter: { act?: string; about?: string }) =>
      using(async ({ security }) => {
        const json = await security.list(me, { ...filter, limit: LIMIT })
        return {
          json,
          rows: json.map((each) => [
            each.seq,
            each.at.toISOString(),
            wordFor({ lang }, ACT, each.act),
            each.actor,
            each.subject,
            JSON.stringify(each.details),
          ]),
        }
      })(),
    )
  audit
    .command('export <file>')
    .description('write the whole log into a file')
    .addOption(new Option('--format <format>').choices([...LOG_FORMATS]).default('ndjson'))
    .action((file: string, { format }: { format: LogFormat }) =>
      using(async ({ security }) => {
        await pipeline(await security.export(me, { format }), createWriteStream(file, { mode: 0o600 }))
        return { json: { file } }
      })(),
    )
  audit
    .command('verify')
    .description('name every row that was changed, is missing or changed places; ends with 1 if there is one')
    .option('--head <head>', 'the head of an earlier verification, kept elsewhere: 12:ab34…')
    .action(({ head }: { head?: string }) =>
      using(async ({ security }) => {
        const json = await security.verify(me, { head })
        if (!json.faults.length)
          return { json, rows: [[json.rows, json.head ? `${json.head.seq}:${json.head.hash}` : '–']] }
        const words = json.faults.map(faultWords)
        const faults = { en: words.map(({ en }) => en).join(' '), zh: words.map(({ zh }) => zh).join('') }
        return { json, rows: [], failed: refused('security.log-changed', { faults }) }
      })(),
    )
}
