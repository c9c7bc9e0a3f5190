/** `node dist/main.js` on an empty folder: until it says its address, and what it holds in memory with nothing to do. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench } from './bench.ts'
import { aimed, type Turn } from './turns.ts'

const ROUNDS = 5
/** What is loaded at the start is collected, and what looks for work has looked. */
const IDLE_MS = 6000

/** @param stays how long to wait before its memory is read, ms; not at all without */
async function startOnce(stays?: number): Promise<{ seconds: number; mb: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'firstcut-bench-'))
  const { DATABASE_URL: _, ...env } = process.env
  const began = performance.now()
  const child = spawn(process.execPath, ['dist/main.js'], {
    env: { ...env, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await once(child.stdout, 'data')
    const seconds = (performance.now() - began) / 1000
    if (stays === undefined) return { seconds, mb: 0 }
    await sleep(stays)
    const kb = execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })
    return { seconds, mb: Number(kb) / 1024 }
  } finally {
    child.kill('SIGTERM')
    await once(child, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
}

export const start: Bench = {
  name: 'starting',
  rows: ['start', 'idle-memory'],
  built: true,
  async *run(wanted, say) {
    const starts: Turn[] = []
    const memories: Turn[] = []
    await startOnce() // until its files are in the system's cache
    for (let round = 1; round <= ROUNDS; round++) {
      const { seconds, mb } = await startOnce(wanted('idle-memory') ? IDLE_MS : undefined)
      say(`start ${round}/${ROUNDS}: ${seconds.toFixed(2)} s${mb ? `, then ${Math.round(mb)} MB` : ''}`)
      starts.push({ value: seconds })
      memories.push({ value: mb })
    }
    if (wanted('start')) {
      const what = 'start on an empty folder: from the command until it says its address'
      yield aimed({ id: 'start', what, unit: 's', rounds: ROUNDS, aim: 1, ours: starts })
    }
    if (wanted('idle-memory')) {
      const what = `memory held with nothing to do, ${IDLE_MS / 1000} s after the start`
      yield aimed({ id: 'idle-memory', what, unit: 'MB', rounds: ROUNDS, aim: 150, ours: memories })
    }
  },
}
