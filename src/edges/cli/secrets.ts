import type { Command } from 'commander'
import { system } from '../../core/actor.ts'
import type { Lang } from '../../core/values.ts'
import { words } from './messages.ts'
import type { Using } from './program.ts'

const me = system('cli')

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
  secrets
    .command('list', { isDefault: true })
    .description('each master key and how much is sealed under it')
    .action(
      using(async ({ secrets: keys }) => {
        const json = await keys.list(me)
        return {
          json,
          rows: json.map(({ id, writes, linksUntil, sealed }) => [
            id,
            useOf(lang, writes, linksUntil),
            ...Object.entries(sealed).map(([name, count]) => `${name} ${count}`),
          ]),
        }
      }),
    )
  secrets
    .command('rotate')
    .description('seal everything under a new master key while the server works; stopped, run it again')
    .option('--links-until <day>', 'until when links signed before are good, e.g. 2027-06-30 (default: 180 days)')
    .action((options: { linksUntil?: string }) =>
      using(async ({ secrets: keys }) => {
        let told = 0
        const tell = (count: number, name: string) => {
          if (program.opts<{ json?: boolean }>().json || (count - told < 1000 && count >= told)) return
          told = count
          print(`${name}: ${count}`)
        }
        const json = await keys.rotate(me, { ...options, told: tell })
        return { json }
      })(),
    )
}
