import { z } from 'zod'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { listSchema } from '../model.ts'
import { listStyles as stylesIn } from '../store.ts'
import { styleView, viewStyle } from '../views.ts'

/** Styles, newest first, each with its current version. `cursor` of a page goes into the next request. */
export const listStyles = action({
  name: 'designs.list-styles',
  scope: 'designs:read',
  input: listSchema,
  output: z.object({ items: z.array(styleView), cursor: z.string().optional() }),
  async run({ db }: Context, _actor, { state, category, runId, limit, cursor }) {
    const rows = await stylesIn(db.read, { state, category, runId, before: cursor, limit: limit + 1 })
    return {
      items: rows.slice(0, limit).map(({ style, version }) => viewStyle(style, version)),
      cursor: rows.length > limit ? rows[limit - 1]?.style.id : undefined,
    }
  },
})
