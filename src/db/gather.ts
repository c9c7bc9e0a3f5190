import type { InsertMany } from './database.ts'

const TURNS = 8

/**
 * Let the other requests of this moment come along: a few turns of the event loop, while each turn brings more.
 * @param count how many there are by now
 * @param enough no use in waiting for more than these
 */
export async function gather(count: () => number, enough: number): Promise<void> {
  for (let turn = 0, seen = 0; turn < TURNS && count() > seen && count() < enough; turn++) {
    seen = count()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** The most that are run together; bounds what one failing statement takes with it. */
const LARGEST_BATCH = 256

export interface Together<Item, Result> {
  (item: Item): Promise<Result>
  /** Resolves when nothing waits or runs. */
  settled(): Promise<void>
}

/**
 * Run together what comes while the batch before is running.
 * @param run answers each item, in the order given: with its result or with its own error
 */
export function together<Item, Result>(
  run: (items: Item[]) => Promise<readonly (Result | Error)[]>,
): Together<Item, Result> {
  const waiting: { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void }[] = []
  let draining: Promise<void> | undefined

  async function drain(): Promise<void> {
    while (waiting.length) {
      await new Promise((resolve) => setImmediate(resolve)) // what else came in this turn of the event loop
      const batch = waiting.splice(0, LARGEST_BATCH)
      try {
        const results = await run(batch.map(({ item }) => item))
        batch.forEach(({ resolve, reject }, n) => {
          const result = results[n] as Result | Error
          if (result instanceof Error) reject(result)
          else resolve(result)
        })
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    draining = undefined
  }

  const submit = (item: Item): Promise<Result> =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      draining ??= drain()
    })
  return Object.assign(submit, {
    async settled() {
      while (draining) await draining
    },
  })
}

type Store = <Value extends { id: string }>(statement: InsertMany<Value>, value: Value) => Promise<boolean>

/**
 * `Database.store` over what runs many rows of one statement: each statement has its own queue.
 * @param open makes, for a statement, what runs rows of it and answers each with whether it was stored
 */
export function openStores(
  open: <Value extends { id: string }>(
    statement: InsertMany<Value>,
  ) => (values: Value[]) => Promise<readonly (boolean | Error)[]>,
): { store: Store; settled(): Promise<void> } {
  const queues = new Map<unknown, Together<never, boolean>>()
  return {
    store<Value extends { id: string }>(statement: InsertMany<Value>, value: Value) {
      let queue = queues.get(statement) as Together<Value, boolean> | undefined
      if (!queue) queues.set(statement, (queue = together(open(statement))) as unknown as Together<never, boolean>)
      return queue(value)
    },
    async settled() {
      for (const queue of queues.values()) await queue.settled()
    },
  }
}
