import { z } from 'zod'
import { LANGS } from '../../../core/values.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { announceDue } from '../due.ts'
import { region, sourceName } from '../inputs.ts'
import { refused } from '../messages.ts'
import { checkUrl, FORMATS } from '../model.ts'
import { insertSource, sourceByUrl } from '../store.ts'
import { sourceView } from '../views.ts'

/** Add a feed by its address; it is fetched at once. @throws Problem `trends.bad-url`, `trends.source-exists` */
export const addSource = action({
  name: 'trends.add-source',
  scope: 'trends',
  input: z.object({
    name: sourceName,
    url: z.string().trim().min(1).max(2000),
    lang: z.enum(LANGS).default('zh'),
    region,
    format: z.enum(FORMATS).default('auto'),
    everyMinutes: z
      .int()
      .min(5)
      .max(7 * 24 * 60)
      .default(60),
  }),
  output: sourceView,
  async run(context: TrendsContext, actor, { region: place, ...draft }) {
    const url = checkUrl(draft.url)
    const now = context.clock.now()
    return context.db.write(async (tx) => {
      const source = await insertSource(tx, {
        ...draft,
        url,
        kind: 'feed',
        region: place ?? null,
        nextFetchAt: now,
        createdAt: now,
      })
      if (!source) {
        const known = await sourceByUrl(tx, url)
        throw refused(
          'trends.source-exists',
          { name: known?.name ?? url },
          { field: 'url', details: { sourceId: known?.id } },
        )
      }
      await announceDue(tx, context, actor, { sourceId: source.id, window: 'added', at: now })
      return source
    })
  },
})
