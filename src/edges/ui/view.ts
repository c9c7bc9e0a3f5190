import type { Actor } from '../../core/actor.ts'
import type { Lang, Localized } from '../../core/values.ts'

/** What every page knows about who is looking at it. */
export interface View {
  lang: Lang
  actor: Actor
  /** Without the query. */
  path: string
  url: string
}

export const say = (view: Pick<View, 'lang'>, text: Localized): string => text[view.lang]
