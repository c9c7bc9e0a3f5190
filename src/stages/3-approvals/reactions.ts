import { addPictures, makeDetails, readDraft, versionOf } from '../2-designs/door.ts'
import type { Reactions } from '../context.ts'
import type { ApprovalContext } from './deciding.ts'

export const reactionsOf = (context: ApprovalContext): Reactions => ({
  /** It will be sold: draw its details. Its campaign does not wait for them. */
  'approvals.approved': async ({ payload: { styleId, version } }) => {
    const row = await versionOf(context.db.read, styleId, version)
    if (!row || row.pictures.some(({ view }) => view.startsWith('detail-'))) return
    const draft = await readDraft(context, row.geometryFile)
    const details = await makeDetails(context, { spec: row.spec, draft }, context.pictures)
    await context.db.write((tx) => addPictures(tx, { styleId, version }, details))
  },
})
