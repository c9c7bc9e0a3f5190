/**
 * Pieces of pages that many people see alike, rendered once. A piece is found by everything that it depends on, so that
 * nothing has to be thrown away when something changes: what changed is another piece, and the old one is forgotten in
 * time.
 */
import { LRUCache } from 'lru-cache'
import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { anonymous } from '../../core/actor.ts'
import { pageFor } from '../ui/context.tsx'
import type { View } from '../ui/view.ts'

/** Memory that all pieces together may take, in bytes; those as they go over the wire have as much for themselves. */
const MOST_BYTES = 16 * 1024 * 1024

/** What a piece depends on beside its reader, by name: ids, counts, words. */
export type Given = Readonly<Record<string, string | number | boolean | null>>

/** Whoever reads it, as far as a piece that others see too may know. */
export type Reader = Pick<View, 'lang' | 'timeZone'>

/** Drawn for nobody: of its reader it knows the language and the time zone, both of which are part of its name. */
const forNobody = ({ lang, timeZone }: Reader, name: string): View => ({
  lang,
  actor: anonymous,
  path: '',
  url: '',
  ids: `${name}-`,
  ...(timeZone ? { timeZone } : {}),
})

/** A number for each object, as long as it lives. */
function openNumbers() {
  const numbers = new WeakMap<object, number>()
  let last = 0
  return (of: object): number => {
    const found = numbers.get(of)
    if (found !== undefined) return found
    numbers.set(of, ++last)
    return last
  }
}

export function openKept(maxBytes = MOST_BYTES) {
  const kept = new LRUCache<string, string>({
    maxSize: maxBytes,
    sizeCalculation: (text, key) => 2 * (text.length + key.length),
  })

  const parts = new LRUCache<string, Buffer>({
    maxSize: maxBytes,
    sizeCalculation: (bytes, key) => bytes.length + 2 * key.length,
  })
  const numberOf = openNumbers()

  /** A text by its key, made where there is none; what two ask for at once may be made twice. */
  async function text(key: string, make: () => Promise<string> | string): Promise<string> {
    const found = kept.get(key)
    if (found !== undefined) return found
    const made = await make()
    kept.set(key, made)
    return made
  }

  return {
    text,
    /**
     * A piece of HTML. It is drawn for nobody, so that no piece can hold what is one person's own.
     * @param given everything else it depends on, what is frozen by its id
     */
    piece(reader: Reader, name: string, given: Given, make: (view: View) => Promise<VNode> | VNode) {
      const view = forNobody(reader, name)
      return text(`${name}\n${reader.lang}\n${reader.timeZone}\n${JSON.stringify(given)}`, async () => {
        const drawn = await make(view)
        return render(pageFor(view, () => drawn))
      })
    },
    /**
     * The same as it goes over the wire, of something that is replaced when anything of it changes.
     * @param of what it shows
     * @param given whatever else it depends on
     */
    part(reader: Reader, name: string, of: object, given: string, make: (view: View) => VNode): Buffer {
      const key = `${name} ${numberOf(of)} ${reader.lang} ${reader.timeZone} ${given}`
      const found = parts.get(key)
      if (found) return found
      const view = forNobody(reader, name)
      const made = Buffer.from(render(pageFor(view, () => make(view))))
      parts.set(key, made)
      return made
    },
  }
}
export type Kept = ReturnType<typeof openKept>
