import stringWidth from 'string-width'
import { Command, Option } from 'commander'
import type { Problem } from '../../core/errors.ts'
import type { Lang } from '../../core/values.ts'
import { listEvents } from '../../stages/0-house/actions/list-events.ts'
import { accountCommands, keyCommands } from './accounts.ts'
import { actionCommand, LIMIT } from './action-command.ts'
import { backupCommands, type Restore } from './backups.ts'
import { decideCommand } from './decide.ts'
import { demandCommands } from './demand.ts'
import { designCommands } from './designs.ts'
import { factoryCommands } from './factories.ts'
import { peopleCommands } from './people.ts'
import { pruneCommand } from './pruning.ts'
import { parcelCommands } from './parcels.ts'
import { partnerCommands } from './partners.ts'
import { returnCommands } from './returns.ts'
import { orderCommands, parkedCommands, reorderCommands } from './production.ts'
import { auditCommands } from './security.ts'
import { secretCommands } from './secrets.ts'
import { evaluateCommand } from './evaluate.ts'
import { makeableCommand } from './makeable.ts'
import { termsCommands } from './terms.ts'
import { trendCommands } from './trends.ts'
import type { FeedReader } from '../../engines/ports.ts'
import type { Line } from '../line.ts'
import { words } from './messages.ts'

export interface Session {
  line: Line
  /** Run everything the command set going, to its end. */
  settle(): Promise<void>
  close(): Promise<void>
}

export interface CliParts {
  open: () => Promise<Session>
  lang: Lang
  print: (text: string) => void
  /** How far a long work has come, beside its result; nowhere without. */
  note?: (text: string) => void
  /** Puts a backup in the place of the database; opens and closes everything itself. */
  restore?: Restore
  /** Opens what reads exports, feeds and lists; whoever asks closes it. */
  reader?: () => FeedReader
}

const nothingToRead = (): FeedReader => {
  throw new Error('this program reads no exports')
}

const nothingToRestore: Restore = async () => {
  throw new Error('this program restores nothing')
}

/** Runs a command's work with a line, prints its rows or its JSON, closes the line; `failed` ends the process with 1. */
export type Using = (
  work: (
    line: Line,
    settle: () => Promise<void>,
  ) => Promise<{ rows?: unknown[][] | undefined; json: unknown; failed?: Problem | undefined }>,
) => () => Promise<void>

/** Rows in columns as wide as their widest cell; Chinese characters count two. */
function columns(rows: readonly (readonly unknown[])[]): string {
  const cells = rows.map((row) => row.map((cell) => String(cell ?? '–')))
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => stringWidth(row[column] ?? ''))))
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(cell))))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Every command of `firstcut`. Each opens the line, calls the same actions as the pages and the API, and closes it. */
export function buildCli({
  open,
  lang,
  print,
  note = () => {},
  restore = nothingToRestore,
  reader = nothingToRead,
}: CliParts): Command {
  const program = new Command('firstcut').description('Nothing is cut until it is sold.').version('0.1.0')
  program.option('--json', 'print JSON for machines')

  const asksForJson = () => program.opts<{ json?: boolean }>().json ?? false
  const show = ({ rows, json }: { rows?: unknown[][] | undefined; json: unknown }): void => {
    if (asksForJson() || !rows) return print(JSON.stringify(json, null, 2))
    print(rows.length ? columns(rows) : words.say(lang, 'nothing'))
  }

  /** Run a command with a line, print its rows or its JSON. */
  const using: Using = (work) => async () => {
    const session = await open()
    try {
      const { failed, ...result } = await work(session.line, () => session.settle())
      if (!failed || asksForJson() || result.rows?.length !== 0) show(result)
      if (failed) throw failed
    } finally {
      await session.close()
    }
  }

  const trends = trendCommands(program, using, lang, note)
  makeableCommand(trends, lang, show)
  evaluateCommand(trends, { lang, reader, show })

  designCommands(program, using, lang)
  demandCommands(program, using, lang)
  partnerCommands(program, using, lang)
  factoryCommands(program, using)
  orderCommands(program, using)
  parcelCommands(program, using, lang)
  returnCommands(program, using)
  reorderCommands(program, using)
  decideCommand(program, show)
  actionCommand(program, using, listEvents, ({ operations }) => operations.listEvents, {
    name: 'events',
    does: 'what happened, newest first',
    options: { name: new Option('--name <name>') },
    read: (typed: { name?: string }) => ({ ...typed, limit: LIMIT }),
    rows: (done) => done.map((each) => [each.at.toISOString(), each.name, each.actor, JSON.stringify(each.payload)]),
  })
  parkedCommands(program, using)
  auditCommands(program, using, lang)
  secretCommands(program, using, lang, print)
  peopleCommands(program, using, lang)
  termsCommands(program, using)
  pruneCommand(program, using)
  backupCommands(program, using, { lang, note, show, restore })

  accountCommands(program, using, lang)
  keyCommands(program, using)
  program
    .command('settle')
    .description('do everything that is due now, as the worker would, then end')
    .action(
      using(async ({ operations }, settle) => {
        await settle()
        return { json: await operations.counts() }
      }),
    )
  return program
}
