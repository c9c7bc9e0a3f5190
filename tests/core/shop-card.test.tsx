import { getTableColumns } from 'drizzle-orm'
import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { anonymous } from '../../src/core/actor.ts'
import { DAY, HOUR } from '../../src/core/values.ts'
import { campaigns } from '../../src/db/schema.ts'
import { pageFor } from '../../src/edges/ui/context.tsx'
import { Card, cardSays } from '../../src/edges/ui/shop/list.tsx'
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
  soldOrders: 20,
  soldUnits: 40,
  views: 1,
  inquiries: 0,
  createdAt: NOW,
  endedAt: null,
}
/** What is set when a campaign opens and never again: part of its name. */
const FROZEN: ReadonlySet<string> = new Set(['currency', 'ladder', 'sizes', 'colourways'])

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
    says: JSON.stringify(cardSays(view, now, row, 0)),
  }
}

test('a card that would look different is kept under another name, whichever number of its campaign changes', () => {
  const names = Object.keys(getTableColumns(campaigns)) as (keyof typeof campaign)[]
  let seen = 0
  for (const name of names.filter((each) => !FROZEN.has(each))) {
    const value = campaign[name]
    const others =
      name === 'state'
        ? (['scheduled', 'dispatching', 'closed', 'released'] as const)
        : typeof value === 'number'
          ? [value + 1, 0, value * 7]
          : value instanceof Date
            ? [new Date(value.getTime() - 40 * DAY), new Date(value.getTime() + 40 * DAY)]
            : [`${String(value)}x`]
    for (const other of others)
      for (const state of ['open', 'dispatching', 'closed', 'released'] as const) {
        const before = drawn({ state })
        const after = drawn({ state, [name]: other })
        if (before.html === after.html) continue
        seen++
        expect([name, other, state, after.says]).not.toEqual([name, other, state, before.says])
      }
  }
  expect(seen).toBeGreaterThan(20)
})

test('a card whose time runs out is another, also where nothing was ordered', () => {
  const steps = [0, 19 * DAY, 19.9 * DAY, 20 * DAY - HOUR / 2, 20 * DAY + 1].map((ms) =>
    drawn({}, new Date(NOW.getTime() + ms)),
  )
  expect(new Set(steps.map(({ html }) => html)).size).toBe(5)
  expect(new Set(steps.map(({ says }) => says)).size).toBe(5)
})
