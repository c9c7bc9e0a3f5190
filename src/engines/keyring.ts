import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { masterKey, parseKeys, printKeys, type MasterKey } from '../core/master-keys.ts'
import type { KeyRing } from './ports.ts'

/** How long a process may go on writing under a key that another one has replaced, ms. */
export const NOTICED_MS = 1000

/** Keys that were given and do not change while the process runs: variables of the environment, tests. */
export const givenKeys = (keys: readonly MasterKey[]): KeyRing => ({ keys: () => keys, refresh: () => false })

/**
 * Keys in a file that may be changed while processes use it: each notices within a second, and at once where it meets
 * a text under a key it does not know.
 * @throws Error when the file holds no list of keys
 */
export function openKeyFile(file: string): KeyRing {
  const look = () => {
    const { mtimeMs, size, ino } = statSync(file)
    return `${mtimeMs} ${size} ${ino}`
  }
  const read = (): MasterKey[] => {
    const keys = parseKeys(readFileSync(file, 'utf8'))
    if (!keys) throw new Error(`${file} does not hold master keys`)
    return keys
  }
  let seen = look()
  let keys = read()
  let looked = performance.now()

  const refresh = (): boolean => {
    looked = performance.now()
    try {
      const now = look()
      if (now === seen) return false
      keys = read()
      seen = now
      return true
    } catch {
      return false // taken away or half copied: what was read goes on to work
    }
  }
  /** Written aside, flushed and renamed, so that no moment has half a key or none. */
  const store = (next: readonly MasterKey[]): void => {
    const aside = `${file}.new`
    try {
      rmSync(aside, { force: true })
      writeFileSync(aside, printKeys(next), { mode: 0o600, flag: 'wx', flush: true })
      renameSync(aside, file)
      const folder = openSync(dirname(file), 'r')
      fsyncSync(folder)
      closeSync(folder)
    } catch (error) {
      rmSync(aside, { force: true })
      throw error
    }
    refresh()
  }

  return {
    keys() {
      if (performance.now() - looked > NOTICED_MS) refresh()
      return keys
    },
    refresh,
    change: {
      add(until) {
        refresh()
        const fresh = masterKey(randomBytes(32))
        store([fresh, ...keys.map((key) => ({ ...key, until: key.until ?? until }))])
        return fresh.id
      },
      forget(ids) {
        refresh()
        const [writing, ...others] = keys
        if (writing) store([writing, ...others.filter(({ id }) => !ids.includes(id))])
      },
    },
  }
}
