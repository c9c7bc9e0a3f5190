import { ConfigError, readConfig } from './config.ts'
import { problemIn } from './core/errors.ts'
import { startServer } from './start.ts'

/** Whoever stops us waits ten seconds before killing, as containers do. */
const MOST_MS = 9_000

/** Why it did not start, for whoever reads it on a terminal. */
function wordsOf(error: unknown): string {
  const told = problemIn(error)
  if (told) return `${told.text.en}\n${told.text.zh}`
  if (error instanceof ConfigError) return `The configuration cannot be used:\n${error.message}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/**
 * One process: configuration → app → web and/or worker. Leaves cleanly on SIGTERM and SIGINT.
 * @param started called when it serves
 */
export async function run(started: () => void): Promise<void> {
  try {
    const running = await startServer(readConfig(process.env))
    started()
    let leaving = false
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.on(signal, () => {
        if (leaving) process.exit(1) // asked twice: leave at once
        leaving = true
        // Whatever holds it up: everything that counts is on the disk, and what is not done is due again.
        setTimeout(() => process.exit(1), MOST_MS).unref()
        running.close().then(
          () => process.exit(0),
          (error: unknown) => {
            process.stderr.write(`${String(error)}\n`)
            process.exit(1)
          },
        )
      })
    if (running.url) process.stdout.write(`Firstcut: ${running.url}\n`)
  } catch (error) {
    process.stderr.write(`${wordsOf(error)}\n`)
    process.exit(1)
  }
}
