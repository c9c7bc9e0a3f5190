/** Everything that may be asked of the house: who is asking, its rules, its logs and copies, its keys, data of persons. */
import type { KeyRing } from '../../engines/ports.ts'
import type { Context } from '../context.ts'
import { openBackups, type BackupOptions } from './backups.ts'
import { openIdentity } from './identity.ts'
import { openOperations } from './operations.ts'
import { openPeople } from './people.ts'
import { openSecrets } from './secrets.ts'
import { openSecurity } from './security.ts'
import type { Upkeep } from './upkeep.ts'

export interface HouseOptions<U extends readonly Upkeep[]> {
  keyRing: KeyRing
  backups: BackupOptions
  /** Days after which what ended loses its names; 0 = when somebody asks. */
  retentionDays: number
  /** What each stage has that the house looks after. */
  upkeep: U
}

export function openHouse<const U extends readonly Upkeep[]>(context: Context, options: HouseOptions<U>) {
  const { keyRing, backups, retentionDays, upkeep } = options
  const people = openPeople(context, { retentionDays, upkeep })
  return {
    identity: openIdentity(context),
    security: openSecurity(context),
    operations: openOperations(context, upkeep),
    secrets: openSecrets(context, keyRing, people, upkeep),
    backups: openBackups(context, backups, upkeep),
    people,
  }
}
