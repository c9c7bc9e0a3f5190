/** Reading an uploaded file, before anything of it is stored. */
import type { z } from 'zod'
import type { Problem } from '../../core/errors.ts'
import type { FeedContents, FeedFormat } from '../../engines/ports.ts'
import { readHouse } from '../0-house/door.ts'
import type { TrendsContext } from './context.ts'
import { prepare, type Prepared } from './ingesting.ts'
import type { upload } from './inputs.ts'
import { refused, words } from './messages.ts'
import { READ_DEADLINE_MS, sourceNameOf, UPLOAD_LIMIT, type UploadPreview } from './model.ts'

/** A file that was read and of which nothing counts is not well: the person is told what is in it. */
function nothingKept({ found = [] }: FeedContents, { unknown }: Prepared): Problem {
  if (!unknown.length) return refused('trends.nothing-over')
  const listed = (names: readonly string[]) => {
    const short = names.slice(0, 8).map((one) => one.slice(0, 60))
    return { en: short.join(', '), zh: short.join('、') }
  }
  const columns = found.length ? words.all('columns-found', { columns: listed(found) }) : { en: '', zh: '' }
  return refused(
    'trends.no-terms',
    { unknown: listed(unknown), columns },
    { field: 'columns', details: { unknown: unknown.slice(0, 50), found } },
  )
}

/** Everything about an uploaded file that can be known before it is stored. @throws Problem `feeds.*`, `trends.*` */
export async function readUpload(
  { db, clock, engines, lexicon }: TrendsContext,
  { name, lang, region, format, fileName, contentType, columns, dates, bytes }: z.output<typeof upload>,
): Promise<UploadPreview & { prepared: Prepared; format: FeedFormat }> {
  const contents = await engines.feeds.read(bytes, {
    contentType,
    fileName,
    declaredFormat: format,
    columns,
    dates: dates === 'auto' ? undefined : dates,
    deadlineMs: READ_DEADLINE_MS,
    maxBytes: UPLOAD_LIMIT,
  })
  const { timeZone } = await readHouse(db.read)
  const prepared = await prepare(contents, (await lexicon()).matcher, clock.now(), timeZone)
  if (!prepared.items.length && !prepared.series.length) throw nothingKept(contents, prepared)
  const place = region || contents.series[0]?.region
  return {
    prepared,
    name: name ?? sourceNameOf(contents, lang, contents.series.length ? place : undefined),
    format: contents.format,
    itemsSeen: prepared.seen,
    kept: prepared.kept,
    changed: prepared.changed,
    leftOut: prepared.leftOut,
    notes: prepared.notes,
    columns: contents.columns ?? [],
    found: contents.found ?? [],
  }
}
