/** What people see when a reaction of this stage has failed for good: on the source. */
import type { Tx } from '../../db/database.ts'
import type { Context, GivingUp, Subject } from '../context.ts'
import { pauseMs } from './model.ts'
import { lastReadSource, markFetched, sourceById } from './store.ts'

/** Where it is shown: on the source that was read last. */
async function readLast(tx: Tx): Promise<Subject | undefined> {
  const id = await lastReadSource(tx)
  return id === undefined ? undefined : `source:${id}`
}

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
  'trends.scored': {
    about: (_, tx) => readLast(tx),
    says: {
      en: 'The week was scored, but not looked through for new words: those shown are older.',
      zh: '本周已评分，但未能从中找出新词：现有新词为此前的结果。',
    },
  },
  'trends.words-changed': {
    about: (_, tx) => readLast(tx),
    says: {
      en: 'The vocabulary was changed, but the titles that are kept could not be read again by it: only those that come from now on are.',
      zh: '词表已更改，但未能据此重读已保存的标题：仅对之后读取的标题生效。',
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
