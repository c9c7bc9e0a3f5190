/** What people see when a reaction of this stage has failed for good: on the source. */
import type { Context, GivingUp } from '../context.ts'
import { pauseMs } from './model.ts'
import { markFetched, sourceById } from './store.ts'

export const givingUpOf = ({ clock }: Context): GivingUp => ({
  'trends.fetch-due': { unseen: 'the next window looks for the same sources' },
  'trends.source-due': {
    about: ({ sourceId }) => `source:${sourceId}`,
    says: {
      en: 'This source could not be read, because something in the program failed. It will be read again at its next time.',
      zh: '读取该来源时程序出错，将在下次时间再读取。',
    },
    async ends(tx, { sourceId }, why) {
      const now = clock.now()
      const source = await sourceById(tx, sourceId)
      if (!source) return
      const failures = source.failures + 1
      await markFetched(tx, sourceId, now, {
        failures,
        lastError: why,
        lastFetchedAt: now,
        nextFetchAt: new Date(now.getTime() + pauseMs(source.everyMinutes, failures)),
      })
    },
  },
  'trends.ingested': {
    about: ({ sourceId }) => `source:${sourceId}`,
    says: {
      en: 'This source was read, but the trends could not be scored with it: the scores shown are older.',
      zh: '来源已读取，但未能据此重新评分：现有评分为此前的结果。',
    },
  },
})
