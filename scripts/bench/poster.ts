/** What stands beside our deliveries: for each address a loop that posts one message after the other over one connection. */
import { Client } from 'undici'
import { answering } from './side.ts'

const clients = process.argv.slice(2).map((url) => new Client(url, { pipelining: 1 }))
/** As long as the messages of our side. */
const BODY = JSON.stringify({
  type: 'production.over',
  timestamp: '2026-11-29T08:00:00.000Z',
  data: { reason: 'bench' },
})

async function post(client: Client, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const { body } = await client.request({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: BODY,
    })
    await body.dump()
  }
}

/** Between two turns nothing else keeps it here. */
const staying = setInterval(() => {}, 60_000)

answering(
  {},
  {
    async ask({ count }: { count: number }) {
      void Promise.all(clients.map((client) => post(client, count)))
    },
    async leave() {
      clearInterval(staying)
      await Promise.all(clients.map((client) => client.close()))
    },
  },
)
