/** Where tests keep what they write. */
import { mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const GIB = 1024 ** 3

/**
 * A place in memory for what tests throw away, where there is one with room: thousands of commits wait for no disk there.
 * Nothing is tested less: every flush is still asked for.
 */
export function inMemory(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize > 2 * GIB ? '/dev/shm' : undefined
  } catch {
    return undefined
  }
}

/** A folder on a disk, for a test of what its flushes cost and keep. */
export const onDisk = (prefix: string): string => mkdtempSync(join(inMemory() ? '/var/tmp' : tmpdir(), prefix))
