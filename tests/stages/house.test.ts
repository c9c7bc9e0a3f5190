import { expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { eq } from 'drizzle-orm'
import { settings } from '../../src/db/schema.ts'
import { readHouse, rulesOf, unusableSettings } from '../../src/stages/0-house/house.ts'
import { changeHouse } from '../support/house.ts'
import { world } from '../support/world.ts'

const operator = system('test')

test('changing one rule of the house leaves every other as it was', async () => {
  await using line = await world()
  const set = { verification: 'trusted', currency: 'EUR', reorderMinUnits: 12, modelBudgetPerDayMicros: 0 } as const
  await changeHouse(line.context, operator, set)
  await changeHouse(line.context, operator, { reorderPolicy: 'auto' })
  expect(await readHouse(line.db.read)).toMatchObject({ ...set, reorderPolicy: 'auto' })
})

test('a time zone stored before it was looked at stops nothing: another stands in for it, and the console is told', async () => {
  await using line = await world()
  await changeHouse(line.context, operator, { nameEn: 'Early Bird' })
  const stored = (value: object) =>
    line.db.write((tx) => tx.update(settings).set({ value }).where(eq(settings.key, 'house')).returning())
  await stored({ nameEn: 'Early Bird', timeZone: 'GMT+8', marginPercent: 'much' })
  expect(await readHouse(line.db.read)).toMatchObject({
    nameEn: 'Early Bird',
    timeZone: 'Asia/Shanghai',
    marginPercent: 45,
  })
  expect((await unusableSettings(line.db.read)).map(({ name, used }) => [name, used])).toEqual(
    expect.arrayContaining([
      ['timeZone', '"Asia/Shanghai"'],
      ['marginPercent', '45'],
    ]),
  )
  await changeHouse(line.context, operator, { timeZone: 'europe/london' })
  expect((await readHouse(line.db.read)).timeZone).toBe('Europe/London')
  expect(await unusableSettings(line.db.read)).toEqual([])
})

test('terms of a calculation are the house’s own, and what the trade asks in its currency where it says nothing', async () => {
  await using line = await world()
  await changeHouse(line.context, operator, { minuteRate: 98, vatPercent: 13, ownMinutes: 'neck = 2.5\n\n side：1' })
  expect(rulesOf(await readHouse(line.db.read)).terms).toEqual({
    minuteRate: 98,
    ownMinutes: { neck: 2.5, side: 1 },
    patternPerStyle: 600_00,
    samplePerStyle: 300_00,
    freightPerKg: 3_00,
    dyeLotMetres: 0,
    inspectionPercent: 1,
    vatPercent: 13,
  })
  await changeHouse(line.context, operator, { currency: 'EUR' })
  expect(rulesOf(await readHouse(line.db.read)).terms).toMatchObject({ minuteRate: 98, patternPerStyle: 76_93 })
})

test.each([
  [{ timeZone: 'GMT+8' }, 'timeZone', 'Asia/Shanghai'],
  [{ timeZone: 'Nowhere/Land' }, 'timeZone', 'Europe/London'],
  [{ nameEn: 'Sh\u202Eop' }, 'nameEn', 'direction'],
  [{ nameZh: '  ' }, 'nameZh', ''],
  [{ nameEn: 'a\nb' }, 'nameEn', 'one line'],
  [{ currency: 'XXX' }, 'currency', 'CNY'],
  [{ ownMinutes: 'neck = 2.5\nside: soon' }, 'ownMinutes', 'side: soon'],
  [{ ownMinutes: 'neck = 0' }, 'ownMinutes', 'neck = 0'],
  [{ colourCodes: '#4b5320 = 19-0509\nolive: 3' }, 'colourCodes', 'olive: 3'],
])(
  'a rule that would mislead later is refused by its field, and nothing is saved: %j',
  async (change, field, words) => {
    await using line = await world()
    const before = await readHouse(line.db.read)
    await expect(changeHouse(line.context, operator, change)).rejects.toMatchObject({
      status: 422,
      extra: { field },
      text: { en: expect.stringContaining(words) },
    })
    expect(await readHouse(line.db.read)).toEqual(before)
  },
)
