/** What the repository holds, and what its tests may not lean on. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

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
