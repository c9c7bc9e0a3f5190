/** The orders of a campaign's lot that gathers, looked through for patterns. */
import { isDisposableEmailDomain } from 'disposable-email-domains-js'
import type { Reader } from '../../../db/database.ts'
import type { Campaign } from '../../4-storefront/door.ts'
import { emailIn } from '../reach.ts'
import { ordersSeen } from '../store/traces.ts'
import type { PreorderLine } from '../tables.ts'
import { patternsIn, type Pattern, type Seen } from './rules.ts'

/** Orders that are looked through, the newest: a page is not to wait for more. */
export const MOST_LOOKED_AT = 5000

const asText = (lines: readonly PreorderLine[]): string =>
  lines
    .map(({ colourway, size, quantity }) => `${colourway} ${size} ${quantity}`)
    .sort()
    .join('\n')

export interface LookedAt {
  seen: Seen[]
  patterns: Pattern[]
  /** Who they are, by order: for whoever may know it. */
  people: Map<string, { email: string; name: string }>
}

/** Reads only. */
export async function lookFor(
  db: Reader,
  {
    id,
    lot,
    thresholdUnits,
    sizes,
    colourways,
  }: Pick<Campaign, 'id' | 'lot' | 'thresholdUnits' | 'sizes' | 'colourways'>,
): Promise<LookedAt> {
  const rows = await ordersSeen(db, { id, lot }, MOST_LOOKED_AT)
  const throwAway = new Map<string, boolean>()
  const isThrowAway = (domain: string): boolean => {
    const known = throwAway.get(domain) ?? isDisposableEmailDomain(domain)
    throwAway.set(domain, known)
    return known
  }
  const seen = rows.map(({ id: order, state, email, lines, name: _name, ...row }): Seen => {
    const domain = emailIn(email)?.split('@').at(-1)?.toLowerCase() ?? null
    return { ...row, id: order, confirmed: state === 'confirmed', lines: asText(lines), domain, throwAway: domain !== null && isThrowAway(domain) } // prettier-ignore
  })
  return {
    seen,
    patterns: patternsIn(seen, { goalUnits: thresholdUnits, kinds: Math.max(1, sizes.length * colourways.length) }),
    people: new Map(rows.map(({ id: order, email, name }) => [order, { email, name }])),
  }
}
