/** Copies of everything at the terminal: made, listed, verified, put back. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Lang } from '../../core/values.ts'
import type { Manifest } from '../../engines/ports.ts'
import { listBackups } from '../../stages/0-house/actions/list-backups.ts'
import { makeBackup } from '../../stages/0-house/actions/make-backup.ts'
import { verifyBackup } from '../../stages/0-house/actions/verify-backup.ts'
import type { Difference } from '../../stages/5-demand/ledger.ts'
import { actionCommand } from './action-command.ts'
import { words } from './messages.ts'
import type { Using } from './program.ts'

export type RestoreStep = 'verifying' | 'unpacking' | 'exchanging' | 'auditing'

export interface RestoreOptions {
  /** Although a server is connected (PostgreSQL), or the master secret is another one. */
  force?: boolean
  progress?: (done: number, total: number, step: RestoreStep) => void
  step?: (step: RestoreStep) => void
}

export interface RestoreReport {
  manifest: Manifest
  /** Where the database from before lies: a file, or a schema. */
  kept: string | undefined
  differences: Difference[]
  /** People who asked to be erased after the backup was made, and are erased in it too. */
  erasedAgain: number
  /** Hashes that the database names and the file store does not have. */
  missingFiles: string[]
}

export type Restore = (file: string, options: RestoreOptions) => Promise<RestoreReport>

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(bytes < 100_000_000 ? 1 : 0)

/** One line for each twentieth of the way. */
function told(lang: Lang, note: (text: string) => void): (done: number, total: number, what: string) => void {
  let last = -1
  return (done, total, what) => {
    const part = Math.floor((done / Math.max(total, 1)) * 20)
    if (part === last) return
    last = part
    note(words.say(lang, 'progress.part', { what, percent: part * 5, done: megabytes(done), total: megabytes(total) }))
  }
}

/** What a person does next about the master secret. */
const aboutSecret = ({ secret }: Pick<Manifest, 'secret'>, lang: Lang): string =>
  words.say(lang, secret.sealed ? 'backup.sealed' : 'backup.no-secret', { id: secret.keys[0] ?? '' })

function reportRows(
  { manifest, kept, differences, missingFiles, erasedAgain }: RestoreReport,
  lang: Lang,
): unknown[][] {
  const rows = Object.entries(manifest.rows)
  return [
    [words.say(lang, 'restored.taken'), manifest.takenAt],
    [words.say(lang, 'restored.rows'), `${rows.reduce((sum, [, n]) => sum + n, 0)} (${rows.filter(([name]) => ['campaigns', 'preorders', 'lots', 'production_orders'].includes(name)).map(([name, n]) => `${name} ${n}`).join(', ')})`], // prettier-ignore
    [words.say(lang, 'restored.files'), `${manifest.members.files}, ${manifest.members.mail}`],
    [words.say(lang, 'restored.kept'), kept ?? '–'],
    [words.say(lang, 'restored.differences'), differences.length],
    ...differences.map((each) => ['', each.campaignId, each.field, each.about, each.counted, each.ledger]),
    [words.say(lang, 'restored.erased'), erasedAgain],
    [words.say(lang, 'restored.missing'), missingFiles.length],
    ...missingFiles.slice(0, 20).map((hash) => ['', hash]),
  ]
}

export function backupCommands(
  program: Command,
  using: Using,
  {
    lang,
    note,
    show,
    restore,
  }: {
    lang: Lang
    /** Says beside the result how far it has come. */
    note: (text: string) => void
    show: (result: { rows?: unknown[][]; json: unknown }) => void
    restore: Restore
  },
): void {
  actionCommand(program, using, makeBackup, (line) => line.backups.make, {
    name: 'backup [file]',
    does: 'write database, files and letters into one file while everything works',
    read({ file }: { file?: string }) {
      const progress = told(lang, note)
      return {
        file: file === undefined ? undefined : resolve(file),
        progress: (done: number, total: number) => progress(done, total, words.say(lang, 'progress.backup')),
      }
    },
    as(made) {
      note(aboutSecret(made, lang))
      return made
    },
  })
  const backups = program.command('backups').description('backups there are')
  actionCommand(backups, using, listBackups, (line) => line.backups.list, {
    name: 'list',
    does: 'newest first; one that is not whole is said to be broken',
    isDefault: true,
    rows: (done) =>
      done.backups.map(({ file, bytes, manifest }) => [
        manifest?.takenAt ?? words.say(lang, 'backups.broken'),
        `${megabytes(bytes)} MB`,
        manifest?.by,
        manifest && words.say(lang, 'backups.preorders', { n: manifest.rows['preorders'] ?? 0 }),
        manifest && words.say(lang, manifest.secret.sealed ? 'backups.sealed' : 'backups.no-secret'),
        file,
      ]),
  })
  actionCommand(backups, using, verifyBackup, (line) => line.backups.verify, {
    name: 'verify <file>',
    does: 'hold every member of a backup against its hash; changes nothing',
    read({ file }: { file: string }) {
      const progress = told(lang, note)
      return {
        file: resolve(file),
        progress: (done: number, total: number) => progress(done, total, words.say(lang, 'progress.verifying')),
      }
    },
  })
  program
    .command('restore <file>')
    .description('put a backup in the place of what is there; stop every Firstcut process first')
    .option('--force', 'although a server is connected (PostgreSQL) or the master secret is another one')
    .action(async (file: string, options: { force?: boolean }) => {
      // No line is opened: the database may be damaged, and nobody may use it meanwhile.
      const progress = told(lang, note)
      const report = await restore(resolve(file), {
        force: options.force ?? false,
        progress: (done, total, step) => progress(done, total, words.say(lang, `progress.${step}`)),
        step: (step) => note(words.say(lang, `progress.${step}`)),
      })
      show({ json: report, rows: reportRows(report, lang) })
    })
}
