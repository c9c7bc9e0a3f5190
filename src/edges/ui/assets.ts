import { readFileSync } from 'node:fs'
import { sha256 } from '../../core/canonical.ts'

const read = (name: string, type: string) => {
  const bytes = readFileSync(new URL(`./assets/${name}`, import.meta.url))
  return { name, type, bytes, tag: sha256(bytes).slice(0, 12) }
}

/** The two files a page needs besides itself. Read once; the tag in their address changes with their content. */
const FILES = [read('firstcut.css', 'text/css; charset=utf-8'), read('firstcut.js', 'text/javascript; charset=utf-8')]

export const assets: ReadonlyMap<string, (typeof FILES)[number]> = new Map(FILES.map((file) => [file.name, file]))

export const assetPath = (name: string): string => `/assets/${name}?v=${assets.get(name)?.tag ?? ''}`
