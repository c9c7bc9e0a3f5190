/**
 * What a grown house costs: 100,000 campaigns and five million pre-orders, or as many as BENCH_CAMPAIGNS and BENCH_ORDERS
 * say. The folder is made anew, or is the one that BENCH_FOLDER names, which is kept and used again.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from './bench.ts'
import { grow, type Crowds, type Size } from './grow.ts'
import type { Done, Grown } from './grown.ts'
import { CONNECTIONS, openIntake } from './intake-turns.ts'
import type { Wish } from './load.ts'
import { loaded, startSide, type Side } from './side.ts'
import { aimed, against, spread, type Say, type Turn } from './turns.ts'

const ROUNDS = 5
const COUNT = 10_000
/** Times that a page is opened in a turn. */
const OPENED = 40
const size: Size = {
  campaigns: Number(process.env['BENCH_CAMPAIGNS'] ?? 100_000),
  orders: Number(process.env['BENCH_ORDERS'] ?? 5_000_000),
}
const called = `${size.campaigns.toLocaleString('en')} campaigns, ${size.orders.toLocaleString('en')} pre-orders`

const LOOKS = ['letters-due', 'counts', 'reorder-sweep', 'audit', 'freeze'] as const
const PAGES = ['list-grown', 'shop-grown', 'campaign-page', 'demand-grown', 'first-preorders'] as const

/** A folder that was made before is used again where somebody names it. */
async function openFolder(say: Say): Promise<{ folder: string; crowds: Crowds; leave: () => void }> {
  const named = process.env['BENCH_FOLDER']
  const folder = named ?? mkdtempSync(join(tmpdir(), 'firstcut-grown-'))
  const note = join(folder, 'grown.json')
  mkdirSync(folder, { recursive: true })
  const leave = () => (named ? undefined : rmSync(folder, { recursive: true, force: true }))
  if (existsSync(note)) return { folder, crowds: JSON.parse(readFileSync(note, 'utf8')) as Crowds, leave }
  const began = performance.now()
  const crowds = await grow(folder, size, say)
  writeFileSync(note, JSON.stringify(crowds))
  say(`grown: ${called}, in ${Math.round((performance.now() - began) / 1000)} s`)
  return { folder, crowds, leave }
}

interface Held extends Turn {
  /** The longest that a small write beside it waited. */
  heldMs: number
}

/** Something that the house does by itself, as one turn. */
async function doing(side: Side<Grown>, does: string, of?: string): Promise<Held> {
  const { result, used } = await side.metered(() => side.ask<Done>({ does, of }))
  return { value: result.ms, maxMs: result.ms, stallMs: used.stallMs, peakMb: used.peakMb, heldMs: result.heldMs }
}

/** A look that is quick, many times over. */
async function looking(side: Side<Grown>, does: string, times = 50): Promise<Turn> {
  const took: number[] = []
  for (let n = 0; n < times; n++) took.push((await side.ask<Done>({ does, probe: false })).ms)
  const looked = spread(took)
  return { value: looked.p50Ms, ...looked }
}

const row = (id: string, what: string, aim: number) => ({ id, what: `${what} (${called})`, unit: 'ms' as const, aim })

export const growth: Bench = {
  name: 'growth',
  rows: [...LOOKS, ...PAGES, 'start-grown', 'intake-grown'],
  file: 'growth',
  built: true,
  async *run(wanted, say) {
    const { folder, crowds, leave } = await openFolder(say)
    try {
      if (wanted('start-grown')) yield await starts(folder, say)
      const side = await startSide<Grown>('scripts/bench/grown.ts', [folder])
      try {
        yield* quick(side, wanted, say)
        yield* pages(side, crowds, wanted, say)
        if (wanted('audit'))
          yield aimed({ ...row('audit', 'the audit of every counter, beside the writer', 60_000), rounds: 1, ours: [await told(side, 'audit', say)] }) // prettier-ignore
        // Last, for it can be done once.
        if (wanted('freeze')) yield await frozen(side, crowds, say)
      } finally {
        await side.leave()
      }
      if (wanted('intake-grown')) yield await taken(folder, crowds, say)
    } finally {
      leave()
    }
  },
}

