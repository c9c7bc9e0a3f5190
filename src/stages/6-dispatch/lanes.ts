import { SECOND } from '../../core/values.ts'

/** Requests under way at once: to one endpoint; to those that answer; to those that keep us waiting. */
export const AT_ONCE = { each: 2, quick: 32, slow: 64 } as const
/** Whoever takes longer is slow, until it is quick again. */
export const SLOW_MS = SECOND / 2

interface Lane {
  taken: number
  readonly most: number
}

/** Room for one request, from before its message is claimed until it is over. */
export interface Slot {
  /** The request starts now: from here on it is seen how long it takes. @param slow called where it turns out to wait */
  start(slow?: () => void): void
  release(): void
}

/**
 * Who may ask whom how often at once. Endpoints that keep us waiting have a lane of their own, and a request that turns
 * out to wait goes over to it: however many of them hang, the room of those that answer stays free.
 * @param room called with an endpoint that found none, when there is some for it
 */
export function openLanes(room: (endpoint: string) => void, slowMs: number = SLOW_MS) {
  const quick: Lane = { taken: 0, most: AT_ONCE.quick }
  const slow: Lane = { taken: 0, most: AT_ONCE.slow }
  const busy = new Map<string, number>()
  const slowOnes = new Set<string>()
  /** In the order in which they asked. */
  const waiting = new Set<string>()

  const laneOf = (endpoint: string) => (slowOnes.has(endpoint) ? slow : quick)

  function next(): void {
    for (const endpoint of waiting) {
      const lane = laneOf(endpoint)
      if (lane.taken >= lane.most) continue
      waiting.delete(endpoint)
      room(endpoint)
      return
    }
  }

  return {
    /** @param waits whether it wants to be called when there is room */
    take(endpoint: string, waits: boolean): Slot | undefined {
      const own = busy.get(endpoint) ?? 0
      if (own >= AT_ONCE.each) return undefined
      let lane = laneOf(endpoint)
      if (lane.taken >= lane.most) {
        if (waits) waiting.add(endpoint)
        return undefined
      }
      lane.taken++
      busy.set(endpoint, own + 1)
      let timer: NodeJS.Timeout | undefined
      return {
        start(isSlow = () => {}) {
          timer = setTimeout(() => {
            timer = undefined
            slowOnes.add(endpoint)
            isSlow()
            if (lane === slow) return
            lane.taken--
            lane = slow
            lane.taken++
            next()
          }, slowMs)
          timer.unref()
        },
        release() {
          if (timer) {
            clearTimeout(timer)
            slowOnes.delete(endpoint)
          }
          lane.taken--
          const left = (busy.get(endpoint) ?? 1) - 1
          if (left) busy.set(endpoint, left)
          else busy.delete(endpoint)
          next()
        },
      }
    },
  }
}
