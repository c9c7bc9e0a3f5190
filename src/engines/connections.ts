import type { LookupFunction } from 'node:net'
import { Client } from 'undici'
import type { Address } from './names.ts'

/** Connections that wait for the next request, over all hosts; the oldest is closed for a new one. */
const MOST_IDLE = 256
/** What the other side ends while nobody asks anything of it: the request that finds out is asked once more. */
const ENDED = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

/** From a host to the addresses a socket may go to; asked whenever one is opened. */
export type Checked = (signal: AbortSignal) => Promise<Address[]>

export interface Connection {
  readonly client: Client
  /** Whether it has carried a request before this one: the other side may have closed it since. */
  readonly used: boolean
  /** The exchange went well to its end: the connection waits for the next. */
  keep(): void
  end(): Promise<void>
}

/**
 * Connections by the origin they go to. Each has its addresses looked up and checked at the moment its socket is
 * opened, by the very look-up that the socket uses: one that is kept goes on to where it was checked to go.
 */
export function openConnections() {
  /** In the order in which they came to rest. */
  const resting: { origin: string; client: Client }[] = []

  function rested(origin: string): Client | undefined {
    for (;;) {
      const at = resting.findLastIndex((each) => each.origin === origin)
      const [found] = at < 0 ? [] : resting.splice(at, 1)
      if (!found || !found.client.closed) return found?.client
    }
  }

  return {
    /** @param fresh whether one that has been used will not do */
    take(origin: string, checked: Checked, deadlineMs: number, fresh = false): Connection {
      const known = fresh ? undefined : rested(origin)
      const client = known ?? open(origin, checked, deadlineMs)
      return {
        client,
        used: known !== undefined,
        keep() {
          resting.push({ origin, client })
          if (resting.length > MOST_IDLE)
            void resting
              .shift()
              ?.client.destroy()
              .catch(() => {})
        },
        end: () => client.destroy().catch(() => {}),
      }
    },
    /** Whether the other side had closed a connection that waited, and nothing was asked of it. */
    hadEnded: (error: unknown): boolean => ENDED.has(String((error as { code?: unknown }).code)),
    async close(): Promise<void> {
      await Promise.all(resting.splice(0).map(({ client }) => client.destroy().catch(() => {})))
    },
  }
}

function open(origin: string, checked: Checked, deadlineMs: number): Client {
  const lookup: LookupFunction = (_host, options, done) => {
    checked(AbortSignal.timeout(deadlineMs)).then(
      (addresses) => {
        const [first] = addresses
        if (options.all) done(null, addresses)
        else done(null, first?.address ?? '', first?.family)
      },
      (error: unknown) => done(error as NodeJS.ErrnoException, ''),
    )
  }
  return new Client(origin, {
    connect: { lookup, autoSelectFamily: true, timeout: deadlineMs },
    headersTimeout: deadlineMs,
    bodyTimeout: deadlineMs,
    pipelining: 1,
  })
}
