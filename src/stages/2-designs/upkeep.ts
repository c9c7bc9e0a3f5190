import type { Upkeep } from '../0-house/door.ts'
import { filesOfStyles } from './store.ts'
import { styles } from './tables.ts'

export const designsUpkeep = {
  tallied: { styles: { table: styles, by: styles.state } },
  files: filesOfStyles,
} satisfies Upkeep
