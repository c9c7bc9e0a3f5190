import { readFileSync } from 'node:fs'
import { sha256 } from '../../core/canonical.ts'

/** The parts of the one stylesheet, in the order in which they hold: what stands later wins. */
const STYLES = ['base', 'forms', 'tables', 'charts', 'line', 'shop', 'console', 'docs', 'phone']

/** @param from the files it is put together from */
const read = (name: string, type: string, from: readonly string[] = [name]) => {
  const parts = from.map((file) => readFileSync(new URL(`./assets/${file}`, import.meta.url), 'utf8'))
  const bytes = Buffer.from(parts.join('\n'))
  return { name, type, bytes, tag: sha256(bytes).slice(0, 12) }
}

/** The two files a page needs besides itself. Read once; the tag in their address changes with their content. */
const FILES = [
  read(
    'firstcut.css',
    'text/css; charset=utf-8',
    STYLES.map((part) => `styles/${part}.css`),
  ),
  read('firstcut.js', 'text/javascript; charset=utf-8'),
]

export const assets: ReadonlyMap<string, (typeof FILES)[number]> = new Map(FILES.map((file) => [file.name, file]))

export const assetPath = (name: string): string => `/assets/${name}?v=${assets.get(name)?.tag ?? ''}`
