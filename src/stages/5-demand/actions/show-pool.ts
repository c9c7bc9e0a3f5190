import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { campaignById, hiddenFrom } from '../../4-storefront/door.ts'
import { action } from '../../action.ts'
import type { DemandContext } from '../options.ts'
import { shortName } from '../partners/pool.ts'
import { joinedLast, shopsIn } from '../store/pool.ts'

/** Names on the page of a pool. */
const SHOWN = 12

/** Who stands together in a campaign: the newest of them in a form that identifies nobody, and how many shops brought them. @throws Problem 404, 410 */
export const showPool = action({
  name: 'demand.pool',
  scope: 'anyone',
  input: byId,
  output: z.object({
    joined: z.array(z.string()).describe('王**, W. C.: those who joined last, newest first.'),
    shops: z.int().describe('Partners that brought verified orders.'),
  }),
  async run({ db }: DemandContext, actor, { id }) {
    const campaign = await campaignById(db.read, id)
    if (!campaign) throw notFound({ en: 'campaign', zh: '预售' }, id)
    const hidden = hiddenFrom(actor, campaign)
    if (hidden) throw hidden
    const [names, shops] = await Promise.all([joinedLast(db.read, id, SHOWN), shopsIn(db.read, id)])
    return { joined: names.flatMap((name) => shortName(name) ?? []), shops }
  },
})
