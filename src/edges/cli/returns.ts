import { Option, type Command } from 'commander'
import { decideReturn } from '../../stages/7-production/actions/decide-return.ts'
import { listReturns } from '../../stages/7-production/actions/list-returns.ts'
import { sendExchange } from '../../stages/7-production/actions/send-exchange.ts'
import { takeBack } from '../../stages/7-production/actions/take-back.ts'
import { tellReturns } from '../../stages/7-production/actions/tell-returns.ts'
import { RETURN_STATES } from '../../stages/7-production/shipping.ts'
import { actionCommand, LIMIT } from './action-command.ts'
import type { Using } from './program.ts'

/** `firstcut returns`: what buyers send back. */
export function returnCommands(program: Command, using: Using): void {
  const returns = program.command('returns').description('what buyers send back, and what it says of the styles')
  actionCommand(returns, using, listReturns, ({ production }) => production.returns, {
    name: 'list',
    does: 'newest first',
    isDefault: true,
    options: { state: new Option('--state <state>').choices([...RETURN_STATES]) },
    read: (typed: object) => ({ limit: LIMIT, ...typed }),
    rows: (done) => done.map((each) => [each.id, each.state, each.kind, each.reason, each.shipment, each.buyer]),
  })
  for (const [name, accept] of [
    ['accept', true],
    ['decline', false],
  ] as const)
    actionCommand(returns, using, decideReturn, ({ production }) => production.decideReturn, {
      name: `${name} <id> <answer>`,
      does: accept ? 'it may be sent back; its buyer reads the answer' : 'it may not; its buyer reads why',
      read: (typed: { id: string; answer: string }) => ({ ...typed, accept }),
    })
  actionCommand(returns, using, takeBack, ({ production }) => production.takeBack, {
    name: 'back <id>',
    does: 'it is back at the warehouse, as new unless --spoiled',
    options: { good: new Option('--spoiled', 'nobody else may have it') },
    read: ({ id, good: spoiled }: { id: string; good?: boolean }) => ({ id, good: !spoiled }),
  })
  actionCommand(returns, using, sendExchange, ({ production }) => production.sendExchange, {
    name: 'sent <id> <carrier> <trackingNumber>',
    does: 'the piece in exchange has left; its buyer is told',
    read: (typed: object) => typed,
  })
  actionCommand(returns, using, tellReturns, ({ production }) => production.tellReturns, {
    name: 'insight',
    does: 'why it comes back, by style',
    options: { styleId: new Option('--style-id <id>') },
    read: (typed: object) => typed,
    rows: (done) =>
      done.flatMap(
        (style) =>
        style.reasons.map(({ reason, of }) => [style.names.en, reason, of.returned, of.delivered, of.share ? of.share.value.toFixed(3) : '']), // prettier-ignore
      ),
  })
}
