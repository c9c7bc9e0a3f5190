import { Option, type Command } from 'commander'
import type { Lang } from '../../core/values.ts'
import { listMasterKeys } from '../../stages/0-house/actions/list-master-keys.ts'
import { rotateMasterKey } from '../../stages/0-house/actions/rotate-master-key.ts'
import { actionCommand } from './action-command.ts'
import { words } from './messages.ts'
import type { Using } from './program.ts'

/** What a key is good for. */
function useOf(lang: Lang, writes: boolean, linksUntil: Date | null): string {
  if (writes) return words.say(lang, 'secrets.writes')
  return linksUntil
    ? words.say(lang, 'secrets.links', { day: linksUntil.toISOString() })
    : words.say(lang, 'secrets.reads')
}

/** `firstcut secrets`: what lies under which master key, and everything under a new one. */
export function secretCommands(program: Command, using: Using, lang: Lang, print: (text: string) => void): void {
  const secrets = program.command('secrets').description('master keys, and what is sealed under them')
  actionCommand(secrets, using, listMasterKeys, (line) => line.secrets.list, {
    name: 'list',
    does: 'each master key and how much is sealed under it',
    isDefault: true,
    rows: (done) =>
      done.map(({ id, writes, linksUntil, sealed }) => [
        id,
        useOf(lang, writes, linksUntil),
        ...Object.entries(sealed).map(([name, count]) => `${name} ${count}`),
      ]),
  })
  actionCommand(secrets, using, rotateMasterKey, (line) => line.secrets.rotate, {
    name: 'rotate',
    does: 'seal everything under a new master key while the server works; stopped, run it again',
    options: {
      linksUntil: new Option(
        '--links-until <day>',
        'until when links signed before are good, e.g. 2027-06-30 (default: 180 days)',
      ),
    },
    read(typed: { linksUntil?: string }) {
      let last = 0
      const told = (count: number, name: string) => {
        if (program.opts<{ json?: boolean }>().json || (count - last < 1000 && count >= last)) return
        last = count
        print(`${name}: ${count}`)
      }
      return { ...typed, told }
    },
  })
}
