import { Argument, Option, type Command } from 'commander'
import { system } from '../../core/actor.ts'
import { notFound } from '../../core/errors.ts'
import { newId } from '../../core/values.ts'
import { houseCancellationSchema, type Follow } from '../../stages/6-dispatch/model.ts'
import { REPORTED_STATES, type ReportedState } from '../../stages/6-dispatch/life.ts'
import { approveReorder } from '../../stages/8-reorders/actions/approve-reorder.ts'
import { declineReorder } from '../../stages/8-reorders/actions/decline-reorder.ts'
import { stopEarly } from '../../stages/8-reorders/actions/stop-early.ts'
import { actionCommand } from './action-command.ts'
import { refused } from './messages.ts'
import type { Using } from './program.ts'
import type { Line } from '../line.ts'

const me = system('cli')
const LIMIT = 100

/** The id of the request to cancel that waits for an answer. */
async function openRequest({ dispatch }: Line, orderId: string): Promise<{ cancellationId: string }> {
  const { order, cancellations } = await dispatch.order(me, { id: orderId })
  const open = cancellations.find(({ state }) => state === 'asked')
  if (!open) throw refused('cli.no-request', { number: order.number })
  return { cancellationId: open.id }
}

const day = (at: Date): string => at.toISOString().slice(0, 10)
const reason = (): Option => new Option('--reason <words>', 'why; the other side reads it').makeOptionMandatory()
const follow = (): Option =>
  new Option('--follow <what>', 'what becomes of the lot: another factory makes it, or its buyers are let go').choices([
    ...houseCancellationSchema.shape.follow.options,
  ])

/** `firstcut orders`: what the console's page of a production order does. */
export function orderCommands(program: Command, using: Using): void {
  const orders = program.command('orders').description('production orders, by number (PO-26-0003) or id')
  orders
    .command('list [order]', { isDefault: true })
    .description('the newest, or one with everything about it')
    .action((name: string | undefined) =>
      using(async (line) => {
        if (name) return { json: await line.dispatch.order(me, { id: name }) }
        const json = await line.dispatch.listOrders(me, { limit: LIMIT })
        return { json, rows: json.map((each) => [each.number, each.state, each.units, day(each.promisedAt), each.id]) }
      })(),
    )
  /** An act on one order; its state afterwards is printed. */
  const act = <Options>(
    command: Command,
    work: (line: Line, orderId: string, options: Options, ...more: string[]) => Promise<unknown>,
  ): void => {
    command.action((name: string, ...rest: unknown[]) =>
      using(async (line) => {
        const { order } = await line.dispatch.order(me, { id: name })
        const words = rest.filter((each) => typeof each === 'string')
        await work(line, order.id, command.opts<Record<string, unknown>>() as Options, ...words)
        const { order: after } = await line.dispatch.order(me, { id: order.id })
        return { json: after, rows: [[after.number, after.state, after.units, day(after.promisedAt)]] }
      })(),
    )
  }
  act<{ newDate?: boolean }>(
    orders
      .command('retry <order>')
      .description('ask the factories again for an order that nobody took')
      .option('--new-date', 'promise a later date, which its buyers are told'),
    ({ dispatch }, id, { newDate = false }) => dispatch.retryUnplaced(me, { id, newDate }),
  )
  act<{ reason: string }>(
    orders
      .command('give-up <order>')
      .description('end an order that nobody took: its buyers are let go and told')
      .addOption(reason()),
    ({ dispatch }, id, options) => dispatch.giveUpUnplaced(me, { id, ...options }),
  )
  act(
    orders
      .command('counter <order>')
      .description('answer the counter-offer of a factory')
      .addArgument(new Argument('<answer>').choices(['accept', 'refuse'])),
    async ({ dispatch }, id, _options, answer) => {
      const { offers } = await dispatch.order(me, { id })
      const open = offers.find(({ state }) => state === 'countered')
      if (!open) throw notFound({ en: 'open counter-offer for the order', zh: '待答复的还价' }, id)
      await dispatch.settleCounter(me, { orderId: id, offerId: open.id, accept: answer === 'accept' })
    },
  )
  act<{ note?: string }>(
    orders
      .command('report <order>')
      .description('record a stage for a factory that telephoned')
      .addArgument(new Argument('<stage>').choices([...REPORTED_STATES]))
      .option('--note <words>'),
    ({ production }, id, { note }, state) =>
      production.report(me, { id, reportId: newId(), state: state as ReportedState, ...(note ? { note } : {}) }),
  )
  act<{ reason: string; follow: Follow }>(
    orders
      .command('cancel <order>')
      .description('ask the factory to call an accepted order off')
      .addOption(reason())
      .addOption(follow().makeOptionMandatory()),
    ({ dispatch }, id, options) => dispatch.askCancellation(me, { id, ...options }),
  )
  act<{ follow?: Follow }>(
    orders
      .command('cancel-agree <order>')
      .description('agree to the request to cancel, the factory’s own or for a factory that telephoned')
      .addOption(follow()),
    async (line, id, options) =>
      line.dispatch.answerCancellation(me, { id, ...(await openRequest(line, id)), ...options, agree: true }),
  )
  act<{ reason: string }>(
    orders.command('cancel-refuse <order>').description('refuse the request to cancel').addOption(reason()),
    async (line, id, options) =>
      line.dispatch.answerCancellation(me, { id, ...(await openRequest(line, id)), ...options, agree: false }),
  )
  act(orders.command('cancel-withdraw <order>').description('take our request to cancel back'), async (line, id) =>
    line.dispatch.withdrawCancellation(me, { id, ...(await openRequest(line, id)) }),
  )
}

/** `firstcut reorders`: the next lots that wait for a decision. */
export function reorderCommands(program: Command, using: Using): void {
  const reorders = program.command('reorders').description('the next lots, and campaigns to stop early')
  reorders
    .command('list', { isDefault: true })
    .description('newest first')
    .action(
      using(async ({ reorders: stage }) => {
        const json = await stage.list(me, { limit: LIMIT })
        return {
          json,
          rows: json.map(({ reorder }) => [reorder.id, reorder.state, reorder.verdict, reorder.lot, reorder.units]),
        }
      }),
    )
  actionCommand(reorders, using, approveReorder, ({ reorders: stage }) => stage.approve, {
    name: 'approve <id>',
    does: 'make the next lot as proposed',
  })
  actionCommand(reorders, using, declineReorder, ({ reorders: stage }) => stage.decline, {
    name: 'decline <id>',
    does: 'not now',
  })
  actionCommand(reorders, using, stopEarly, ({ reorders: stage }) => stage.stopEarly, {
    name: 'stop-early <id>',
    does: 'end the campaign of a loser: its buyers are let go',
  })
}

/** `firstcut parked`: deliveries that failed too often and wait for a person. */
export function parkedCommands(program: Command, using: Using): void {
  const parked = program.command('parked').description('work that failed too often and waits for a person')
  parked.command('list', { isDefault: true }).action(
    using(async ({ operations }) => {
      const json = await operations.listParked(me)
      return {
        json,
        rows: json.map(({ delivery, name }) => [delivery.id, delivery.listener, name, delivery.lastError]),
      }
    }),
  )
  parked
    .command('retry [ids...]')
    .description('try again; all of it unless some are named')
    .action((ids: string[]) =>
      using(async ({ operations }) => {
        const named = ids.length ? ids : (await operations.listParked(me)).map(({ delivery }) => delivery.id)
        return { json: named.length ? await operations.retry(me, { ids: named }) : { retried: 0 } }
      })(),
    )
}
