/**
 * What few need, loaded by the first who does: a process that draws no picture and asks no model neither waits for their
 * libraries at its start nor keeps them in memory. What could not be loaded is tried again by whoever comes next.
 */
export function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined
  return () =>
    (loaded ??= load().catch((error: unknown) => {
      loaded = undefined
      throw error
    }))
}
