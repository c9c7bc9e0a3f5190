import { countBy } from '../../db/counting.ts'
import type { Reader } from '../../db/database.ts'
import type { Upkeep } from '../0-house/door.ts'
import { filesOfStyles } from './store.ts'
import { styles } from './tables.ts'

export const designsUpkeep = {
  counts: async (db: Reader) => ({ styles: await countBy(db, styles, styles.state) }),
  files: filesOfStyles,
} satisfies Upkeep
