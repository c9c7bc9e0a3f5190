import { z } from 'zod'
import { action } from '../../action.ts'
import { anObject } from '../model.ts'
import type { OperationsContext } from '../operations.ts'

/** Names of accounts, keys and factories by their tag in the log; others (the system, buyers) have none. */
export const nameActors = action({
  name: 'operations.names',
  scope: 'line:read',
  input: z.object({ tags: z.array(z.string()) }),
  output: anObject,
  async run({ db, namesOf }: OperationsContext, _actor, { tags }): Promise<Map<string, string>> {
    const all = [...new Set(tags)]
    const named = await Promise.all(
      Object.entries(namesOf).map(async ([kind, read]) => {
        const ids = all.filter((tag) => tag.startsWith(`${kind}:`)).map((tag) => tag.slice(kind.length + 1))
        if (!ids.length) return []
        return (await read(db.read, ids)).map(({ id, name }) => [`${kind}:${id}`, name] as const)
      }),
    )
    return new Map(named.flat())
  },
})
