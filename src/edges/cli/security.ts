import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Option, type Command } from 'commander'
import type { Lang } from '../../core/values.ts'
import { exportLog } from '../../stages/0-house/actions/export-log.ts'
import { listLog } from '../../stages/0-house/actions/list-log.ts'
import { verifyLog } from '../../stages/0-house/actions/verify-log.ts'
import { LOG_FORMATS } from '../../stages/0-house/security.ts'
import { actionCommand, LIMIT } from './action-command.ts'
import { refused } from './messages.ts'
import type { Using } from './program.ts'
import { ACT, faultWords } from '../ui/security-words.ts'
import { wordFor } from '../ui/words.ts'

/** `firstcut audit`: the security log at the machine itself. */
export function auditCommands(program: Command, using: Using, lang: Lang): void {
  const audit = program.command('audit').description('the security log: who did what that somebody answers for')
  actionCommand(audit, using, listLog, (line) => line.security.list, {
    name: 'list',
    does: 'newest first',
    isDefault: true,
    options: {
      act: new Option('--act <act>', 'one act (key.made) or all of a kind (key)'),
      about: new Option('--about <tag>', 'user:…, key:… or factory:…: what it did and what was done to it'),
    },
    read: (filter: object) => ({ ...filter, limit: LIMIT }),
    rows: (done) =>
      done.map((each) => [
        each.seq,
        each.at.toISOString(),
        wordFor({ lang }, ACT, each.act),
        each.actor,
        each.subject,
        JSON.stringify(each.details),
      ]),
  })
  actionCommand(audit, using, exportLog, (line) => line.security.export, {
    name: 'export <file>',
    does: 'write the whole log into a file',
    options: { format: new Option('--format <format>').choices([...LOG_FORMATS]).default('ndjson') },
    read: ({ format }: { format: string }) => ({ format }),
    async as(lines, { file }: { file: string }) {
      await pipeline(lines, createWriteStream(file, { mode: 0o600 }))
      return { file }
    },
  })
  actionCommand(audit, using, verifyLog, (line) => line.security.verify, {
    name: 'verify',
    does: 'name every row that was changed, is missing or changed places; ends with 1 if there is one',
    options: { head: new Option('--head <head>', 'the head of an earlier verification, kept elsewhere: 12:ab34…') },
    rows: ({ faults, rows, head }) => (faults.length ? [] : [[rows, head ? `${head.seq}:${head.hash}` : '–']]),
    failed({ faults }) {
      if (!faults.length) return undefined
      const words = faults.map(faultWords)
      return refused('security.log-changed', {
        faults: { en: words.map(({ en }) => en).join(' '), zh: words.map(({ zh }) => zh).join('') },
      })
    },
  })
}
