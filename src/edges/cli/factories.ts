import { basename } from 'node:path'
import type { Command } from 'commander'
import { createFactory } from '../../stages/6-dispatch/actions/create-factory.ts'
import { importFactories } from '../../stages/6-dispatch/actions/import-factories.ts'
import { listFactories } from '../../stages/6-dispatch/actions/list-factories.ts'
import { pingFactory } from '../../stages/6-dispatch/actions/ping-factory.ts'
import { revokeOldSecrets } from '../../stages/6-dispatch/actions/revoke-old-secrets.ts'
import { actionCommand, LIMIT, me } from './action-command.ts'
import { readGiven, readGivenJson } from './given-file.ts'
import type { Using } from './program.ts'

/** `firstcut factories`: who makes it, and the secrets between us. */
export function factoryCommands(program: Command, using: Using): void {
  const factories = program.command('factories').description('factories')
  actionCommand(factories, using, listFactories, ({ dispatch }) => dispatch.listFactories, {
    name: 'list',
    isDefault: true,
    read: () => ({ limit: LIMIT }),
    rows: (done) =>
      done.map((each) => [each.id, each.state, each.country, each.name, each.categories.join(','), each.endpoint]),
  })
  actionCommand(factories, using, createFactory, ({ dispatch }) => dispatch.createFactory, {
    name: 'add <file>',
    does: 'register a factory from a JSON file; its secret is printed once',
    read: async ({ file }: { file: string }) => (await readGivenJson(file)) as object,
  })
  actionCommand(factories, using, importFactories, ({ dispatch }) => dispatch.importFactories, {
    name: 'import <file>',
    does: 'read a list of factories (CSV or .xlsx)',
    read: async ({ file }: { file: string }) => ({ list: await readGiven(file), fileName: basename(file) }),
  })
  actionCommand(factories, using, pingFactory, ({ dispatch }) => dispatch.pingFactory, {
    name: 'ping <id>',
    does: 'send the signed test message; answered, the factory is active',
  })
  factories
    .command('rotate <id>')
    .description('a new webhook secret, printed once; the old one signs beside it for a while')
    .option('--now', 'a secret has leaked: every earlier one stops at once')
    .action((id: string, { now }: { now?: boolean }) =>
      using(async ({ dispatch }) => ({
        json: now ? await dispatch.replaceSecret(me, { id }) : await dispatch.rotateSecret(me, { id }),
      }))(),
    )
  actionCommand(factories, using, revokeOldSecrets, ({ dispatch }) => dispatch.revokeOldSecrets, {
    name: 'revoke <id>',
    does: 'earlier webhook secrets stop at once; the present one stays',
  })
}
