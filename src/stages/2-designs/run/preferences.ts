import { DAY } from '../../../core/values.ts'
import type { Reader } from '../../../db/database.ts'
import { HALF_LIFE_DAYS, leanings, type Preferences } from '../designer/preference.ts'
import { evidenceSince } from '../store/preferences.ts'

/** After so many half-lives a word is a hundredth of itself. */
const FADED = 7

/** What is thought of attributes at a moment. */
export const preferencesAt = async (db: Reader, now: Date): Promise<Preferences> =>
  leanings(await evidenceSince(db, new Date(now.getTime() - FADED * HALF_LIFE_DAYS * DAY)), now)
