/** How often a style was looked at: counted where the shop is served, whoever does the work behind it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { campaigns } from '../../src/db/schema.ts'
import { openCampaign } from '../support/campaigns.ts'
import { testServer } from '../support/server.ts'

test('a process that only serves pages stores the looks it counted', async () => {
  const server = await testServer({ role: 'web' })
  try {
    const { id } = await openCampaign(server.app.line.context)
    server.app.line.storefront.viewed(id)
    const stored = async () => {
      const [row] = await server.app.db.read
        .select({ views: campaigns.views })
        .from(campaigns)
        .where(eq(campaigns.id, id))
      return row?.views
    }
    for (let tries = 0; tries < 100 && (await stored()) !== 1; tries++) await sleep(100)
    expect(await stored()).toBe(1)
  } finally {
    await server.close()
  }
})
