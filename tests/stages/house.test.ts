import { expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { changeHouse, readHouse } from '../../src/stages/house.ts'
import { world } from '../support/world.ts'

const operator = system('test')

test('changing one rule of the house leaves every other as it was', async () => {
  await using line = await world()
  const set = { verification: 'trusted', currency: 'EUR', reorderMinUnits: 12, modelBudgetPerDayMicros: 0 } as const
  await changeHouse(line.context, operator, set)
  await changeHouse(line.context, operator, { reorderPolicy: 'auto' })
  expect(await readHouse(line.db.read)).toMatchObject({ ...set, reorderPolicy: 'auto' })
})
