import type { Upkeep } from '../0-house/door.ts'
import { filesOfStyles } from './store.ts'
import { deleteRuns, oldRuns } from './store/pruning.ts'
import { styles } from './tables.ts'

export const designsUpkeep = {
  tallied: { styles: { table: styles, by: styles.state } },
  files: filesOfStyles,
  prunes: [
    {
      name: 'runs',
      keptAs: 'runs',
      slice: async (db, page) => (await oldRuns(db, page)).map((row) => ({ id: row.id, row, about: [] })),
      remove: deleteRuns,
    },
  ],
} satisfies Upkeep
