import { readdir } from 'node:fs/promises'
import { readLetters, type ReadLetter } from '../../src/engines/mail/folder/index.ts'

/** Every letter in a mail folder, newest first (ids sort by time). */
export async function readMailFolder(folder: string): Promise<ReadLetter[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^[0-9a-f-]{36}\.eml$/.test(name))
  return readLetters(
    folder,
    names
      .sort()
      .reverse()
      .map((name) => name.slice(0, -'.eml'.length)),
  )
}
