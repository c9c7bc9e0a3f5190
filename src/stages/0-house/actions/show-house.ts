import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { houseSchema, readHouse } from '../house.ts'
import { noInput } from '../model.ts'

export const showHouse = action({
  name: 'house.show',
  scope: 'line:read',
  input: noInput,
  output: houseSchema,
  run: ({ db }: Context) => readHouse(db.read),
})
