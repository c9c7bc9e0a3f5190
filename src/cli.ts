#!/usr/bin/env node
import { openApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { problemIn } from './core/errors.ts'
import { buildCli, type Session } from './edges/cli.ts'

/** The command line: the same configuration, the same actions, one line opened for one command. */
async function open(): Promise<Session> {
  const config = readConfig({ LOG_LEVEL: 'warn', ...process.env })
  const app = await openApp(config, {
    baseUrl: config.http.baseUrl ?? `http://${config.http.host}:${config.http.port}`,
  })
  return { line: app.line, settle: () => app.worker.processAll(), close: () => app[Symbol.asyncDispose]() }
}

const lang = /^zh/i.test(process.env['LC_ALL'] ?? process.env['LANG'] ?? '') ? 'zh' : 'en'
try {
  await buildCli({ open, lang, print: (text) => process.stdout.write(`${text}\n`) }).parseAsync(process.argv)
} catch (error) {
  const told = problemIn(error)
  const words = told
    ? told.say(lang)
    : error instanceof ConfigError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error)
  process.stderr.write(`${words}\n`)
  process.exitCode = 1
}
