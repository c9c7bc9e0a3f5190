import type { Command } from 'commander'
import type { Lang } from '../../core/values.ts'
import { erasePerson } from '../../stages/0-house/actions/erase-person.ts'
import { exportPerson } from '../../stages/0-house/actions/export-person.ts'
import { actionCommand } from './action-command.ts'
import { words } from './messages.ts'
import type { Using } from './program.ts'

/** `firstcut people`: what is held on somebody, handed out or taken away. */
export function peopleCommands(program: Command, using: Using, lang: Lang): void {
  const people = program.command('people').description('what is held on a person')
  actionCommand(people, using, exportPerson, (line) => line.people.export, {
    name: 'export <email>',
    does: 'everything held on a person, as JSON',
  })
  actionCommand(people, using, erasePerson, (line) => line.people.erase, {
    name: 'erase <email>',
    does: 'make it nobody’s; what is under way stays, with its reason, and goes when it ends',
    rows: ({ erased, kept }) => [
      [words.say(lang, 'people.erased'), words.say(lang, 'people.counts', { ...erased })],
      ...kept.map(({ what, id, why }) => [words.say(lang, 'people.stays'), `${what} ${id}: ${why[lang]}`]),
    ],
  })
}
