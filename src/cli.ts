#!/usr/bin/env node
import { openApp, openFeedReader } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { problemIn } from './core/errors.ts'
import type { RestoreOptions } from './edges/cli/backups.ts'
import { buildCli, type Session } from './edges/cli/program.ts'
import { restore } from './restore.ts'

const configured = () => readConfig({ LOG_LEVEL: 'warn', ...process.env })

/** The command line: the same configuration, the same actions, one line opened for one command. */
async function open(): Promise<Session> {
  const config = configured()
  const app = await openApp(config, {
    baseUrl: config.http.baseUrl ?? `http://${config.http.host}:${config.http.port}`,
  })
  return { line: app.line, settle: () => app.worker.processAll(), close: () => app[Symbol.asyncDispose]() }
}

const lang = /^zh/i.test(process.env['LC_ALL'] ?? process.env['LANG'] ?? '') ? 'zh' : 'en'
try {
  const parts = {
    open,
    lang,
    print: (text: string) => void process.stdout.write(`${text}\n`),
    note: (text: string) => void process.stderr.write(`${text}\n`),
    restore: (file: string, options: RestoreOptions) => restore(configured(), file, options),
    reader: openFeedReader,
  } as const
  await buildCli(parts).parseAsync(process.argv)
} catch (error) {
  const told = problemIn(error)
  const seen = error instanceof Error && !(error instanceof ConfigError) ? error.stack : undefined
  const words = told?.say(lang) ?? seen ?? (error instanceof Error ? error.message : String(error))
  process.stderr.write(`${words}\n`)
  process.exitCode = 1
}
