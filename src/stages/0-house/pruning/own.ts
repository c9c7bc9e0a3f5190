/** What of the house's and the machinery's own rows is put away when it is old and over. */
import { deleteEvents, deleteLetters, oldEvents, oldLetters } from '../../../db/pruning.ts'
import { deleteSessions, oldSessions } from '../store/pruning.ts'
import type { Prunable } from '../upkeep.ts'

const subjectsOf = (payload: Readonly<Record<string, unknown>>): string[] =>
  (['order', 'campaign', 'lot'] as const).flatMap((kind) => {
    const id = payload[`${kind}Id`]
    return typeof id === 'string' ? [`${kind}:${id}`] : []
  })

export const housePrunes: readonly Prunable[] = [
  {
    name: 'events',
    keptAs: 'events',
    async slice(db, { before, after, limit }) {
      const rows = await oldEvents(db, { before, after, limit })
      return rows.map((row) => ({ id: row.id, row, about: subjectsOf(row.payload) }))
    },
    remove: deleteEvents,
  },
  {
    name: 'letters',
    keptAs: 'letters',
    async slice(db, page) {
      const rows = await oldLetters(db, page)
      return rows.map((row) => ({ id: row.id, row, about: row.about ? [row.about] : [] }))
    },
    remove: deleteLetters,
  },
  // A session that ended tells nobody anything: its acts stand in the security log. Tickets go when the next is issued.
  {
    name: 'sessions',
    keptAs: 'sessions',
    slice: async (db, page) => (await oldSessions(db, page)).map(({ id }) => ({ id, about: [] })),
    remove: deleteSessions,
  },
]
