import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/**
 * A TCP proxy before a server that is there all the time: what stands between them can be cut, refuse, or fall silent.
 * @param target host and port of the server
 */
export async function openProxy(target: { host: string; port: number }) {
  let manner: 'through' | 'refusing' | 'silent' | 'mute' = 'through'
  const pairs = new Set<{ near: Socket; far: Socket }>()
  const server = createServer((near) => {
    if (manner === 'refusing') return near.resetAndDestroy()
    const far = connect(target.port, target.host)
    const pair = { near, far }
    pairs.add(pair)
    const end = () => {
      near.destroy()
      far.destroy()
      pairs.delete(pair)
    }
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes: Buffer) => {
        if (manner === 'silent' || (manner === 'mute' && from === far)) return
        to.write(bytes)
      })
      from.on('error', end)
      from.on('close', end)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  /** All connections break at once, whatever is under way on them; what the server has received it still does. */
  const cut = () => {
    for (const { near, far } of pairs) {
      near.resetAndDestroy()
      far.destroy()
    }
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    /** Cut, and let nobody through until `restore`. */
    refuse() {
      manner = 'refusing'
      cut()
    },
    /** Connections stay, and nothing comes through them any more. */
    silence: () => void (manner = 'silent'),
    /** The server hears everything, and its answers are lost. */
    mute: () => void (manner = 'mute'),
    restore: () => void (manner = 'through'),
    async close() {
      cut()
      server.close()
    },
  }
}
export type Proxy = Awaited<ReturnType<typeof openProxy>>
