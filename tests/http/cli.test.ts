/** The terminal does with a production order what the console does, by its number. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import type { Lang } from '../../src/core/values.ts'
import { buildCli } from '../../src/edges/cli/program.ts'
import { openFeedReader } from '../../src/engines/feeds/reader.ts'
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

const run = (...words: string[]): Promise<string> => runIn('en', ...words)

async function runIn(lang: Lang, ...words: string[]): Promise<string> {
  printed.length = 0
  const nothing = async () => {}
  const program = buildCli({
    open: async () => ({ line: server.app.line, settle: nothing, close: nothing }),
    lang,
    print: (text) => void printed.push(text),
    reader: openFeedReader,
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

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firstcut-cli-'))
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

  test('a line of a list of parcels that is wrong is told in the terminal’s language', async () => {
    const { dispatch, production } = server.app.line
    const { actor } = await register(dispatch, { rates: { tee: 700 } })
    await orderMade()
    const [open] = await dispatch.openOffers(actor)
    const { id, number } = open!.order
    await dispatch.accept(actor, { orderId: id, offerId: open!.offer.id })
    await production.report(actor, { id, reportId: 'r1', sequence: 1, state: 'shipped' })
    await production.report(actor, { id, reportId: 'r2', sequence: 2, state: 'delivered' })
    const list = file('parcels.csv', `order,carrier,tracking_number\n${number}-9,SF,SF1\n`)
    for (const [lang, words] of [
      ['zh', /^2 +PO-\S+ +.*[\u4e00-\u9fff]/],
      ['en', /^2 +PO-\S+ +[^\u4e00-\u9fff]+$/],
    ] as const) {
      await expect(runIn(lang, 'parcels', 'import', number, list)).rejects.toMatchObject({ code: 'cli.parcels' })
      expect(printed.join('\n')).toMatch(words)
    }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each([[['factories', 'add']], [['factories', 'import']], [['ingest']], [['decide', 'reach', '--input']]])(
    '%j of one that is not there, or is a folder, says so',
    async (words) => {
      await expect(run(...words, join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'cli.no-file', status: 404 })
      await expect(run(...words, folder)).rejects.toMatchObject({ code: 'cli.no-file', status: 422 })
    },
  )
  test('what can be made of texts is counted, of a file, a folder or records', async () => {
    const told = async (place: string) => JSON.parse(await run('--json', 'trends', 'makeable', place)) as object
    const counted = { mentions: 3, made: 1, share: 0.3333 }
    expect(await told(file('titles.csv', '2026-11-20,军大衣火了\n2026-11-20,羽绒服和短裤\n'))).toMatchObject(counted)
    const records = '[{"title":"军大衣","copy":"这件军大衣"},{"title":"羽绒服","copy":"配短裤"}]'
    expect(await told(file('records.json', records))).toMatchObject({ texts: 2, ...counted })
    expect(await told(file('lines.jsonl', '{"a":"军大衣"}\n{"a":"羽绒服，短裤"}\n'))).toMatchObject(counted)
    const inside = join(folder, 'inside')
    mkdirSync(join(inside, 'deep'), { recursive: true })
    writeFileSync(join(inside, 'a.txt'), '军大衣\n羽绒服')
    writeFileSync(join(inside, 'deep', 'b.txt'), '短裤')
    writeFileSync(join(inside, 'c.png'), '羽绒服')
    expect(await told(inside)).toMatchObject(counted)
    expect(await run('trends', 'makeable', inside)).toMatch(/^33.3% of 3 garments[^]*puffer/)
    await expect(told(file('broken.json', '{"a":1}\n{'))).rejects.toMatchObject({ code: 'cli.no-json' })
    await expect(told(join(folder, 'none.txt'))).rejects.toMatchObject({ code: 'cli.no-file' })
  })
  test('what files tell of the product is measured, by what is in them', async () => {
    const told = async (...rest: string[]) => JSON.parse(await run('--json', 'trends', 'evaluate', ...rest)) as object
    const copy = file('copy.json', '{"content":"类型#裙*颜色#粉色","summary":"粉色连衣裙"}\n')
    expect(await told(copy)).toMatchObject([{ measure: 'copy', copies: 1, known: { f1: 1 }, strict: { values: 2 } }])
    const titles = file('hot.csv', '2026-11-20,军大衣火了\n2026-11-20,校园红毯造型\n')
    const labels = file('labels.json', '{"clothes":[1],"other":[2]}')
    expect(await told(titles, '--labels', labels)).toMatchObject([{ measure: 'falseWords', titles: 2, share: 0.6667 }])
    await expect(told(titles)).rejects.toMatchObject({ code: 'cli.nothing-to-measure' })
    await expect(told(titles, '--labels', file('no.json', '{"clothes":["x"]}'))).rejects.toMatchObject({ status: 422 })
  })

  test('scores are tried on a panel, and on titles by the day; what is neither is told so', async () => {
    const months = Array.from(
      { length: 60 },
      (_, i) => `${2004 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
    )
    const season = (i: number, place: number) =>
      Math.round(40 + ((i * i) % 7) + 30 * Math.cos((2 * Math.PI * (i - place)) / 12))
    const rows = months.map((month, i) =>
      [month, ...Array.from({ length: 12 }, (_, place) => season(i, place))].join(','),
    )
    const head = `Month,${Array.from({ length: 12 }, (_, i) => `term ${i}`).join(',')}`
    const panel = file('panel.csv', `Category: All categories\n\n${head}\n${rows.join('\n')}\n`)
    const [told] = JSON.parse(await run('--json', 'trends', 'evaluate', panel)) as Record<string, unknown>[]
    expect(told).toMatchObject({
      measure: 'panel',
      terms: 12,
      period: 'month',
      forecast: [{ ahead: 3 }, { ahead: 12 }],
      ranking: { first: 2, season: { lift: expect.any(Number) }, rise: { combined: expect.any(Number) } },
    })
    const monday = (n: number) => new Date(Date.UTC(2025, 0, 6 + 7 * n)).toISOString().slice(0, 10)
    const said = (n: number) => (n > 65 && n < 75 ? ['军大衣火了', '穿军大衣', '军大衣和棉裤'] : ['晴'])
    const lines = Array.from({ length: 90 }, (_, n) => said(n).map((title) => `${monday(n)},${title} ${n}`)).flat()
    const titles = join(folder, 'hot')
    mkdirSync(titles)
    writeFileSync(join(titles, 'hot.csv'), `date,title\n${lines.join('\n')}\n`)
    writeFileSync(
      join(titles, 'totals.csv'),
      `date,distinct_titles\n${Array.from({ length: 90 }, (_, n) => `${monday(n)},400`).join('\n')}\n`,
    )
    const [hot] = JSON.parse(await run('--json', 'trends', 'evaluate', titles)) as Record<string, unknown>[]
    expect(hot).toMatchObject({
      measure: 'titles',
      titles: lines.length,
      burst: { averagePrecision: expect.any(Number) },
    })
    expect(await run('trends', 'evaluate', panel, titles)).toMatch(
      /12 terms, 2004-01 to 2008-12[^]*average precision of bursts/,
    )
    const prose = run('trends', 'evaluate', file('prose.txt', 'Nothing that could be measured.'))
    await expect(prose).rejects.toMatchObject({ code: 'cli.nothing-to-measure' })
  })
  test('what is no JSON is told so', () =>
    expect(run('factories', 'add', file('a.json', '{'))).rejects.toMatchObject({ code: 'cli.no-json' }))

  const reach = 'id,elapsed,buyers,units,goal_units,goal_buyers\n'
  test('a rule is asked about each row, with what is over as its history', async () => {
    const input = file('reach.csv', `${reach}a,.1,1,20,20,3\nb,.5,9,60,50,5\n`)
    const told = JSON.parse(await run('--json', 'decide', 'reach', '--input', input)) as Record<string, unknown>[]
    expect(told).toMatchObject([
      { row: 1, enough: false },
      { row: 2, probability: 1, interval: [1, 1] },
    ])
    const history = file('past.csv', `buyers,units\n${'2,3\n'.repeat(8)}`)
    const taught = JSON.parse(await run('--json', 'decide', 'reach', '--input', input, '--history', history)) as Record<
      string,
      number
    >[]
    expect(taught[0]!['probability']).not.toBe(told[0]!['probability'])
    expect(
      await run(
        'decide',
        'stop',
        '--input',
        file('s.csv', 'days,window_days,orders,units,goal_units\n10,20,2,2,100\n10,20,50,60,100\n'),
      ),
    ).toMatch(/loser[^]*go on/)
    expect(
      await run(
        'decide',
        'reorder',
        '--input',
        file('r.csv', 'window_units,window_days,lead_days,min_units\n60,14,10,20\n'),
      ),
    ).toMatch(/true/)
    expect(
      await run('decide', 'first-lot', '--input', file('f.csv', 'units,days,horizon_days,moq\n1,14,3,50\n')),
    ).toMatch(/50/)
  })
  test.each([
    ['no rows', reach, 'rules.empty', /elapsed, buyers/],
    ['a column that is missing', 'elapsed,buyers\n.1,2\n', 'rules.column', /“units”/],
    ['a cell that cannot be', `${reach}a,.1,-1,20,20,3\n`, 'rules.cell', /Line 2, column “buyers”.*0 or more/],
    ['a row that is short', `${reach}a,.1\n`, 'rules.row', /Line 2/],
  ])('%s is told with its line and what would be right', async (_, text, code, words) => {
    const input = file('bad.csv', text)
    await expect(run('decide', 'reach', '--input', input)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(words),
    })
  })
})
