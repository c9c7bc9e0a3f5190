/** Entries of any feed become items: told apart, dated as far as they say, the rest told in notes. */
import { createHash } from 'node:crypto'
import type { Localized } from '../../core/values.ts'
import type { FeedItem } from '../ports.ts'
import type { When } from './instants.ts'
import type { Tally } from './tally.ts'
import { cleanId, guessLang } from './words.ts'

export interface Draft {
  /** As the document gives it; its link where it gives none. */
  id: string | undefined
  title: string
  url: string | undefined
  when: When
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)
function said(when: When): string {
  if (when.kind === 'instant') return when.at.toISOString()
  return when.kind === 'day' ? when.day : ''
}

/** The same id twice with the same words is one entry; with other words the id is worth nothing. */
export function collectItems(drafts: readonly Draft[], tally: Tally): { items: FeedItem[]; notes: Localized[] } {
  const titles = new Map<string, Set<string>>()
  const idOf = (draft: Draft) => cleanId(draft.id ?? '')
  for (const draft of drafts)
    if (idOf(draft)) titles.set(idOf(draft), (titles.get(idOf(draft)) ?? new Set()).add(draft.title))
  const items = new Map<string, FeedItem>()
  for (const draft of drafts) {
    const { title, url, when } = draft
    const own = idOf(draft)
    const shared = (titles.get(own)?.size ?? 0) > 1
    const unshared = shared ? `${own.slice(0, 450)}#${hash(title).slice(0, 16)}` : own
    const externalId = own ? unshared : `sha256:${hash(`${title}\n${said(when)}`)}`
    if (items.has(externalId)) {
      tally.leaveOut('repeated', title)
      continue
    }
    if (shared) tally.change('shared-id')
    if (when.kind === 'day' && when.timed) tally.change('no-zone')
    items.set(externalId, {
      externalId,
      title,
      url,
      publishedAt: when.kind === 'instant' ? when.at : undefined,
      day: when.kind === 'day' ? when.day : undefined,
      lang: guessLang(title),
    })
  }
  const kept = [...items.values()]
  const undated = kept.filter((item) => !item.publishedAt && !item.day).length
  const notes = tally.notes()
  if (undated)
    notes.push({
      en: `${undated} entries name no date and count from the day they were first read.`,
      zh: `${undated} 个条目没有日期，按首次读取的日期计算。`,
    })
  return { items: kept, notes }
}
