/** What a merchandiser sees of a production order: the very files its factory works from. */
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { system } from '../../src/core/actor.ts'
import { sha256 } from '../../src/core/canonical.ts'
import { register, SHIP_TO } from '../support/factories.ts'
import { frozenLot } from '../support/lots.ts'
import { firstCookie, testServer } from '../support/server.ts'

test('an order’s page shows the flats and papers that were sent, and that they are what was approved and sold', async () => {
  const server = await testServer({ role: 'web' })
  try {
    const { line } = server.app
    await line.dispatch.changeTerms(system('test'), SHIP_TO)
    const { actor } = await register(line.dispatch, { rates: { tee: 700 } })
    const { lot, hash } = await frozenLot(line.context)
    const payload = { lotId: lot.id }
    await line.dispatch.reactions['demand.lot-frozen']!({
      id: 'e',
      name: 'demand.lot-frozen',
      payload,
      at: line.context.clock.now(),
    })
    const [open] = await line.dispatch.openOffers(actor)
    const { files } = await line.dispatch.brief(actor, { id: open!.order.id })

    const cookie = await firstCookie(server)
    const html = await (
      await fetch(`${server.url}/console/orders/${open!.order.id}`, { headers: { cookie, accept: 'text/html' } })
    ).text()
    expect(html).toContain('approved = sold = sent')
    expect(html).toContain(hash.slice(0, 24))
    expect(html).toContain(`All ${files.length} files`)
    const links = [...html.matchAll(/(?:src|href)="(\/factory\/files\/[^"]+)"/g)].map(([, link = '']) =>
      link.replaceAll('&amp;', '&'),
    )
    // Two flats and three papers, and everything once more in the list.
    expect(links).toHaveLength(files.length + 5)
    const fetched = async (name: string): Promise<Buffer> => {
      const answer = await fetch(`${server.url}${links.find((link) => link.includes(`/${name}?`))}`)
      expect(answer.status, name).toBe(200)
      return Buffer.from(await answer.arrayBuffer())
    }
    for (const name of ['flat-front.svg', 'flat-back.svg', 'techpack.pdf', 'qc-sheet.pdf', 'pattern-all-sizes.dxf'])
      expect(sha256(await fetched(name)), name).toBe(files.find((file) => file.name === name)?.sha256)
    expect((await sharp(await fetched('flat-front.svg')).stats()).entropy).toBeGreaterThan(0)
  } finally {
    await server.close()
  }
})
