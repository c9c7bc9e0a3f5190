/**
 * What few need, loaded by the first who does: a process that draws no picture and asks no model neither waits for their
 * libraries at its start nor keeps them in memory.
 */
export function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined
  return () => (loaded ??= load())
}
