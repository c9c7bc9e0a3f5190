/**
 * The product on a data folder that `grow` made, as it is deployed. Says how long its start took; does what it is asked
 * and says how long that took, and how long a small write beside it had to wait.
 */
import { inArray } from 'drizzle-orm'
import { system } from '../../src/core/actor.ts'
import { preorders } from '../../src/db/schema.ts'
import { startIn } from './built.ts'
import { answering } from './side.ts'

export interface Grown {
  url: string
  startMs: number
  /** A key of the house, for pages that not everybody opens. */
  key: string
}

export interface Done {
  ms: number
  /** The longest that a write of one row waited meanwhile, ms. */
  heldMs: number
}

const [folder = '', role = 'web'] = process.argv.slice(2)
const began = performance.now()
const running = await startIn(folder, {
  REQUESTS_PER_MINUTE: '100000000',
  LETTERS_PER_HOUR: '100000000',
  ROLE: role,
})
const startMs = performance.now() - began
const { line } = running.app
const me = system('bench')
const turn = { leaving: new AbortController().signal, waits: true }
const { key } = await line.identity.createKey(me, { name: 'bench', scopes: ['read', 'demand', 'operate'] })

/** What may be asked for. */
const DO: Record<string, (of: string) => Promise<unknown>> = {
  letters: () => line.demand.queueConfirmations(),
  counts: () => line.operations.counts(),
  audit: () => line.demand.audit(me, { repair: false }),
  sweep: () =>
    line.reorders.reactions['reorders.sweep-due']?.({
      id: 'bench',
      name: 'reorders.sweep-due',
      payload: { window: 'bench' },
      at: new Date(),
    }) ?? Promise.reject(new Error('nobody looks at reorders')),
  /** Place and confirm one unit: the answer to the buyer's link comes when the lot is frozen. */
  async confirm(campaignId) {
    const answer = await line.demand.place(
      { kind: 'anonymous' },
      campaignId,
      {
        email: 'last@example.com',
        name: 'Last',
        lang: 'zh',
        lines: [{ size: 'L', colourway: 'olive', quantity: 1 }],
      },
      { key: `last-${campaignId}`, describe: String },
    )
    const { id } = JSON.parse(answer.text) as { id: string }
    const token = new URL(line.demand.linkFor(id)).searchParams.get('token') ?? ''
    const began = performance.now()
    const { lot } = await line.demand.confirm({ kind: 'anonymous' }, { id, token })
    if (!lot) throw new Error('the last unit made no lot')
    return performance.now() - began
  },
  /** Until all pre-orders have followed their lots. */
  async follow() {
    while (await line.demand.chores['orders of a lot']?.(turn));
  },
}

/** How long a small write waits, one after the other, while `work` goes on. */
async function beside<T>(work: Promise<T>): Promise<{ result: T; heldMs: number }> {
  let heldMs = 0
  let going = true
  const probing = (async () => {
    while (going) {
      const began = performance.now()
      await line.context.db.write(async () => undefined)
      heldMs = Math.max(heldMs, performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  })()
  try {
    return { result: await work, heldMs: ((going = false), await probing, heldMs) }
  } finally {
    going = false
  }
}

/** Something to do, or of which campaigns to count what is stored. */
interface Asked {
  does?: string
  of?: string
  probe?: boolean
  stored?: string[]
}

answering({ url: running.url ?? '', startMs, key } satisfies Grown, {
  async ask({ does = '', of = '', probe = true, stored }: Asked): Promise<Done | { stored: number }> {
    if (stored) return { stored: await line.context.db.read.$count(preorders, inArray(preorders.campaignId, stored)) }
    const began = performance.now()
    const work = DO[does]?.(of) ?? Promise.reject(new Error(`nothing is called ${does}`))
    const { result, heldMs } = probe ? await beside(work) : { result: await work, heldMs: 0 }
    return { ms: typeof result === 'number' && does === 'confirm' ? result : performance.now() - began, heldMs }
  },
  async leave() {
    await running.close()
    return null
  },
})
