import { z } from 'zod'
import { personKey, personKeys } from '../../../core/person.ts'
import { action } from '../../action.ts'
import { readerBehind } from '../links.ts'
import { byPerson } from '../model.ts'
import type { DemandContext } from '../options.ts'
import { refusedBy, refuseNews, takeNews } from '../store/news.ts'

/**
 * Whoever got a letter that was not about an order of their own wants no more of these, or wants them again. What is about
 * their own orders goes on coming. Pressed twice, it is as pressed once.
 * @throws Problem 404 `news.link`
 */
export const chooseNews = action({
  name: 'demand.choose-news',
  scope: 'anyone',
  input: byPerson.extend({
    /** Left out: nothing is changed, and what was chosen is told. */
    wants: z.enum(['yes', 'no']).optional(),
  }),
  output: z.object({ wants: z.boolean() }),
  async run({ db, clock, engines: { vault } }: DemandContext, _actor, { token, wants }) {
    const reader = readerBehind(vault, token)
    const keys = personKeys(vault, reader)
    if (wants === 'no') await db.write((tx) => refuseNews(tx, personKey(vault, reader), clock.now()), { atomic: true })
    if (wants === 'yes') await db.write((tx) => takeNews(tx, keys), { atomic: true })
    return { wants: (await refusedBy(db.read, keys)).size === 0 }
  },
})
