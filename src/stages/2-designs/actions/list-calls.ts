import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { PROPOSE } from '../model-designer/designer.ts'
import type { CallToModel } from '../model.ts'
import { PREVIEW } from '../run/previews.ts'
import { generationsAbout, styleById, versionsOf, type GenerationRow } from '../store.ts'
import type { GenerationRecord } from '../model-designer/asking.ts'
import { STYLE } from '../views.ts'

function viewCall({ id, createdAt, purpose, record, costMicros }: GenerationRow): CallToModel {
  const { prompt, asked, answered, outcome, failure, said, usage, latencyMs } = record as GenerationRecord
  const { name, version } = prompt
  return {
    id,
    at: createdAt,
    purpose,
    prompt: { name, version },
    asked,
    answered,
    outcome,
    failure,
    said,
    usage,
    costMicros,
    latencyMs,
  }
}

/** Every call to a model that a style came from or that was made about it, newest first. @throws Problem 404 */
export const listCalls = action({
  name: 'designs.list-calls',
  scope: 'designs:read',
  input: byId,
  output: z.array(z.looseObject({ id: z.string(), outcome: z.string() })),
  async run({ db }: Context, _actor, { id }) {
    const style = await styleById(db.read, id)
    if (!style) throw notFound(STYLE, id)
    const [rows, versions] = await Promise.all([
      generationsAbout(db.read, style.runId === null ? [id] : [id, style.runId]),
      versionsOf(db.read, id),
    ])
    // A run's pictures are each one style's own; its proposals are all of theirs.
    const drawn = new Set(versions.map(({ generation }) => generation.illustration?.generationId))
    return rows
      .filter(
        (row) => row.purpose !== PREVIEW && (row.subjectId === id || row.purpose === PROPOSE || drawn.has(row.id)),
      )
      .map(viewCall)
  },
})
