import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { anObject, noInput } from '../model.ts'
import { parkedDeliveries } from '../store/operations.ts'

const SHOWN = 100

/** Deliveries that failed too often and wait for a person, newest first. */
export const listParked = action({
  name: 'operations.parked',
  scope: 'line:read',
  input: noInput,
  output: z.array(anObject),
  run: ({ db }: Context) => parkedDeliveries(db.read, SHOWN),
})
