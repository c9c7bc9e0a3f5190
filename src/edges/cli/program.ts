import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import stringWidth from 'string-width'
import { Command, Option } from 'commander'
import { ROLES, SCOPES, system, type Scope } from '../../core/actor.ts'
import type { Problem } from '../../core/errors.ts'
import { formatMoney, type Currency, type Lang } from '../../core/values.ts'
import { spokenEnd } from '../../core/zones.ts'
import { listSchema } from '../../stages/2-designs/model.ts'
import { keySchema, newUserSchema, userChange } from '../../stages/0-house/identity.ts'
import { parse } from '../http/forms.ts'
import { backupCommands, type Restore } from './backups.ts'
import { peopleCommands } from './people.ts'
import { orderCommands, parkedCommands, reorderCommands } from './production.ts'
import { auditCommands } from './security.ts'
import { secretCommands } from './secrets.ts'
import { trendCommands } from './trends.ts'
import type { Line } from '../line.ts'

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
}

const nothingToRestore: Restore = async () => {
  throw new Error('this program restores nothing')
}

const me = system('cli')
const LIMIT = 100
/** 120 bits: nothing in the arguments, where every user of the machine reads it. */
const newPassword = (): string => randomBytes(15).toString('base64url')

/** Runs a command's work with a line, prints its rows or its JSON, closes the line; `failed` ends the process with 1. */
export type Using = (
  work: (line: Line, settle: () => Promise<void>) => Promise<{ rows?: unknown[][]; json: unknown; failed?: Problem }>,
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
export function buildCli({ open, lang, print, note = () => {}, restore = nothingToRestore }: CliParts): Command {
  const program = new Command('firstcut').description('Nothing is cut until it is sold.').version('0.1.0')
  program.option('--json', 'print JSON for machines')

  const asksForJson = () => program.opts<{ json?: boolean }>().json ?? false
  const show = ({ rows, json }: { rows?: unknown[][]; json: unknown }): void =>
    print(
      asksForJson() || !rows
        ? JSON.stringify(json, null, 2)
        : rows.length
          ? columns(rows)
          : lang === 'zh'
            ? '（空）'
            : '(nothing)',
    )

  /** Run a command with a line, print its rows or its JSON. */
  const using: Using = (work) => async () => {
    const session = await open()
    try {
      const { failed, ...result } = await work(session.line, () => session.settle())
      if (!failed || asksForJson() || !result.rows) show(result)
      if (failed) throw failed
    } finally {
      await session.close()
    }
  }

  trendCommands(program, using, lang, note)

  program
    .command('design')
    .description('ask for designs from trends, and wait for them')
    .requiredOption('--trend <id...>', 'ids from "firstcut trends"')
    .option('--count <n>', 'how many', '8')
    .option('--seed <n>', 'the same seed makes the same designs')
    .action((options: { trend: string[]; count: string; seed?: string }) =>
      using(async ({ designs }, settle) => {
        const { id } = await designs.requestDesigns(me, {
          trendIds: options.trend,
          count: Number(options.count),
          ...(options.seed ? { seed: Number(options.seed) } : {}),
        })
        await settle()
        return { json: await designs.getRun(me, { id }) }
      })(),
    )
  program
    .command('styles')
    .description('styles, newest first')
    .option('--state <state>', 'proposed, approved, rejected')
    .action((options: { state?: string }) =>
      using(async ({ designs }) => {
        const json = await designs.listStyles(me, parse(listSchema, { ...options, limit: LIMIT }))
        return {
          json,
          rows: json.items.map((each) => [
            each.style.number,
            each.style.state,
            `v${each.style.version}`,
            each.version.spec.names[lang],
            each.style.id,
          ]),
        }
      })(),
    )
  program
    .command('approve <style>')
    .description('approve a style as it stands; its campaign opens')
    .option('--second-look', 'a gate asked for a second look, and it was given')
    .action((style: string, options: { secondLook?: boolean }) =>
      using(async ({ designs, approvals }, settle) => {
        const { version } = (await designs.getStyle(me, { id: style })).style
        await approvals.approve(me, { id: style, version, secondLook: options.secondLook ?? false })
        await settle()
        return { json: (await designs.getStyle(me, { id: style })).style }
      })(),
    )

  program
    .command('campaigns')
    .description('campaigns with their counts')
    .action(
      using(async ({ storefront, operations }) => {
        const [json, { timeZone }] = await Promise.all([
          storefront.list(me, { limit: LIMIT, all: true }),
          operations.house(),
        ])
        return {
          json: json.map(({ campaign, number }) => ({ ...campaign, style: number })),
          rows: json.map(({ campaign, number, version }) => [
            campaign.id,
            campaign.state,
            number,
            version.spec.names[lang],
            `${campaign.lotUnits}/${campaign.thresholdUnits}`,
            `+${campaign.pendingUnits}`,
            formatMoney(campaign.ladder[0]?.unitPrice ?? 0, campaign.currency as Currency, lang),
            spokenEnd(campaign.closesAt, lang, timeZone),
          ]),
        }
      }),
    )
  const demand = program.command('demand').description('the counters and their ledger')
  demand
    .command('audit')
    .description('compare every counter with the rows it counts; nothing means all is well')
    .action(
      using(async (line) => {
        const json = await line.demand.audit(me, { repair: false })
        return { json, rows: json.map((each) => [each.campaignId, each.field, each.about, each.counted, each.ledger]) }
      }),
    )
  demand
    .command('rebuild')
    .description('set the counters right from the pre-orders')
    .action(using(async (line) => ({ json: await line.demand.audit(me, { repair: true }) })))

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

  orderCommands(program, using)
  reorderCommands(program, using)
  program
    .command('events')
    .description('what happened, newest first')
    .option('--name <name>')
    .action((options: { name?: string }) =>
      using(async ({ operations }) => {
        const json = await operations.events(me, { name: options.name, limit: LIMIT })
        return {
          json,
          rows: json.map((each) => [each.at.toISOString(), each.name, each.actor, JSON.stringify(each.payload)]),
        }
      })(),
    )
  parkedCommands(program, using)
  auditCommands(program, using, lang)
  secretCommands(program, using, lang, print)
  peopleCommands(program, using, lang)
  backupCommands(program, using, { lang, note, show, restore })

  const accounts = program.command('accounts').description('who may sign in')
  const idOf = async ({ identity }: Line, email: string): Promise<string> =>
    (await identity.users(me)).find((user) => user.email === email.toLowerCase())?.id ?? email
  accounts.command('list', { isDefault: true }).action(
    using(async ({ identity }) => {
      const json = await identity.users(me)
      return {
        json,
        rows: json.map((each) => [
          each.email,
          each.role,
          each.disabledAt ? 'off' : 'on',
          each.secondFactor ? 'second factor' : 'password only',
          each.name,
        ]),
      }
    }),
  )
  accounts
    .command('add <email>')
    .description('make an account; its password is made up and printed once')
    .requiredOption('--name <name>')
    .option('--role <role>', ROLES.join(', '), 'merchandiser')
    .action((email: string, options: { name: string; role: string }) =>
      using(async ({ identity }) => {
        const password = newPassword()
        const id = await identity.createUser(me, parse(newUserSchema, { email, ...options, lang, password }))
        return { json: { id, email, password } }
      })(),
    )
  accounts
    .command('password <email>')
    .description('give an account another password, printed once; its sessions end')
    .action((email: string) =>
      using(async (line) => {
        const password = newPassword()
        await line.identity.changeUser(me, await idOf(line, email), { password })
        return { json: { email, password } }
      })(),
    )
  accounts
    .command('role <email> <role>')
    .description(`give an account another role (${ROLES.join(', ')}); its sessions end`)
    .action((email: string, role: string) =>
      using(async (line) => {
        await line.identity.changeUser(me, await idOf(line, email), parse(userChange, { role }))
        return { json: { email, role } }
      })(),
    )
  accounts
    .command('second-factor-off <email>')
    .description('for somebody who lost their phone and their recovery codes; the password stays')
    .action((email: string) =>
      using(async (line) => {
        await line.identity.changeUser(me, await idOf(line, email), { secondFactor: false })
        return { json: { email, secondFactor: 'off' } }
      })(),
    )
  accounts
    .command('rescue <email>')
    .description('let a locked-out admin in: on, admin, no second factor, and a new password that is printed once')
    .action((email: string) =>
      using(async (line) => {
        const password = newPassword()
        const id = await idOf(line, email)
        await line.identity.changeUser(me, id, { disabled: false, role: 'admin', secondFactor: false, password })
        return { json: { email, password } }
      })(),
    )
  accounts
    .command('sessions <email>')
    .description('where an account is signed in')
    .option('--end', 'sign it out everywhere')
    .action((email: string, { end }: { end?: boolean }) =>
      using(async (line) => {
        const id = await idOf(line, email)
        if (end) return { json: { email, ended: await line.identity.endSessions(me, id) } }
        const json = await line.identity.sessions(me, id)
        return { json, rows: json.map((each) => [each.lastSeenAt.toISOString(), each.agent, each.network]) }
      })(),
    )
  for (const way of ['off', 'on'] as const)
    accounts
      .command(`${way} <email>`)
      .description(`switch an account ${way}`)
      .action((email: string) =>
        using(async (line) => {
          await line.identity.changeUser(me, await idOf(line, email), { disabled: way === 'off' })
          return { json: { email, account: way } }
        })(),
      )

  const keys = program.command('keys').description('API keys')
  keys
    .command('create <name>')
    .description('make a key; it is printed once')
    .addOption(new Option('--scope <scope...>').choices([...SCOPES]).default(['read']))
    .option('--days <n>', 'for how long it counts (default: until it is revoked)')
    .option('--per-minute <n>', 'requests a minute, at most (default: 6000)')
    .action((name: string, options: { scope: Scope[]; days?: string; perMinute?: string }) =>
      using(async ({ identity }) => {
        const { days, perMinute } = options
        const input = parse(keySchema, {
          name,
          scopes: options.scope,
          ...(days === undefined ? {} : { expiresInDays: Number(days) }),
          ...(perMinute === undefined ? {} : { perMinute: Number(perMinute) }),
        })
        return { json: await identity.createKey(me, input) }
      })(),
    )
  keys.command('list', { isDefault: true }).action(
    using(async ({ identity }) => {
      const json = await identity.keys(me)
      return {
        json,
        rows: json.map((each) => [
          each.id,
          each.prefix,
          each.name,
          each.scopes.join(','),
          each.revokedAt ? 'revoked' : (each.expiresAt?.toISOString() ?? 'live'),
          each.lastUsedAt?.toISOString(),
        ]),
      }
    }),
  )
  keys.command('revoke <id>').action((id: string) =>
    using(async ({ identity }) => {
      await identity.revokeKey(me, id)
      return { json: { revoked: id } }
    })(),
  )
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
