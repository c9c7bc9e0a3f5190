/** What every component of a page may ask without being handed it: who reads, what was sent, and the words. */
import { createContext, type VNode } from 'preact'
import { useContext } from 'preact/hooks'
import type { Catalogue, Entries, Given } from '../../core/messages.ts'
import type { View } from './view.ts'

/** Set by the renderer for the whole page. */
export const ViewContext = createContext<View | undefined>(undefined)

/** A page with its reader known to every component in it. */
export const pageFor = (view: View, make: (view: View) => VNode): VNode => (
  <ViewContext.Provider value={view}>{make(view)}</ViewContext.Provider>
)

/** @throws Error outside a page: a component that asks is rendered by the server's renderer, or by a test that sets it */
export function useView(): View {
  const view = useContext(ViewContext)
  if (!view) throw new Error('a component asked who reads the page, and nobody had said so')
  return view
}

/** The sentences of a catalogue in the reader's language: `const say = useWords(words); say('title')`. */
export function useWords<E extends Entries>(words: Catalogue<E>) {
  const { lang } = useView()
  return <K extends keyof E>(key: K, ...given: Given<E[K]['en']>): string => words.say(lang, key, ...given)
}
