import { randomBytes } from 'node:crypto'
import { Option, type Command } from 'commander'
import { ROLES, SCOPES, system, type Role, type Scope } from '../../core/actor.ts'
import type { Lang } from '../../core/values.ts'
import { listAccounts } from '../../stages/0-house/actions/list-accounts.ts'
import { listKeys } from '../../stages/0-house/actions/list-keys.ts'
import type { UserChange } from '../../stages/0-house/model.ts'
import { actionCommand } from './action-command.ts'
import type { Using } from './program.ts'
import type { Line } from '../line.ts'

const me = system('cli')
/** 120 bits: nothing in the arguments, where every user of the machine reads it. */
const newPassword = (): string => randomBytes(15).toString('base64url')

/** People say an address; an id is taken too. */
const idOf = async ({ identity }: Line, email: string): Promise<string> =>
  (await identity.listUsers(me)).find((user) => user.email === email.toLowerCase())?.id ?? email

/** `firstcut accounts`: who may sign in. */
export function accountCommands(program: Command, using: Using, lang: Lang): void {
  const accounts = program.command('accounts').description('who may sign in')
  actionCommand(accounts, using, listAccounts, (line) => line.identity.listUsers, {
    name: 'list',
    isDefault: true,
    looks: true,
    rows: (done: Awaited<ReturnType<Line['identity']['listUsers']>>) =>
      done.map((each) => [
        each.email,
        each.role,
        each.disabledAt ? 'off' : 'on',
        each.secondFactor ? 'second factor' : 'password only',
        each.name,
      ]),
  })
  accounts
    .command('add <email>')
    .description('make an account; its password is made up and printed once')
    .requiredOption('--name <name>')
    .option('--role <role>', ROLES.join(', '), 'merchandiser')
    .action((email: string, { name, role }: { name: string; role: string }) =>
      using(async ({ identity }) => {
        const password = newPassword()
        const { id } = await identity.createUser(me, { email, name, role: role as Role, lang, password })
        return { json: { id, email, password } }
      })(),
    )
  accounts
    .command('sessions <email>')
    .description('where an account is signed in')
    .option('--end', 'sign it out everywhere')
    .action((email: string, { end }: { end?: boolean }) =>
      using(async (line) => {
        const id = await idOf(line, email)
        if (end) return { json: { email, ...(await line.identity.endSessions(me, { id })) } }
        const json = await line.identity.listSessions(me, { id })
        return { json, rows: json.map((each) => [each.lastSeenAt.toISOString(), each.agent, each.network]) }
      })(),
    )
  changeCommands(accounts, using)
}

/** What is changed in an account that is there. */
function changeCommands(accounts: Command, using: Using): void {
  const change = (
    name: string,
    does: string,
    changeOf: (given: string) => UserChange,
    say: (change: UserChange) => object,
  ) =>
    accounts
      .command(name)
      .description(does)
      .action((email: string, given: string) =>
        using(async (line) => {
          const wanted = changeOf(given)
          await line.identity.changeUser(me, { id: await idOf(line, email), ...wanted })
          return { json: { email, ...say(wanted) } }
        })(),
      )
  const itsPassword = ({ password }: UserChange) => ({ password })
  change(
    'password <email>',
    'give an account another password, printed once; its sessions end',
    () => ({ password: newPassword() }),
    itsPassword,
  )
  change(
    'role <email> <role>',
    `give an account another role (${ROLES.join(', ')}); its sessions end`,
    (role) => ({ role: role as Role }),
    ({ role }) => ({ role }),
  )
  change(
    'second-factor-off <email>',
    'for somebody who lost their phone and their recovery codes; the password stays',
    () => ({ secondFactor: false }),
    () => ({ secondFactor: 'off' }),
  )
  change(
    'rescue <email>',
    'let a locked-out admin in: on, admin, no second factor, and a new password that is printed once',
    () => ({ disabled: false, role: 'admin', secondFactor: false, password: newPassword() }),
    itsPassword,
  )
  for (const way of ['off', 'on'] as const)
    change(
      `${way} <email>`,
      `switch an account ${way}`,
      () => ({ disabled: way === 'off' }),
      () => ({ account: way }),
    )
}

/** `firstcut keys`: which machines may call. */
export function keyCommands(program: Command, using: Using): void {
  const keys = program.command('keys').description('API keys')
  keys
    .command('create <name>')
    .description('make a key; it is printed once')
    .addOption(new Option('--scope <scope...>').choices([...SCOPES]).default(['read']))
    .option('--days <n>', 'for how long it counts (default: until it is revoked)')
    .option('--per-minute <n>', 'requests a minute, at most (default: 6000)')
    .action((name: string, options: { scope: Scope[]; days?: string; perMinute?: string }) =>
      using(async ({ identity }) => {
        const { scope: scopes, days, perMinute } = options
        const json = await identity.createKey(me, {
          name,
          scopes,
          ...(days === undefined ? {} : { expiresInDays: Number(days) }),
          ...(perMinute === undefined ? {} : { perMinute: Number(perMinute) }),
        })
        return { json }
      })(),
    )
  actionCommand(keys, using, listKeys, (line) => line.identity.listKeys, {
    name: 'list',
    isDefault: true,
    looks: true,
    rows: (done: Awaited<ReturnType<Line['identity']['listKeys']>>) =>
      done.map((each) => [
        each.id,
        each.prefix,
        each.name,
        each.scopes.join(','),
        each.revokedAt ? 'revoked' : (each.expiresAt?.toISOString() ?? 'live'),
        each.lastUsedAt?.toISOString(),
      ]),
  })
  keys.command('revoke <id>').action((id: string) =>
    using(async ({ identity }) => {
      await identity.revokeKey(me, { id })
      return { json: { revoked: id } }
    })(),
  )
}
