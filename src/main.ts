#!/usr/bin/env node
import { ConfigError, readConfig } from './config.ts'
import { problemIn } from './core/errors.ts'
import { startServer } from './start.ts'

/** Whoever stops us waits ten seconds before killing, as containers do. */
const MOST_MS = 9_000

/** One process: configuration → app → web and/or worker. Leaves cleanly on SIGTERM and SIGINT. */
try {
  const running = await startServer(readConfig(process.env))
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
  const told = problemIn(error)
  const words = told
    ? `${told.text.en}\n${told.text.zh}`
    : error instanceof ConfigError
      ? `The configuration cannot be used:\n${error.message}`
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error)
  process.stderr.write(`${words}\n`)
  process.exit(1)
}
