import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dialect } from '../../src/core/dialect.ts'
import { migrate, migrationsFor } from '../../src/db/migrate.ts'
import { styleCards, type StylePicture } from '../../src/db/schema.ts'
import { MATERIALS, sampleSpec } from '../../src/garments/index.ts'
import { cardOf } from '../../src/stages/2-designs/card.ts'
import { freshDatabase } from '../support/database.ts'

test('styles of an earlier version stand in lists as those of now do', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firstcut-upgrade-'))
  const all = migrationsFor(dialect)
  const before = all.slice(
    0,
    all.findIndex(({ tag }) => tag.endsWith('_style-cards')),
  )
  const { db, drop } = await freshDatabase(folder, before)
  try {
    const spec = sampleSpec('coat', 'men', MATERIALS)
    const colours = spec.colourways.map(({ id }) => id)
    const picture = (colourway: string, view: string, width: number): StylePicture => ({
      colourway,
      view,
      width,
      height: width,
      files: { webp: `${colourway}-${view}-${width}` },
      digitalSourceType: 'x',
    })
    const pictures = ['back', 'front'].flatMap((view) =>
      colours.toReversed().flatMap((colour) => [picture(colour, view, 1200), picture(colour, view, 600)]),
    )
    const at = dialect === 'sqlite' ? '0' : "'2026-11-01T00:00:00Z'"
    const quoted = (value: unknown) => `'${JSON.stringify(value).replaceAll("'", "''")}'`
    const version = (number: number, drawn: readonly StylePicture[]) =>
      `insert into style_versions (id, style_id, version, spec, derived, rules, gates, hash, geometry_file, pictures, generation, created_at)
       values ('v${number}', 's', ${number}, ${quoted(spec)}, '{}', '{}', '[]', 'h', 'g', ${quoted(drawn)}, '{}', ${at})`
    await db.execute(
      `insert into styles (id, number, category, state, version, trend_ids, created_at) values ('s', 'FC-26-0001', 'coat', 'proposed', 2, '[]', ${at})`,
    )
    await db.execute(version(1, []))
    await db.execute(version(2, pictures))
    await migrate(db, all)
    const cards = await db.read.select().from(styleCards).orderBy(styleCards.version)
    expect(cards).toEqual([
      { styleId: 's', version: 1, card: cardOf({ spec, pictures: [] }), pictures: 0 },
      { styleId: 's', version: 2, card: cardOf({ spec, pictures }), pictures: pictures.length },
    ])
    expect(cards[1]?.card.front.map(({ width }) => width)).toEqual([1200, 600])
  } finally {
    await db.close()
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
})