async function* quick(side: Side<Grown>, wanted: (id: string) => boolean, say: Say) {
  if (wanted('letters-due'))
    yield await against({ ...row('letters-due', 'the look for letters that are due, none being', 1), rounds: ROUNDS, run: () => looking(side, 'letters') }, say) // prettier-ignore
  if (wanted('counts'))
    yield await against({ ...row('counts', 'the counts of every stage', 2), rounds: ROUNDS, run: () => looking(side, 'counts', 5) }, say) // prettier-ignore
  if (wanted('reorder-sweep'))
    yield await against({ ...row('reorder-sweep', 'the look at reorders of every campaign', 100), rounds: ROUNDS, run: () => doing(side, 'sweep') }, say) // prettier-ignore
}

async function* pages(side: Side<Grown>, { seen }: Crowds, wanted: (id: string) => boolean, say: Say) {
  const headers = { authorization: `Bearer ${side.said.key}` }
  const opened: Record<(typeof PAGES)[number], [string, string, number]> = {
    'list-grown': ['list of 20 campaigns', '/api/v1/campaigns?limit=20', 50],
    'shop-grown': ['the shop’s page', '/shop', 50],
    'campaign-page': ['console page of the campaign with a fifth of all pre-orders', `/console/campaigns/${seen}`, 50],
    'demand-grown': ['its demand by size and colour', `/api/v1/campaigns/${seen}/demand`, 50],
    'first-preorders': ['its first page of pre-orders', `/api/v1/campaigns/${seen}/preorders?limit=50`, 50],
  }
  for (const id of PAGES) {
    if (!wanted(id)) continue
    const [what, path, aim] = opened[id]
    const wishes: Wish[] = Array.from({ length: OPENED }, () => ({ method: 'GET', path, headers }))
    const run = async (): Promise<Turn> => {
      const turn = await loaded(side, [], { url: side.said.url, wishes, connections: 1 })
      return { ...turn, value: turn.p50Ms ?? Number.NaN }
    }
    yield await against({ ...row(id, what, aim), rounds: ROUNDS, run }, say)
  }
}

async function told(side: Side<Grown>, does: string, say: Say, of?: string): Promise<Held> {
  const turn = await doing(side, does, of)
  say(`${does}: ${Math.round(turn.value)} ms, a write beside it waited ${Math.round(turn.heldMs)} ms at most, the event loop ${Math.round(turn.stallMs ?? 0)} ms, ${Math.round(turn.peakMb ?? 0)} MB`) // prettier-ignore
  return turn
}

/** The start of the whole product on the folder, anew each time. */
async function starts(folder: string, say: Say) {
  const turns: Turn[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const side = await startSide<Grown>('scripts/bench/grown.ts', [folder])
    turns.push({ value: side.said.startMs })
    await side.leave()
  }
  say(`start-grown: ${turns.map(({ value }) => Math.round(value)).join(', ')} ms`)
  return aimed({ ...row('start-grown', 'the start of the house', 1500), rounds: ROUNDS, ours: turns })
}

/** The confirmation that makes the lot of a crowd, and its pre-orders following. */
async function frozen(side: Side<Grown>, { near }: Crowds, say: Say) {
  const turn = await told(side, 'confirm', say, near)
  const after = await told(side, 'follow', say)
  const heldMs = Math.max(turn.heldMs, after.heldMs)
  const orders = Math.round(size.orders * 0.0666).toLocaleString('en')
  return aimed({
    ...row('freeze', `the confirmation that freezes a lot of ${orders}; a write beside it and what follows waited at most ${Math.round(heldMs)} ms`, 1000), // prettier-ignore
    rounds: 1,
    ours: [{ ...turn, stallMs: Math.max(turn.stallMs ?? 0, after.stallMs ?? 0), peakMb: after.peakMb ?? 0 }],
  })
}

async function taken(folder: string, { open }: Crowds, say: Say) {
  const real = await startSide<Grown>('scripts/bench/grown.ts', [folder, 'all'])
  const bare = await startSide<{ url: string }>('scripts/bench/bare.ts')
  const intake = openIntake(real, bare, COUNT, say)
  const before = await real.ask<{ stored: number }>({ stored: open })
  const what = `pre-orders for ${open.length} campaigns, durable, ${CONNECTIONS} connections, letters written beside (${called})`
  try {
    const figure = await intake.row(
      { id: 'intake-grown', what, rounds: ROUNDS, goal: { ratio: 0.75, p99Ms: 25 } },
      open,
    )
    real.child.kill('SIGCONT')
    const after = await real.ask<{ stored: number }>({ stored: open })
    intake.assertStored(after.stored - before.stored)
    return figure
  } finally {
    await Promise.all([bare.leave(), real.leave()])
  }
}
