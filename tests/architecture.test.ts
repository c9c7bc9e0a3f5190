import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  between,
  blindSigns,
  castsIn,
  circles,
  copiesIn,
  edgesInStores,
  handMadeCalls,
  handMadeCommands,
  handMadeForms,
  importsOf,
  LAYERS,
  linesOfCode,
  ownersOf,
  refusedInline,
  roundTheDoor,
  sources,
  sqlElsewhere,
  straysFrom,
  undeclaredActs,
  writesIn,
  writtenByOthers,
} from './support/laws.ts'

const files = sources()
const imports = importsOf(files)
const stages = readdirSync('src/stages').filter((name) => /^\d/.test(name))

describe('the laws see the code base', () => {
  test('files, imports, doors, tables and writes', () => {
    expect(Object.keys(files).length).toBeGreaterThan(400)
    expect(imports.length).toBeGreaterThan(1000)
    expect(between(files).length).toBeGreaterThan(30)
    expect(ownersOf(files).size).toBeGreaterThan(30)
    expect(new Set(ownersOf(files).values())).toEqual(new Set(['db', ...stages]))
    expect(writesIn(files).length).toBeGreaterThan(60)
  })

  test('every planted fault is found', () => {
    const planted = (file: string, text: string) => ({ ...files, [file]: text })
    expect(straysFrom(planted('core/x.ts', "import { a } from '../db/outbox.ts'"), 'core')).toEqual([
      { from: 'core/x.ts', to: 'db/outbox.ts' },
    ])
    const fault = (file: string, text: string) =>
      roundTheDoor(planted(file, text)).filter(({ from }) => from === file).length
    expect(fault('stages/8-reorders/x.ts', "import { freezeLot } from '../5-demand/lots.ts'")).toBe(1)
    expect(fault('stages/8-reorders/actions/x.ts', "import { freezeLot } from '../../5-demand/lots.ts'")).toBe(1)
    expect(fault('stages/5-demand/x.ts', "import { orderById } from '../6-dispatch/door.ts'")).toBe(1)
    expect(fault('stages/8-reorders/x.ts', "import { freezeLot } from '../5-demand/door.ts'")).toBe(0)
    const sql = "import { eq } from 'drizzle-orm'"
    expect(sqlElsewhere(planted('stages/5-demand/x.ts', sql))).toContain('stages/5-demand/x.ts')
    expect(sqlElsewhere(planted('stages/5-demand/actions/store.ts', sql))).toContain('stages/5-demand/actions/store.ts')
    const write = 'tx.update(campaigns).set({ lot: 2 })'
    expect(writtenByOthers(planted('stages/5-demand/store.ts', write))).toContainEqual(
      expect.objectContaining({ table: 'campaigns', file: 'stages/5-demand/store.ts' }),
    )
    expect(writtenByOthers(planted('stages/4-storefront/store.ts', 'tx.insert(events)'))).toContainEqual(
      expect.objectContaining({ owner: 'db' }),
    )
    const shop = "import { campaignById } from '../../stages/4-storefront/store.ts'"
    expect(edgesInStores(planted('edges/http/x.ts', shop))).toHaveLength(1)
    const circle = {
      ...planted('stages/2-designs/gates/x.ts', "import { a } from '../run/work.ts'"),
      'stages/2-designs/run/y.ts': "import { b } from '../gates/x.ts'",
    }
    expect(circles(circle)).toContain('stages/2-designs/gates')
    const act = "export const doThis = action({ name: 'demand.do' })"
    const acts = (file: string) => undeclaredActs(planted(file, act)).includes(file)
    expect(acts('stages/5-demand/actions/do-this.ts'), 'in no index').toBe(true)
    expect(acts('stages/0-house/actions/sign-in.ts'), 'another name than its file').toBe(true)
    expect(refusedInline(planted('edges/http/x.ts', "throw problem('a.b', 422, {})"))).toEqual(['edges/http/x.ts'])
    const call = "endpoint({\n  method: 'POST',\n  path: '/x',\n  run: ({ actor }) => reorders.approve(actor, {}) })"
    expect(handMadeCalls(planted('edges/http/api/x.ts', call))).toContain('POST /x')
    const form = "server.post('/console/x', async (request) => reorders.approve(request.actor, formOf(request)))"
    expect(handMadeForms(planted('edges/http/console/x.tsx', form))).toContain('/console/x')
    const command =
      "orders\n  .command('x <id>')\n  .action((id) => using(({ reorders }) => reorders.approve(me, { id }))())"
    expect(handMadeCommands(planted('edges/cli/x.ts', command))).toContain('x: x')
    expect(castsIn(planted('stages/5-demand/x.ts', 'const row = found as unknown as Row'))).toMatchObject({
      'stages/5-demand/x.ts': 1,
    })
    const copy = (text: string) => copiesIn(planted('stages/5-demand/x.ts', text))
    for (const [what, text] of [
      ['random numbers that repeat', 'state = (state + 0x6d2b79f5) | 0'],
      ['the gamma function', 'const LANCZOS = [0.99999999999980993, 676.5203681218851]'],
      ['linear light', 'c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4'],
      ['Lab of a colour', 't > 216 / 24389 ? Math.cbrt(t) : t'],
      ['the area of an outline', 'sum += a.x * b.y - b.x * a.y'],
      ['a point in an outline', 'if (a.y > p.y !== b.y > p.y) odd = !odd'],
      ['the distance of two points', 'const d = (a: P, b: P) => Math.hypot(a.x - b.x, a.y - b.y)\n'],
      ['a map that forgets', 'if (known.size > MOST) known.clear()'],
      ['a pool of threads', 'const thread = new Worker(file)'],
      ['the length of a day', 'const until = now + 7 * 86_400_000'],
    ] as const)
      expect(copy(text)).toContain(`${what}: stages/5-demand/x.ts`)
    expect(linesOfCode("import {\n  a,\n} from 'b'\n\n/** Why.\n * And how. */\n// so\nconst a = 1\n")).toBe(1)
  })
})

