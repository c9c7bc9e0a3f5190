import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig, variables } from '../src/config.ts'
import { prepareSecret } from '../src/secret.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'firstcut-config-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

test('with nothing set everything is embedded', () => {
  const config = readConfig({ DATA_DIR: dir })
  expect(config.database).toEqual({ kind: 'sqlite', file: join(dir, 'firstcut.db') })
  expect(config).toMatchObject({ role: 'all', model: undefined, image: undefined, smtpUrl: undefined })
})

test('the secret is made once, kept, and readable by its owner only', () => {
  const config = readConfig({ DATA_DIR: dir })
  expect(config.secret).toEqual({ kind: 'file', file: join(dir, 'secret') })
  expect(existsSync(join(dir, 'secret')), 'reading the configuration writes nothing').toBe(false)
  prepareSecret(config)
  const first = readFileSync(join(dir, 'secret'), 'utf8')
  expect(first).toMatch(/^[0-9a-f]{64}$/)
  prepareSecret(readConfig({ DATA_DIR: dir }))
  expect(readFileSync(join(dir, 'secret'), 'utf8')).toBe(first)
  expect(statSync(join(dir, 'secret')).mode & 0o777).toBe(0o600)
})

test('the folder of a new installation is its owner’s only: it holds hashes of passwords and letters with links', () => {
  const folder = join(dir, 'data')
  prepareSecret(readConfig({ DATA_DIR: folder }))
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test('behind proxies it is told how many they are; anything else is refused', () => {
  const proxies = (value: string) => readConfig({ DATA_DIR: dir, TRUST_PROXY: value }).http.proxies
  expect(['true', 'false', '', '0', '2'].map(proxies)).toEqual([1, 0, 0, 0, 2])
  expect(() => proxies('yes')).toThrow(/TRUST_PROXY: must be true, false or how many/)
})

test('PostgreSQL without a shared secret is refused, because nodes could not read each other’s', () => {
  expect(() => readConfig({ DATA_DIR: dir, DATABASE_URL: 'postgres://localhost/x' })).toThrow(
    /SECRET: required with PostgreSQL/,
  )
})

test('every fault is named with its variable, in sentences', () => {
  expect(() => readConfig({ DATA_DIR: dir, PORT: 'eighty', ROLE: 'both', SECRET: 'short' })).toThrow(
    /PORT: .*\nROLE: .*\nSECRET: must be 64 hexadecimal digits/s,
  )
})

test('an empty value counts as not set', () => {
  expect(readConfig({ DATA_DIR: dir, SMTP_URL: '', PORT: '' }).http.port).toBe(3000)
})

test('the example file and the README name every variable there is', () => {
  const example = readFileSync('.env.example', 'utf8')
  const readme = readFileSync('README.md', 'utf8')
  for (const name of Object.keys(variables)) {
    expect(example).toContain(`${name}=`)
    expect(readme).toContain(`\`${name}\``)
  }
})
