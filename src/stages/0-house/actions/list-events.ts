import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { anObject } from '../model.ts'
import { eventPage } from '../store/operations.ts'

/** The log of events, newest first. */
export const listEvents = action({
  name: 'operations.events',
  scope: 'line:read',
  input: z.object({ name: z.string().max(80).optional(), before: z.string().optional(), limit: z.int().min(1) }),
  output: z.object({
    id: z.string(),
    name: z.string(),
    payload: anObject,
    actor: z.string(),
    dedupeKey: z.string().nullable(),
    at: z.iso.datetime(),
  }),
  run: ({ db }: Context, _actor, page) => eventPage(db.read, page),
})