describe('every import follows the flow', () => {
  test.each(Object.keys(LAYERS))('%s imports only from where it may', (from) =>
    expect(straysFrom(files, from)).toEqual([]),
  )

  test('a stage enters an earlier one by its door', () => expect(roundTheDoor(files)).toEqual([]))

  test('the rooms of a stage are no circle', () => expect(circles(files)).toEqual([]))

  test('the edges call actions and never touch a store or a table', () => expect(edgesInStores(files)).toEqual([]))

  test('nobody but the composition root, and what puts a backup in its place, chooses an adapter', () => {
    const adapters = imports.filter(
      ({ from, to }) => to.startsWith('engines/') && to !== 'engines/ports.ts' && !from.startsWith('engines/'),
    )
    // The configuration asks which there are, so that it takes no other name.
    expect(adapters.filter(({ from }) => from === 'config.ts').map(({ to }) => to)).toEqual(['engines/registry.ts'])
    expect(new Set(adapters.map(({ from }) => from))).toEqual(new Set(['app.ts', 'config.ts', 'restore.ts']))
  })
})

/** Calls of the API that no adapter makes, and why. */
const MORE_THAN_AN_ACT: Readonly<Record<string, string>> = {
  'GET /campaigns': 'printed once a second for everybody who asks',
  'GET /partner/statement.csv': 'a table, which is no JSON',
  'GET /partners/:id/statement.csv': 'a table, which is no JSON',
  'GET /production-orders/:id/shipments.csv': 'a table, which is no JSON',
  'GET /production-orders/:id/slips.pdf': 'a document, which is no JSON',
  'GET /security-log/export': 'a stream, of the type that is asked for',
  'POST /campaigns/:id/preorders': 'the hot path: its answer is text that is kept under the key of the request',
  'POST /messages/replay': 'one of two acts, by the fields that come',
  'POST /uploads': 'looks at a file, or keeps it',
}

/** Forms that no adapter reads, and why. */
const MORE_THAN_A_FORM: Readonly<Record<string, string>> = {
  '/console/deliveries/retry': 'nothing that was ticked is no refusal',
  '/console/materials': 'one line, or a file of them',
  '/import': 'a list of parcels comes',
  '/console/styles/:id/reference': 'a picture comes',
  '/console/styles/:id/refine': 'a sentence that changed nothing is shown as a refusal',
  '/console/uploads': 'a file comes, or the one that was looked at is taken',
  '/erase': 'what was typed is typed again before',
  '/orders/erase': 'the page behind a link, and what is kept of whose it is',
  '/orders/export': 'a file, and what is kept of whose link it is',
  '/factory/enter': 'brings a cookie; no act of the stage',
  '/factory/leave': 'takes a cookie away; no act of the stage',
  '/factory/jobs/:id/parcels': 'a list of parcels comes',
  '/factory/link': 'answers everybody alike; no act of the stage',
  '/first-run': 'two acts: the first account, and its session',
  '/language': 'a cookie and no act',
  '/shop/:slug/inquiries': 'asked as a buyer, whoever is signed in',
  '/shop/:slug/preorders': 'asked as a buyer; a table of quantities',
  '/sign-in': 'brings a cookie, or asks for a second factor; a wrong password is no lost session',
  '/sign-in/code': 'brings a cookie; a wrong code is no lost session',
  '/sign-out': 'takes the cookie away',
}

