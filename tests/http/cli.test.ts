/** The terminal does with a production order what the console does, by its number. */
import type { Command } from 'commander'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { buildCli } from '../../src/edges/cli/program.ts'
import { register, SHIP_TO } from '../support/factories.ts'
import { frozenLot } from '../support/lots.ts'
import { testServer, type TestServer } from '../support/server.ts'

const house = system('test')
let server: TestServer
const printed: string[] = []

beforeAll(async () => {
  server = await testServer({ role: 'web' })
  await server.app.line.dispatch.changeTerms(house, SHIP_TO)
}, 120_000)
afterAll(() => server.close())

/** What would end the process is thrown, and not written on the terminal. */
function thrown(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => {} })
  for (const each of command.commands) thrown(each)
}

async function run(...words: string[]): Promise<string> {
  printed.length = 0
  const nothing = async () => {}
  const program = buildCli({
    open: async () => ({ line: server.app.line, settle: nothing, close: nothing }),
    lang: 'en',
    print: (text) => void printed.push(text),
  })
  thrown(program)
  await program.parseAsync(['node', 'firstcut', ...words])
  return printed.join('\n')
}
/** A new lot on its way to the factories, as the worker would see to it. */
async function orderMade(): Promise<void> {
  const { line } = server.app
  const { lot } = await frozenLot(line.context)
  const payload = { lotId: lot.id }
  await line.dispatch.reactions['demand.lot-frozen']!({
    id: 'e',
    name: 'demand.lot-frozen',
    payload,
    at: line.context.clock.now(),
  })
}

test('an order nobody took is listed, tried again and given up', async () => {
  await orderMade()
  expect(await run('orders')).toMatch(/^PO-26-0001 +unplaced +40 /)
  expect(await run('orders', 'retry', 'po-26-0001', '--new-date')).toMatch(/^PO-26-0001 +unplaced/)
  expect(await run('orders', 'give-up', 'PO-26-0001', '--reason', 'nobody can sew it')).toMatch(
    /^PO-26-0001 +cancelled/,
  )
  await expect(run('orders', 'retry', 'PO-26-0001')).rejects.toMatchObject({ code: 'dispatch.not-unplaced' })
  await expect(run('orders', 'PO-26-0099')).rejects.toMatchObject({ status: 404 })
})

test('counter-offers, reports and requests to cancel are answered', async () => {
  const { dispatch } = server.app.line
  const { actor } = await register(dispatch, { rates: { tee: 700 } })
  await orderMade()
  const [open] = await dispatch.openOffers(actor)
  const asked = { orderId: open!.order.id, offerId: open!.offer.id }
  await expect(run('orders', 'counter', 'PO-26-0002', 'accept')).rejects.toMatchObject({ status: 404 })
  await dispatch.counter(actor, { ...asked, price: 790 })
  expect(await run('orders', 'counter', 'PO-26-0002', 'accept')).toMatch(/^PO-26-0002 +accepted/)
  expect(await run('orders', 'report', 'PO-26-0002', 'cutting', '--note', 'by telephone')).toMatch(/cutting/)
  await expect(run('orders', 'cancel-refuse', 'PO-26-0002', '--reason', 'no')).rejects.toMatchObject({
    code: 'cli.no-request',
  })
  await run('orders', 'cancel', 'PO-26-0002', '--reason', 'sleeve too short', '--follow', 'release')
  await run('orders', 'cancel-withdraw', 'PO-26-0002')
  await dispatch.askCancellation(actor, { id: open!.order.id, reason: 'the cutter burnt down' })
  await run('orders', 'cancel-refuse', 'PO-26-0002', '--reason', 'borrow one')
  await dispatch.askCancellation(actor, { id: open!.order.id, reason: 'the house burnt down as well' })
  expect(await run('orders', 'cancel-agree', 'PO-26-0002', '--follow', 'release')).toMatch(/^PO-26-0002 +cancelled/)
  const { cancellations } = JSON.parse(await run('--json', 'orders', 'PO-26-0002')) as {
    cancellations: { state: string }[]
  }
  expect(cancellations.map(({ state }) => state)).toEqual(['withdrawn', 'refused', 'agreed'])
})

test('what is missing or unknown is said before anything is opened', async () => {
  for (const words of [
    ['orders', 'give-up', 'PO-26-0001'],
    ['orders', 'cancel', 'PO-26-0001', '--reason', 'x', '--follow', 'burn'],
    ['orders', 'report', 'PO-26-0001', 'dreaming'],
  ])
    await expect(run(...words), words.join(' ')).rejects.toMatchObject({ exitCode: 1 })
})

test('next lots and parked work are listed and, where there are none, that is said', async () => {
  expect(await run('reorders')).toBe('(nothing)')
  expect(await run('parked')).toBe('(nothing)')
  expect(JSON.parse(await run('parked', 'retry'))).toEqual({ retried: 0 })
  await expect(run('reorders', 'approve', 'none')).rejects.toMatchObject({ status: 404 })
})
