/** What a source brought, noted on it and stored. */
import { system } from '../../core/actor.ts'
import { readHouse } from '../0-house/door.ts'
import type { TrendsContext } from './context.ts'
import { fetchSource, type Fetched } from './fetching.ts'
import { noteReading, prepare } from './ingesting.ts'
import { words } from './messages.ts'
import { pauseMs } from './model.ts'
import { insertIngest, markFetched, type FetchMarks, type Source } from './store.ts'
import { storePrepared } from './storing.ts'

/** A reading that breaks in a way nobody thought of is a failed reading: it would break again the next minute. */
const readOrFail = ({ engines, log }: TrendsContext, source: Source, now: Date): Promise<Fetched> =>
  fetchSource(engines, source, now).catch((error: unknown) => {
    log.error({ source: source.id, error: String(error) }, 'a source broke the reader')
    return { kind: 'failed', error: words.all('broke-the-reader'), bytes: 0, gone: false, retryAfterSeconds: 0 }
  })

function marksOf(source: Source, fetched: Fetched, now: Date): FetchMarks {
  const ok = fetched.kind !== 'failed'
  const failures = ok ? 0 : source.failures + 1
  const pause = pauseMs(source.everyMinutes, failures, ok ? 0 : fetched.retryAfterSeconds)
  return {
    failures,
    lastError: ok ? null : fetched.error,
    lastFetchedAt: now,
    nextFetchAt: new Date(now.getTime() + pause),
    ...(fetched.kind === 'read'
      ? { etag: fetched.etag, lastModified: fetched.lastModified, format: fetched.contents.format }
      : {}),
    ...(fetched.kind === 'failed' && fetched.gone ? { enabled: false } : {}),
  }
}

/** Fetch a source and store what it brought; that it was read is noted unless somebody else fetched it meanwhile. */
export async function fetchAndStore(context: TrendsContext, source: Source, now: Date): Promise<void> {
  const { db, lexicon } = context
  const fetched = await readOrFail(context, source, now)
  const { timeZone } = await readHouse(db.read)
  const prepared =
    fetched.kind === 'read' ? await prepare(fetched.contents, (await lexicon()).matcher, now, timeZone) : undefined
  const stored = prepared && (await storePrepared(db, source.id, prepared))
  await db.write(async (tx) => {
    if (!(await markFetched(tx, source.id, now, marksOf(source, fetched, now)))) return
    if (prepared && stored && fetched.kind === 'read')
      await noteReading(tx, context, system('trends'), {
        sourceId: source.id,
        prepared,
        stored,
        bytes: fetched.bytes,
        at: now,
      })
    else if (fetched.kind === 'failed')
      await insertIngest(tx, {
        sourceId: source.id,
        format: source.format,
        at: now,
        bytes: fetched.bytes,
        itemsSeen: 0,
        itemsNew: 0,
        notes: [],
        error: fetched.error,
      })
  })
}
