/** What two pre-orders may have in common beside their lines: kept for some days as keyed hashes that name nobody. */
import { DAY } from '../../../core/values.ts'
import type { Vault } from '../../../engines/ports.ts'
import type { Address } from '../contact.ts'

/** How long what was seen of a pre-order is kept after it was placed: as long as a merchandiser may still act on it. */
export const TRACE_MS = 14 * DAY
/** As much of a keyed hash as tells apart what is kept at a time. */
const KEPT = 16

/** The neighbourhood of a network, as its origin carries it behind the point. @returns null for a machine's account */
export function networkIn(origin: string | null): string | null {
  const at = origin?.startsWith('net:') ? origin.indexOf('.') : -1
  return at < 0 ? null : (origin?.slice(at + 1) ?? null)
}

/** How an address is written does not matter: letters and digits count. */
const bare = (part: string | undefined): string =>
  (part ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/** One address, however it is typed; keyed, so that nobody who has the database alone can try addresses against it. */
export const addressKey = (vault: Pick<Vault, 'sign'>, address: Address | undefined): string | null =>
  address
    ? vault
        .sign(
          'address',
          [
            address.country,
            address.code ?? bare(address.region) + bare(address.city) + bare(address.district),
            address.street,
            address.more,
          ]
            .map(bare)
            .join('\n'),
        )
        .slice(0, KEPT)
    : null
