/** The file with the master secrets, where none stand in the environment. */
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { ConfigError, type Config } from './config.ts'
import { parseKeys } from './core/master-keys.ts'

/**
 * Before anything is opened with it: make it where there is none, and see that it holds keys.
 * @throws ConfigError when it cannot be written or holds something else
 */
export function prepareSecret({ secret }: Pick<Config, 'secret'>): void {
  if (secret.kind === 'given') return
  const { file } = secret
  makeSecret(file)
  if (!parseKeys(readFileSync(file, 'utf8')))
    throw new ConfigError(`DATA_DIR: ${file} does not hold 64 hexadecimal digits a line. Restore it from a backup.`)
}

/** Made once per installation and kept beside its database, readable by its owner only. */
function makeSecret(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    // Flushed: what is sealed with it may reach the disk before it would.
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx', flush: true })
    // Its folder too, and the one that holds that: what was sealed with a secret that is gone stays sealed.
    for (const folder of [dirname(file), dirname(dirname(file))]) flushFolder(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return
    rmSync(file, { force: true }) // half a secret would stop every start to come
    throw new ConfigError(
      `DATA_DIR: ${file} cannot be written (${String(error)}). Check the free space on its disk and its permissions.`,
    )
  }
}

function flushFolder(folder: string): void {
  const directory = openSync(folder, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}
