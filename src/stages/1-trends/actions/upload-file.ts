import type { z } from 'zod'
import type { Tx } from '../../../db/database.ts'
import type { FeedFormat } from '../../../engines/ports.ts'
import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { noteReading } from '../ingesting.ts'
import { upload } from '../inputs.ts'
import { refused, words } from '../messages.ts'
import { measureOf, sameKind, type SourceFormat, type UploadResult } from '../model.ts'
import { changeSource, insertSource, uploadSourceByName, type Source } from '../store.ts'
import { storePrepared } from '../storing.ts'
import { readUpload } from '../uploading.ts'
import { uploadView } from '../views.ts'

const kindOf = (format: string) => (format === 'sales' ? 'sales' : measureOf(format))

/** The upload source of that name, made where there is none. @throws Problem `trends.other-measure` */
async function sourceFor(
  tx: Tx,
  { name, format }: { name: string; format: FeedFormat },
  { lang, region }: z.output<typeof upload>,
  now: Date,
): Promise<Source> {
  const known = await uploadSourceByName(tx, name)
  if (known && !sameKind(known.format, format))
    throw refused(
      'trends.other-measure',
      { name, holds: words.all(`holds.${kindOf(known.format)}`) },
      { field: 'name' },
    )
  const source =
    known ??
    (await insertSource(tx, {
      name,
      kind: 'upload',
      format: format satisfies SourceFormat,
      url: null,
      lang,
      region: region ?? null,
      everyMinutes: 60,
      nextFetchAt: null,
      createdAt: now,
    }))
  if (!source) throw new Error(`upload source "${name}" was neither found nor made`)
  return source
}

/**
 * Read an uploaded feed or export (5 MB at most) into the upload source of that name, or of its kind. The same file
 * again adds nothing. @throws Problem `feeds.*`, `trends.*` with the remedy; nothing is stored then
 */
export const uploadFile = action({
  name: 'trends.upload-file',
  scope: 'trends',
  input: upload,
  output: uploadView,
  async run(context: TrendsContext, actor, input): Promise<UploadResult> {
    const { prepared, ...read } = await readUpload(context, input)
    const { region, bytes } = input
    const now = context.clock.now()
    const { db } = context
    const { id } = await db.write((tx) => sourceFor(tx, read, input, now))
    const stored = await storePrepared(db, id, prepared)
    return db.write(async (tx) => {
      await changeSource(tx, id, { lastFetchedAt: now, ...(region ? { region } : {}) })
      const reading = { sourceId: id, prepared, stored, bytes: bytes.length, at: now }
      return { ...read, sourceId: id, ...stored, ...(await noteReading(tx, context, actor, reading)) }
    })
  },
})
