/** Everything that may be asked of this stage, by name. */
import { opened } from '../action.ts'
import type { Chores, Context } from '../context.ts'
import { answerInquiry } from './actions/answer-inquiry.ts'
import { askAboutStyle } from './actions/ask-about-style.ts'
import { listCampaigns } from './actions/list-campaigns.ts'
import { listOnSale } from './actions/list-on-sale.ts'
import { listQuestions } from './actions/list-questions.ts'
import { showCampaign } from './actions/show-campaign.ts'
import { showCard } from './actions/show-card.ts'
import { showCards } from './actions/show-cards.ts'
import { showPicture } from './actions/show-picture.ts'
import { showToBuyers } from './actions/show-to-buyers.ts'
import { givingUp } from './giving-up.ts'
import { reactionsOf } from './reactions.ts'
import { openShelf } from './shelf.ts'
import { campaignById, soldByCategory } from './store.ts'
import { openViews } from './views.ts'

export type Storefront = ReturnType<typeof openStorefront>

export function openStorefront(context: Context) {
  const views = openViews(context.db)
  const chores: Chores = { views: views.flush }
  return {
    ...opened(
      { ...context, shelf: openShelf(context) },
      {
        list: listCampaigns,
        onSale: listOnSale,
        page: showCampaign,
        look: showToBuyers,
        card: showCard,
        cards: showCards,
        picture: showPicture,
        ask: askAboutStyle,
        answer: answerInquiry,
        inquiries: listQuestions,
      },
    ),
    /** Somebody has looked at its page. */
    viewed: views.count,
    /** Verified units by category: what designers are told. */
    soldByCategory: () => soldByCategory(context.db.read),
    /** The version of a campaign that ended without a lot, and that nobody stopped: its buyers did not want it enough. */
    styleUnsold: async (campaignId: string) => {
      const campaign = await campaignById(context.db.read, campaignId)
      if (!campaign || campaign.lot > 1 || campaign.stoppedAt !== null) return undefined
      return { styleId: campaign.styleId, version: campaign.styleVersion }
    },
    chores,
    givingUp,
    reactions: reactionsOf(context),
  }
}
