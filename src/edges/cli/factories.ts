import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { system } from '../../core/actor.ts'
import type { Using } from './program.ts'

const me = system('cli')
const LIMIT = 100

/** `firstcut factories`: who makes it, and the secrets between us. */
export function factoryCommands(program: Command, using: Using): void {
  const factories = program.command('factories').description('factories')
  factories.command('list', { isDefault: true }).action(
    using(async ({ dispatch }) => {
      const json = await dispatch.listFactories(me, { limit: LIMIT })
      return {
        json,
        rows: json.map((each) => [
          each.id,
          each.state,
          each.country,
          each.name,
          each.categories.join(','),
          each.endpoint,
        ]),
      }
    }),
  )
  factories
    .command('add <file>')
    .description('register a factory from a JSON file; its secret is printed once')
    .action((file: string) =>
      using(async ({ dispatch }) => ({
        json: await dispatch.createFactory(me, JSON.parse(await readFile(file, 'utf8'))),
      }))(),
    )
  factories
    .command('import <file>')
    .description('read a list of factories (CSV or .xlsx)')
    .action((file: string) =>
      using(async ({ dispatch }) => ({
        json: await dispatch.importFactories(me, { list: await readFile(file), fileName: basename(file) }),
      }))(),
    )
  factories
    .command('ping <id>')
    .description('send the signed test message; answered, the factory is active')
    .action((id: string) => using(async ({ dispatch }) => ({ json: await dispatch.pingFactory(me, { id }) }))())

  factories
    .command('rotate <id>')
    .description('a new webhook secret, printed once; the old one signs beside it for a while')
    .option('--now', 'a secret has leaked: every earlier one stops at once')
    .action((id: string, { now }: { now?: boolean }) =>
      using(async ({ dispatch }) => ({
        json: now ? await dispatch.replaceSecret(me, { id }) : await dispatch.rotateSecret(me, { id }),
      }))(),
    )
  factories
    .command('revoke <id>')
    .description('earlier webhook secrets stop at once; the present one stays')
    .action((id: string) => using(async ({ dispatch }) => ({ json: await dispatch.revokeOldSecrets(me, { id }) }))())
}
