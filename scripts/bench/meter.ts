/**
 * In the measured process: how long its event loop stood still, what processor time it took, how much memory it held,
 * between two words of the bench. Loaded before the program (`--import`), so that any program can be measured.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

/** The finest that is seen, ms. */
const RESOLUTION_MS = 5
/** After it was stopped: the first turn of the event loop still counts the time for which it was. */
const SETTLE_MS = 30

export interface Metered {
  /** Microseconds, all threads. */
  cpuUs: number
  stallMs: number
  peakMb: number
}

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
let used = process.cpuUsage()

async function answer(word: unknown): Promise<void> {
  if (word === 'begin') {
    await sleep(SETTLE_MS)
    delay.enable()
    delay.reset()
    used = process.cpuUsage()
    process.send?.({ meter: {} })
  } else if (word === 'end') {
    const { user, system } = process.cpuUsage(used)
    delay.disable()
    // The histogram holds the whole time between two looks: what is beyond the resolution is the delay.
    const stallMs = Math.max(0, delay.max / 1e6 - RESOLUTION_MS)
    process.send?.({ meter: { cpuUs: user + system, stallMs, peakMb: process.resourceUsage().maxRSS / 1024 } })
  }
}
process.on('message', (word) => void answer(word))
process.channel?.unref()
