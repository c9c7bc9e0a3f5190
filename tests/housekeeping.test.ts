/** What the repository holds, and what its tests may not lean on. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { storeless } from '../vitest.config.ts'

describe.each(['sqlite', 'postgres'])('the migrations of %s', (dialect) => {
  const folder = join('src/db/migrations', dialect)
  const { entries } = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as {
    entries: { tag: string }[]
  }

  test('are those that the journal names', () =>
    expect(readdirSync(folder).filter((file) => file.endsWith('.sql'))).toEqual(entries.map(({ tag }) => `${tag}.sql`)))

  test('keep one snapshot, the newest, as one line that no reader stumbles over', () => {
    const snapshots = readdirSync(join(folder, 'meta')).filter((file) => file.endsWith('_snapshot.json'))
    expect(snapshots).toEqual([`${entries.at(-1)?.tag.slice(0, 4)}_snapshot.json`])
    expect(
      readFileSync(join(folder, 'meta', snapshots[0] ?? ''), 'utf8')
        .trimEnd()
        .split('\n'),
    ).toHaveLength(1)
  })
})

/**
 * Files in which a real process, a real server or another program looks at this machine's clock too, so that a clock turned
 * by hand would only disagree with it. Everything else says what time it is, and what is drawn by lot has a seed.
 */
const REAL_TIME = [
  'engines/feeds.test.ts', // how long a thread may take
  'faults/disk-full.test.ts',
  'faults/files-full.test.ts',
  'faults/kill.test.ts',
  'faults/outsiders.test.ts',
  'faults/restore.test.ts',
  'http/attacks.test.ts',
  'journey/journey.test.ts', // the server answers a factory program, which signs with its own clock
  'stages/dispatch-webhooks.test.ts', // the reference library verifies by this machine's clock
  'stages/production.test.ts', // so does the demo's factory
  'stages/secrets.test.ts', // a second process rotates the keys
  'support/crowd.ts',
]
const REAL = /Date\.now\(|new Date\(\)|Math\.random/

test('tests look at no clock on the wall and draw no lots, but for those that work with real processes', () => {
  const files = readdirSync('tests', { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && file !== 'housekeeping.test.ts',
  )
  expect(files.length).toBeGreaterThan(80)
  const looking = files.filter((file) => REAL.test(readFileSync(join('tests', file), 'utf8')))
  expect(looking.sort(), 'also: take off the list what needs it no more').toEqual(REAL_TIME.toSorted())
})

test('whoever opens no database runs on none, and nobody else is left out of both', () => {
  const opening =
    /\b(world|testServer|freshDatabase|freshEnvironment|openSqlite|openPostgres|openApp|openLine)\(|core\/dialect\.ts/
  const without = ['db', 'stages', 'http', 'faults', 'journey', 'cases']
    .flatMap((room) => readdirSync(join('tests', room), { encoding: 'utf8' }).map((file) => `tests/${room}/${file}`))
    .filter((file) => /\.test\.tsx?$/.test(file) && !opening.test(readFileSync(file, 'utf8')))
  expect(without.sort()).toEqual(storeless)
})

describe('the exceptions from what is limited', () => {
  interface Override {
    files: string[]
    rules: Record<string, string>
  }
  const config = JSON.parse(readFileSync('.oxlintrc.json', 'utf8')) as {
    rules: Record<string, unknown>
    overrides: Override[]
  }
  const LIMITED = ['max-lines-per-function', 'complexity', 'no-nested-ternary']
  /** A file, or a folder with all in it. */
  const covers = (pattern: string, file: string) =>
    pattern.endsWith('/**') ? file.startsWith(pattern.slice(0, -2)) : file === pattern

  test('are still needed by whoever stands on the list', () => {
    const folder = mkdtempSync(join(tmpdir(), 'firstcut-lint-'))
    const file = join(folder, 'only.json')
    const rules = Object.fromEntries(LIMITED.map((rule) => [rule, config.rules[rule]]))
    writeFileSync(file, JSON.stringify({ categories: { correctness: 'off' }, rules }))
    const { stdout } = spawnSync('npx', ['oxlint', '-c', file, '-f', 'json', 'src', 'scripts'], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string; code: string }[] }
    const unneeded = LIMITED.flatMap((rule) => {
      const found = diagnostics.filter(({ code }) => code === `eslint(${rule})`)
      expect(found.length, 'the rule looks').toBeGreaterThan(0)
      const listed = config.overrides.flatMap(({ files, rules: own }) => (own[rule] === 'off' ? files : []))
      return listed
        .filter((pattern) => pattern !== 'tests/**' && !found.some(({ filename }) => covers(pattern, filename)))
        .map((pattern) => `${rule}: ${pattern}`)
    })
    expect(unneeded, 'take these off the list in .oxlintrc.json').toEqual([])
  })

  /** Why whoever is on a list may stay on it; a list of files alone would only grow. */
  const REASONS: readonly (readonly [who: RegExp, why: string])[] = [
    [/^tests\//, 'a test tells its story at one go'],
    [/^scripts\/demo/, 'so does the demonstration'],
    [/^src\/edges\/ui\/.*\.tsx$/, 'a page that is one long form, or one long table'],
    [/^src\/edges\/http\/(?:api\/campaigns\.ts|console\/demand\.tsx|shop\.tsx)$/, 'the list of a group of routes'],
    [/^src\/db\/(?:leases|postgres|sqlite)\.ts$/, 'one connection, and all that may be asked of what only it may see'],
    [/^src\/garments\/packshot\/(?:colour|raster|shade|surface)\.ts$/, 'the loop over all pixels, compiled as one'],
    [/^src\/garments\/.*\/cut-list\.ts$/, 'a table with a row for each piece'],
    [/^src\/garments\/drawing\//, 'one thing drawn stroke by stroke, in the order in which its chance is drawn'],
  ]

  test('each have a reason that one can say', () => {
    const listed = config.overrides
      .filter(({ rules }) => LIMITED.some((rule) => rules[rule] === 'off'))
      .flatMap(({ files }) => files)
    expect(listed.filter((file) => !REASONS.some(([who]) => who.test(file)))).toEqual([])
    expect(REASONS.filter(([who]) => !listed.some((file) => who.test(file))).map(([, why]) => why)).toEqual([])
  })

  test('name no file and no folder that is not there', () => {
    const patterns = config.overrides.flatMap(({ files }) => files)
    expect(patterns.filter((pattern) => !existsSync(pattern.replace(/\/\*\*$/, '')))).toEqual([])
  })
})
