import { randomBytes } from 'node:crypto'
import { Option, type Command } from 'commander'
import { ROLES, SCOPES, type Role } from '../../core/actor.ts'
import type { Lang } from '../../core/values.ts'
import { changeAccount } from '../../stages/0-house/actions/change-account.ts'
import { createAccount } from '../../stages/0-house/actions/create-account.ts'
import { createKey } from '../../stages/0-house/actions/create-key.ts'
import { listAccounts } from '../../stages/0-house/actions/list-accounts.ts'
import { listKeys } from '../../stages/0-house/actions/list-keys.ts'
import { revokeKey } from '../../stages/0-house/actions/revoke-key.ts'
import type { UserChange } from '../../stages/0-house/model.ts'
import { actionCommand, me } from './action-command.ts'
import type { Using } from './program.ts'
import type { Line } from '../line.ts'

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
    rows: (done) =>
      done.map((each) => [
        each.email,
        each.role,
        each.disabledAt ? 'off' : 'on',
        each.secondFactor ? 'second factor' : 'password only',
        each.name,
      ]),
  })
  actionCommand(accounts, using, createAccount, ({ identity }) => identity.createUser, {
    name: 'add <email>',
    does: 'make an account; its password is made up and printed once',
    options: {
      name: new Option('--name <name>').makeOptionMandatory(),
      role: new Option('--role <role>', ROLES.join(', ')).default('merchandiser'),
    },
    read: (typed: object) => ({ ...typed, lang, password: newPassword() }),
    as: ({ id }, { email, password }: { email: string; password: string }) => ({ id, email, password }),
  })
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
    actionCommand(accounts, using, changeAccount, ({ identity }) => identity.changeUser, {
      name,
      does,
      read: async ({ email, role = '' }: { email: string; role?: string }, line) => ({
        id: await idOf(line, email),
        ...changeOf(role),
      }),
      as: (_done, { email, ...change }: UserChange & { email: string }) => ({ email, ...say(change) }),
    })
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
  actionCommand(keys, using, createKey, ({ identity }) => identity.createKey, {
    name: 'create <name>',
    does: 'make a key; it is printed once',
    options: {
      scopes: new Option('--scope <scope...>').choices([...SCOPES]).default(['read']),
      expiresInDays: new Option('--days <n>', 'for how long it counts (default: until it is revoked)').argParser(
        Number,
      ),
      perMinute: new Option('--per-minute <n>', 'requests a minute, at most (default: 6000)').argParser(Number),
    },
  })
  actionCommand(keys, using, listKeys, (line) => line.identity.listKeys, {
    name: 'list',
    isDefault: true,
    rows: (done) =>
      done.map((each) => [
        each.id,
        each.prefix,
        each.name,
        each.scopes.join(','),
        each.revokedAt ? 'revoked' : (each.expiresAt?.toISOString() ?? 'live'),
        each.lastUsedAt?.toISOString(),
      ]),
  })
  actionCommand(keys, using, revokeKey, ({ identity }) => identity.revokeKey, {
    name: 'revoke <id>',
    as: (_done, { id }: { id: string }) => ({ revoked: id }),
  })
}
