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
