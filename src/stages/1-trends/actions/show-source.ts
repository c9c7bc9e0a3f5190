import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { ingestsOf, mustHaveSource } from '../store.ts'
import { readingsView } from '../views.ts'

const MOST_READS = 20

/** A source with its last readings, newest first. */
export const showSource = action({
  name: 'trends.show-source',
  scope: 'trends:read',
  input: byId,
  output: readingsView,
  async run({ db }: TrendsContext, _actor, { id }) {
    const source = await mustHaveSource(db.read, id)
    return { source, ingests: await ingestsOf(db.read, id, MOST_READS) }
  },
})
