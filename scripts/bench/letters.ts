/** Letters a second through a mail server that takes a tenth of a second over each of its answers. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { Bench } from './bench.ts'
import { startSide } from './side.ts'
import { against } from './turns.ts'

const LATENCY_MS = 100
const ROUNDS = 3
const COUNT = 1000
const AIM = 100

export const letters: Bench = {
  name: 'letters',
  rows: ['letters'],
  built: true,
  async *run(_wanted, say) {
    const taken = new Set<string>()
    let first = 0
    let enough = (): void => {}
    const later = (done: () => void, answers = 1): void => void setTimeout(done, answers * LATENCY_MS)
    const server = new SMTPServer({
      logger: false,
      authOptional: true,
      hideSTARTTLS: true,
      onConnect: (_session, done) => later(done),
      onMailFrom: (_address, _session, done) => later(done),
      onRcptTo: (_address, _session, done) => later(done),
      onData(stream, { envelope }, done) {
        stream.resume()
        // Its answer to DATA cannot be held back, so the one to the text waits for both.
        stream.on('end', () =>
          later(() => {
            done()
            if (!taken.size) first = performance.now()
            // One that is sent twice counts once.
            taken.add(envelope.rcptTo[0]?.address ?? '')
            if (taken.size === COUNT) enough()
          }, 2),
        )
      },
    })
    server.on('error', () => {})
    server.listen(0, '127.0.0.1')
    await once(server.server, 'listening')
    const { port } = server.server.address() as AddressInfo
    const worker = await startSide('scripts/bench/deliveries.ts', [], { SMTP_URL: `smtp://127.0.0.1:${port}` })
    try {
      yield await against(
        {
          id: 'letters',
          what: 'letters through a mail server that takes a tenth of a second over each answer',
          unit: '/s',
          rounds: ROUNDS,
          aim: AIM,
          warm: 0,
          async run() {
            taken.clear()
            const all = new Promise<void>((resolve) => (enough = resolve))
            await worker.ask({ letters: COUNT })
            await all
            return { value: (COUNT - 1) / ((performance.now() - first) / 1000) }
          },
        },
        say,
      )
    } finally {
      await worker.leave()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    }
  },
}
