import { z } from 'zod'
import { action } from '../../action.ts'
import { anObject, noInput } from '../model.ts'
import { countAllSealed, countUnder, type SecretsContext } from '../secrets/sealing.ts'

export interface KeyView {
  id: string
  /** Seals and signs from now on; the others are only read. */
  writes: boolean
  /** Links signed with it hold until then; null: as long as the key is there. */
  linksUntil: Date | null
  /** How many texts lie under it, by kind. */
  sealed: Record<string, number>
}

/** Every master key with what lies under it; ids of keys that are missing stand there too. */
export const listMasterKeys = action({
  name: 'secrets.list',
  scope: 'system',
  input: noInput,
  output: z.array(anObject),
  async run(context: SecretsContext): Promise<KeyView[]> {
    const { ring, engines } = context
    ring.refresh()
    const counts = await countAllSealed(context)
    const keys = ring.keys()
    const missing = [...new Set([...counts.values()].flatMap((byKey) => [...byKey.keys()]))].filter(
      (id) => !keys.some((key) => key.id === id),
    )
    return [
      ...keys.map(({ id, until }) => ({
        id,
        writes: id === engines.vault.writes(),
        linksUntil: until ?? null,
        sealed: countUnder(counts, id),
      })),
      ...missing.map((id) => ({ id, writes: false, linksUntil: null, sealed: countUnder(counts, id) })),
    ]
  },
})