/** Commands that no adapter makes, and why. */
const MORE_THAN_A_COMMAND: Readonly<Record<string, string>> = {
  'accounts: sessions': 'lists them, or ends them',
  'decide: decide': 'asks a rule about a table, and opens no line',
  'backups: restore': 'no line may be open meanwhile',
  'evaluate: evaluate': 'measures the files that it is given, and opens no line',
  'makeable: makeable': 'counts the texts of a file or folder, and opens no line',
  'factories: rotate': 'a change-over, or at once',
  'production: list': 'all orders, or one',
  'production: retry': 'all that is parked, where none is named; nothing is no refusal',
  'program: settle': 'what the worker does, and no act',
  'trends: ingest': 'looks at a file, or takes it in',
}

describe('an act is declared once', () => {
  test('in a file of its own, in the index of its stage', () => {
    expect(Object.keys(files).filter((file) => /^stages\/\d-[a-z]+\/actions\//.test(file)).length).toBeGreaterThan(100)
    expect(undeclaredActs(files)).toEqual([])
  })

  test('the API asks for it by its declaration, but for calls that are more than that', () =>
    expect(handMadeCalls(files)).toEqual(Object.keys(MORE_THAN_AN_ACT).sort()))

  test('a form of a page too, but for those that bring cookies, files or a second question', () =>
    expect(handMadeForms(files)).toEqual(Object.keys(MORE_THAN_A_FORM).sort()))

  test('a command of the terminal too, but for those that choose between acts', () =>
    expect(handMadeCommands(files)).toEqual(Object.keys(MORE_THAN_A_COMMAND).sort()))

  test.each([
    'http/place.ts',
    'http/action-endpoint.ts',
    'http/list-endpoint.ts',
    'http/form-route.ts',
    'http/form-fields.ts',
    'cli/action-command.ts',
    'cli/option-for.ts',
  ])('and %s, which reads the declaration, stays thin', (file) =>
    expect(linesOfCode(files[`edges/${file}`] ?? '')).toBeLessThan(60),
  )
})

test('a value is of the type that the compiler sees, but where a library or two dialects hide it', () => {
  expect(castsIn(files)).toEqual({
    'core/errors.ts': 2, // a tuple whose first part is there only for sentences with places
    'db/columns.ts': 1, // the columns of two dialects, declared alike
    'db/database.ts': 1, // places of a prepared statement, by their number
    'db/gather.ts': 1, // queues of all types in one map
    'db/postgres.ts': 3, // the query builder's inside, the driver's own setting, and its transaction
    'db/reader.ts': 2, // a reader of either dialect
    'db/sqlite.ts': 3, // a reader and a transaction of this dialect
    'edges/http/endpoints.ts': 1, // calls of all types in one list
    'edges/worker.ts': 2, // reactions to all events in one map
    'engines/language/openai.ts': 1, // members that providers take and the library does not know
    'stages/5-demand/store/counts.ts': 1, // places of a prepared statement, by their name
  })
})

describe('one of each', () => {
  test('no second one of what the house has', () => expect(copiesIn(files)).toEqual([]))
  test('and each sign is seen where the one stands', () => expect(blindSigns(files)).toEqual([]))
})

test('a page reads its query by the schema that it declares', () => {
  const reading = Object.keys(files).filter(
    (file) => /^edges\/http\/.*\.tsx$/.test(file) && /request\.query\b(?!\.v\b)/.test(files[file] ?? ''),
  )
  expect(reading).toEqual([])
})

test('what a stage or an edge refuses stands in the catalogue of its folder', () => {
  expect(refusedInline(files)).toEqual([])
})

describe('a table belongs to one stage', () => {
  test('SQL stands in a store', () => expect(sqlElsewhere(files)).toEqual([]))

  test('and nobody else writes it', () => expect(writtenByOthers(files)).toEqual([]))
})

test('the environment is read in one place, and the dialect in another', () => {
  const readers = Object.entries(files)
    .filter(([, text]) => /process\.env/.test(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
    .map(([file]) => file)
  expect(readers.sort()).toEqual(['cli.ts', 'core/dialect.ts', 'run.ts'])
})

test.each(stages)('stage %s has its closed set of files', (name) => {
  const own = readdirSync(join('src/stages', name))
  expect(own).toEqual(expect.arrayContaining(['actions.ts', 'store.ts', 'tables.ts']))
})
