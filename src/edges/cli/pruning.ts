import type { Command } from 'commander'
import { pruneOld } from '../../stages/0-house/actions/prune-old.ts'
import { actionCommand } from './action-command.ts'
import type { Using } from './program.ts'

/** `firstcut prune`: what is old and over is put away, as the worker does every hour. */
export function pruneCommand(program: Command, using: Using): void {
  actionCommand(program, using, pruneOld, (line) => line.pruning.prune, {
    name: 'prune',
    does: 'put events, messages, letters, sessions and design runs that are old and over into an archive (KEEP_…_DAYS)',
    options: { dryRun: 'say how many there are, and change nothing' },
    rows: (done) => done.map(({ what, rows, archives }) => [what, rows, archives.join(' ')]),
  })
}
