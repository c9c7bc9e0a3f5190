import type { Actor } from '../../../core/actor.ts'
import type { Line } from '../../line.ts'

/** Names of the factories that orders and offers speak of; one that is gone is shown by its id. */
export const factoryNamesOf =
  ({ dispatch }: Pick<Line, 'dispatch'>) =>
  async (actor: Actor, ids: readonly (string | null)[]): Promise<(id: string) => string> => {
    const unique = [...new Set(ids.filter((id) => id !== null))]
    const found = await Promise.all(unique.map((id) => dispatch.factory(actor, { id }).catch(() => undefined)))
    const names = new Map(unique.map((id, index) => [id, found[index]?.name ?? id]))
    return (id) => names.get(id) ?? id
  }
