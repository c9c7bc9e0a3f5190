/** The refusals of `messages.ts` that list columns or say sizes: what was found goes to machines whole, to people short. */
import type { Problem } from '../../core/errors.ts'
import type { Localized } from '../../core/values.ts'
import { refused } from './messages.ts'

const listed = (names: readonly string[]): Localized => {
  const short = names.slice(0, 8).map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name))
  return { en: short.join(', ') || '–', zh: short.join('、') || '–' }
}

const TIMELINE = ['Day | Week | Month | Date', '<term>: (<region>)']

export const tooLarge = (maxBytes: number): Problem =>
  refused('feeds.too-large', { size: `${Math.round((maxBytes / 1024 / 1024) * 10) / 10} MB` })

export const tooSlow = (deadlineMs: number): Problem => refused('feeds.too-slow', { seconds: `${deadlineMs / 1000}` })

export const notFeed = (beginning: string): Problem => refused('feeds.not-a-feed', { beginning })

export const wrongJson = (where: string, found: string): Problem =>
  refused('feeds.wrong-json', { where, found }, { details: { where, found } })

export const emptyExport = (columns: readonly string[]): Problem =>
  refused('feeds.empty-export', { columns: listed(columns) }, { details: { found: columns } })

export const noDateColumn = (found: readonly string[]): Problem =>
  refused('feeds.no-date-column', { found: listed(found) }, { details: { expected: TIMELINE, found } })

export const mapExport = (found: readonly string[]): Problem =>
  refused('feeds.no-date-column#map', { found: listed(found) }, { details: { expected: TIMELINE, found } })

export const salesWithoutDates = (found: readonly string[]): Problem =>
  refused(
    'feeds.no-date-column#sales',
    { found: listed(found) },
    { details: { expected: ['date', 'product | category', 'units'], found } },
  )

export const wrongColumns = (expected: readonly string[], found: readonly string[]): Problem =>
  refused('feeds.wrong-columns', { needed: listed(expected), found: listed(found) }, { details: { expected, found } })

export const ambiguousDates = (example: string): Problem =>
  refused('feeds.ambiguous-dates', { example: example.slice(0, 30) }, { field: 'dates', details: { example } })

export const unclearTable = (found: readonly string[]): Problem =>
  refused('feeds.unclear-columns', { found: listed(found) }, { field: 'columns', details: { found } })

export const unknownColumn = (role: string, asked: string, found: readonly string[]): Problem =>
  refused(
    'feeds.unknown-column',
    { asked: asked.slice(0, 40), role, found: listed(found) },
    { field: 'columns', details: { found } },
  )
