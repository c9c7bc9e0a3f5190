import { readFile } from 'node:fs/promises'
import { refused } from './messages.ts'

const WHY: Readonly<Record<string, 'cli.no-file' | 'cli.no-file#folder' | 'cli.no-file#rights'>> = {
  ENOENT: 'cli.no-file',
  ENOTDIR: 'cli.no-file',
  EISDIR: 'cli.no-file#folder',
  EACCES: 'cli.no-file#rights',
}

/** A file that a command was given. @throws Problem with what to do, where there is none or it may not be read */
export async function readGiven(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    const why = WHY[(error as NodeJS.ErrnoException).code ?? '']
    throw why ? refused(why, { file }) : error
  }
}

/** The same, of JSON. @throws Problem also for a text that is none */
export async function readGivenJson(file: string): Promise<unknown> {
  const text = (await readGiven(file)).toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    throw refused('cli.no-json', { file })
  }
}
