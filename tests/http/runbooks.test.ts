/** What the runbooks tell somebody in trouble to type works as it stands there. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { problemIn } from '../../src/core/errors.ts'
import { buildCli } from '../../src/edges/cli/program.ts'
import { register, SHIP_TO } from '../support/factories.ts'
import { testServer, type TestServer } from '../support/server.ts'

const house = system('test')
let server: TestServer
let words: Record<string, string>

beforeAll(async () => {
  server = await testServer({ role: 'web' })
  const { dispatch, backups } = server.app.line
  await dispatch.changeTerms(house, SHIP_TO)
  const { factory } = await register(dispatch, { rates: { tee: 700 } })
  const { file } = await backups.make(house, { file: join(server.folder, 'backups', 'kept.tar') })
  words = { FILE: file, ID: factory.id, DAY: '2099-01-31' }
}, 120_000)
afterAll(() => server.close())

function thrown(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => {} })
  for (const each of command.commands) thrown(each)
}

const typed = readdirSync('docs/runbooks').flatMap(
  (name) =>
  [...readFileSync(`docs/runbooks/${name}`, 'utf8').matchAll(/^\s*(firstcut .+)$/gm)].map(([, line = '']) => ({ name, line })), // prettier-ignore
)

/** Where there is another right answer than success in this installation, its code. */
const RIGHT: Readonly<Record<string, string>> = {
  // The master secret of the test comes from the environment, which it says; rotating a file is in secrets.test.ts.
  'secrets rotate': 'secrets.given',
  // This factory works in the portal; one with an endpoint is pinged in dispatch-webhooks.test.ts.
  'factories ping': 'factories.no-endpoint',
}

test.each(typed)('$name: $line', async ({ line }) => {
  const [, ...parts] = line.trim().split(/\s+/)
  let restored: string | undefined
  const nothing = async () => {}
  const program = buildCli({
    open: async () => ({ line: server.app.line, settle: nothing, close: nothing }),
    lang: 'en',
    print: () => {},
    note: () => {},
    // The drill in tests/faults/restore.test.ts puts a backup back; here only what is typed is read.
    restore: async (file) => {
      restored = file
      throw new Error('restored')
    },
  })
  thrown(program)
  const argv = parts.map((part) => part.replace(/^(factory:)?(FILE|ID|DAY)$/, (_, kind = '', name: string) => `${kind}${words[name]}`)) // prettier-ignore
  const failed = await program.parseAsync(['node', 'firstcut', ...argv]).then(
    () => undefined,
    (error: unknown) => error as Error,
  )
  if (parts[0] === 'restore') return expect(restored).toBe(words['FILE'])
  const right = RIGHT[parts.slice(0, 2).join(' ')]
  if (right) return expect(problemIn(failed)?.code).toBe(right)
  expect(failed).toBeUndefined()
})
