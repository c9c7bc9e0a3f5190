/** The one clock. Only the composition root chooses which. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock turned by hand, for tests and for replaying a decision. */
export class HandClock implements Clock {
  #at: number
  constructor(start: Date | string = '2026-11-22T02:00:00Z') {
    this.#at = new Date(start).getTime()
  }
  now(): Date {
    return new Date(this.#at)
  }
  /** Turn forward by milliseconds. */
  advance(ms: number): void {
    this.#at += ms
  }
  set(at: Date | string): void {
    this.#at = new Date(at).getTime()
  }
}
