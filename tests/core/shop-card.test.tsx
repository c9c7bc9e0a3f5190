import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { anonymous } from '../../src/core/actor.ts'
import { DAY, HOUR } from '../../src/core/values.ts'
import type { campaigns } from '../../src/db/schema.ts'
import { pageFor } from '../../src/edges/ui/context.tsx'
import { Card, cardGiven } from '../../src/edges/ui/shop/list.tsx'
import type { View } from '../../src/edges/ui/view.ts'
import { MATERIALS, sampleSpec } from '../../src/garments/index.ts'
import { cardOf } from '../../src/stages/2-designs/card.ts'

const NOW = new Date('2026-11-22T02:00:00Z')
const spec = sampleSpec('coat', 'men', MATERIALS)
const campaign: typeof campaigns.$inferSelect = {
  id: 'c1',
  slug: 'fc-26-0001',
  styleId: 's1',
  styleVersion: 1,
  styleHash: 'h',
  state: 'open',
  opensAt: NOW,
  closesAt: new Date(NOW.getTime() + 20 * DAY),
  thresholdUnits: 100,
  pricing: 'lot',
  laterLadder: null,
  closing: 'atGoal',
  closingUnits: null,
  undecidedAt: null,
  collecting: false,
  verification: null,
  minBuyers: 5,
  perBuyerCap: 10,
  currency: 'CNY',
  ladder: [
    { fromUnits: 1, unitPrice: 54_000 },
    { fromUnits: 41, unitPrice: 49_900 },
  ],
  sizes: ['M'],
  colourways: ['olive'],
  promisedDays: 35,
  lot: 1,
  lotUnits: 40,
  lotBuyers: 20,
  totalUnits: 40,
  pendingUnits: 3,
  pledgedUnits: 0,
  pledgesCounted: 0,
  pledgersCounted: 0,
  soldOrders: 20,
  soldUnits: 40,
  views: 1,
  inquiries: 0,
  createdAt: NOW,
  endedAt: null,
  stoppedAt: null,
  pausedAt: null,
  takenDownAt: null,
  edition: 1,
  words: null,
}
const drawn = (change: Partial<typeof campaign>, now = NOW) => {
  const row = {
    campaign: { ...campaign, ...change },
    number: 'FC-26-0001',
    category: 'coat',
    card: cardOf({ spec, pictures: [] }),
  }
  const view: View = { lang: 'en', actor: anonymous, path: '', url: '' }
  return {
    html: render(pageFor(view, () => <Card view={view} now={now} row={row} index={0} />)),
    given: cardGiven(view, now, row, 0),
  }
}

test('a card whose time runs out is another, also where nothing was ordered', () => {
  const steps = [0, 19 * DAY, 19.9 * DAY, 20 * DAY - HOUR / 2, 20 * DAY + 1].map((ms) =>
    drawn({}, new Date(NOW.getTime() + ms)),
  )
  expect(new Set(steps.map(({ html }) => html)).size).toBe(5)
  expect(new Set(steps.map(({ given }) => given)).size).toBe(5)
})
