import { Option, type Command } from 'commander'
import { notFound } from '../../core/errors.ts'
import { newId } from '../../core/values.ts'
import { listParked } from '../../stages/0-house/actions/list-parked.ts'
import { answerCancellation } from '../../stages/6-dispatch/actions/answer-cancellation.ts'
import { askCancellation } from '../../stages/6-dispatch/actions/ask-cancellation.ts'
import { giveUpUnplaced } from '../../stages/6-dispatch/actions/give-up-unplaced.ts'
import { retryUnplaced } from '../../stages/6-dispatch/actions/retry-unplaced.ts'
import { settleCounter } from '../../stages/6-dispatch/actions/settle-counter.ts'
import { withdrawCancellation } from '../../stages/6-dispatch/actions/withdraw-cancellation.ts'
import { REPORTED_STATES } from '../../stages/6-dispatch/life.ts'
import { houseCancellationSchema } from '../../stages/6-dispatch/model.ts'
import { clearInspection } from '../../stages/7-production/actions/clear-inspection.ts'
import { reportProgress } from '../../stages/7-production/actions/report-progress.ts'
import { approveReorder } from '../../stages/8-reorders/actions/approve-reorder.ts'
import { declineReorder } from '../../stages/8-reorders/actions/decline-reorder.ts'
import { listReorders } from '../../stages/8-reorders/actions/list-reorders.ts'
import { stopEarly } from '../../stages/8-reorders/actions/stop-early.ts'
import type { AnyAsked } from '../http/place.ts'
import { actionCommand, LIMIT, me, type CommandPlace } from './action-command.ts'
import { refused, words } from './messages.ts'
import type { Using } from './program.ts'
import type { Line } from '../line.ts'

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
  const act = <R>(
    declared: AnyAsked['action'],
    which: (line: Line) => AnyAsked<R>,
    {
      read = (id, typed: object) => ({ id, ...typed }),
      ...place
    }: Pick<CommandPlace<R>, 'name' | 'does' | 'options' | 'choices'> & {
      read?: (id: string, typed: never, line: Line) => object | Promise<object>
    },
  ): void =>
    actionCommand(orders, using, declared, which, {
      options: {},
      ...place,
      async read({ order, ...typed }: { order: string }, line) {
        const found = await line.dispatch.order(me, { id: order })
        return read(found.order.id, typed as never, line)
      },
      as: async (_done, { order }: { order: string }, line) => (await line.dispatch.order(me, { id: order })).order,
      rows: (_done, _line, after: Awaited<ReturnType<Line['dispatch']['order']>>['order']) => [
        [after.number, after.state, after.units, day(after.promisedAt)],
      ],
    })
  act(retryUnplaced, ({ dispatch }) => dispatch.retryUnplaced, {
    name: 'retry <order>',
    does: 'ask the factories again for an order that nobody took',
    options: { newDate: 'promise a later date, which its buyers are told' },
  })
  act(giveUpUnplaced, ({ dispatch }) => dispatch.giveUpUnplaced, {
    name: 'give-up <order>',
    does: 'end an order that nobody took: its buyers are let go and told',
    options: { reason: reason() },
  })
  act(settleCounter, ({ dispatch }) => dispatch.settleCounter, {
    name: 'counter <order> <answer>',
    does: 'answer the counter-offer of a factory',
    choices: { answer: ['accept', 'refuse'] },
    async read(orderId, { answer }: { answer: string }, { dispatch }) {
      const { offers } = await dispatch.order(me, { id: orderId })
      const open = offers.find(({ state }) => state === 'countered')
      if (!open) throw notFound(words.all('production.counter'), orderId)
      return { orderId, offerId: open.id, accept: answer === 'accept' }
    },
  })
  act(reportProgress, ({ production }) => production.report, {
    name: 'report <order> <stage>',
    does: 'record a stage for a factory that telephoned',
    options: { note: new Option('--note <words>') },
    choices: { stage: REPORTED_STATES },
    read: (id, { stage, note }: { stage: string; note?: string }) => ({ id, reportId: newId(), state: stage, note }),
  })
  act(clearInspection, ({ production }) => production.clearInspection, {
    name: 'clear <order>',
    does: 'let a lot leave that failed its inspection',
    options: { reason: reason() },
  })
  act(askCancellation, ({ dispatch }) => dispatch.askCancellation, {
    name: 'cancel <order>',
    does: 'ask the factory to call an accepted order off',
    options: { reason: reason(), follow: follow().makeOptionMandatory() },
  })
  act(answerCancellation, ({ dispatch }) => dispatch.answerCancellation, {
    name: 'cancel-agree <order>',
    does: 'agree to the request to cancel, the factory’s own or for a factory that telephoned',
    options: { follow: follow() },
    read: async (id, typed: object, line) => ({ id, ...(await openRequest(line, id)), ...typed, agree: true }),
  })
  act(answerCancellation, ({ dispatch }) => dispatch.answerCancellation, {
    name: 'cancel-refuse <order>',
    does: 'refuse the request to cancel',
    options: { reason: reason() },
    read: async (id, typed: object, line) => ({ id, ...(await openRequest(line, id)), ...typed, agree: false }),
  })
  act(withdrawCancellation, ({ dispatch }) => dispatch.withdrawCancellation, {
    name: 'cancel-withdraw <order>',
    does: 'take our request to cancel back',
    read: async (id, _typed, line) => ({ id, ...(await openRequest(line, id)) }),
  })
}

/** `firstcut reorders`: the next lots that wait for a decision. */
export function reorderCommands(program: Command, using: Using): void {
  const reorders = program.command('reorders').description('the next lots, and campaigns to stop early')
  actionCommand(reorders, using, listReorders, ({ reorders: stage }) => stage.list, {
    name: 'list',
    does: 'newest first',
    isDefault: true,
    read: () => ({ limit: LIMIT }),
    rows: (done) => done.map(({ reorder }) => [reorder.id, reorder.state, reorder.verdict, reorder.lot, reorder.units]),
  })
  actionCommand(reorders, using, approveReorder, ({ reorders: stage }) => stage.approve, {
    name: 'approve <id>',
    does: 'make the next lot as proposed',
    settles: true,
  })
  actionCommand(reorders, using, declineReorder, ({ reorders: stage }) => stage.decline, {
    name: 'decline <id>',
    does: 'not now',
    settles: true,
  })
  actionCommand(reorders, using, stopEarly, ({ reorders: stage }) => stage.stopEarly, {
    name: 'stop-early <id>',
    does: 'end the campaign of a loser: its buyers are let go',
    settles: true,
  })
}

/** `firstcut parked`: deliveries that failed too often and wait for a person. */
export function parkedCommands(program: Command, using: Using): void {
  const parked = program.command('parked').description('work that failed too often and waits for a person')
  actionCommand(parked, using, listParked, ({ operations }) => operations.listParked, {
    name: 'list',
    isDefault: true,
    rows: (done) => done.map(({ delivery, name }) => [delivery.id, delivery.listener, name, delivery.lastError]),
  })
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
