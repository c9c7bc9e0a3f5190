/**
 * Do something with each of several, one after the other. One that fails holds up no other.
 * @throws what failed first, when all have had their turn
 */
export async function eachAlone<Each>(several: Iterable<Each>, work: (each: Each) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = []
  for (const each of several) await work(each).catch((error: unknown) => failures.push(error))
  if (failures.length) throw failures[0]
}
