import { authorize, system, type Actor } from '../../core/actor.ts'
import { notFound, problem, type Problem } from '../../core/errors.ts'
import { dayIn, weekOf, type Lang, type Localized } from '../../core/values.ts'
import type { Tx } from '../../db/database.ts'
import type { ColumnTaken, FeedContents, FeedFormat } from '../../engines/ports.ts'
import type { Context, Reactions } from '../context.ts'
import { readHouse } from '../0-house/door.ts'
import { openDeliveries, retryParked } from '../../db/outbox.ts'
import { givingUpOf } from './giving-up.ts'
import { assessWeek } from './assessing.ts'
import { fetchSource, type Fetched } from './fetching.ts'
import { prepare, storePrepared, type Prepared } from './ingesting.ts'
import { openMatcher } from './matching.ts'
import {
  addSourceSchema,
  checkUrl,
  listTrendsSchema,
  measureOf,
  parsed,
  pauseMs,
  READ_DEADLINE_MS,
  sameKind,
  sourceNameOf,
  UPLOAD_LIMIT,
  uploadSchema,
  type Measure,
  type SourceFormat,
  type Trend,
} from './model.ts'
import {
  allSources,
  changeSource,
  dueSources,
  exposedWeeks,
  ingestsOf,
  insertIngest,
  insertSource,
  markFetched,
  newestIngest,
  newestScoredWeek,
  newestWeek,
  putTrends,
  readForScoring,
  scoredWeeks,
  sourceById,
  sourceByUrl,
  termSeries,
  trendById,
  trendsOfWeek,
  uploadSourceByName,
  type Ingest,
  type Source,
} from './store.ts'

export type Trends = ReturnType<typeof openTrends>

export interface UploadResult {
  sourceId: string
  ingestId: string
  format: string
  itemsSeen: number
  itemsNew: number
  notes: Localized[]
  /** The source's name, given or by the kind of file. */
  name: string
  /** Entries and series that count; those read otherwise than they are written; and those left out. */
  kept: number
  changed: number
  leftOut: number
  /** Of a table: what was taken as what, and the names of all its columns. */
  columns: readonly ColumnTaken[]
  found: readonly string[]
}

/** What an upload would bring, before anything is stored. */
export type UploadPreview = Omit<UploadResult, 'sourceId' | 'ingestId' | 'itemsNew'>

export interface TrendPage {
  /** The week shown, a Monday; undefined where nothing has been scored yet. */
  week: string | undefined
  trends: Trend[]
  /** Give it back as `cursor` for the next page. */
  next: string | undefined
}

export interface TermSeries {
  source: { id: string; name: string; measure: Measure }
  points: { week: string; value: number }[]
}

const noSource = (id: string) => notFound({ en: 'source', zh: '来源' }, id)
const MOST_READS = 20
const MOST_RECKONINGS = 5

type Kind = Measure | 'sales'
const kindOf = (format: string): Kind => (format === 'sales' ? 'sales' : measureOf(format))
const HOLDS: Readonly<Record<Lang, Record<Kind, string>>> = {
  en: { interest: 'search interest', counts: 'published titles', sales: 'units sold' },
  zh: { interest: '搜索热度', counts: '发布内容', sales: '销售件数' },
}

/** A file that was read and of which nothing counts is not well: the person is told what is in it. */
function nothingKept(contents: FeedContents, prepared: Prepared): Problem {
  const { unknown } = prepared
  const said = (names: readonly string[], mark: string) =>
    names
      .slice(0, 8)
      .map((one) => one.slice(0, 60))
      .join(mark)
  if (!unknown.length)
    return problem('trends.nothing-over', 422, {
      en: 'None of the periods in this file is over yet, so there is nothing to compare. Export a longer range.',
      zh: '文件中的周期都尚未结束，无法比较。请导出更长的时间范围。',
    })
  return problem(
    'trends.no-terms',
    422,
    {
      en: `Nothing in this file names anything of the vocabulary, so nothing was stored. It names: ${said(unknown, ', ')}.${contents.found?.length ? ` Its columns: ${said(contents.found, ', ')}.` : ''} If another column names the garments, say which with the upload.`,
      zh: `文件中没有任何名称在词库中，未保存任何内容。其中的名称：${said(unknown, '、')}。${contents.found?.length ? `表中的列：${said(contents.found, '、')}。` : ''}如果服装名称在其他列，请在上传时指定该列。`,
    },
    { field: 'columns', details: { unknown: unknown.slice(0, 50), found: contents.found ?? [] } },
  )
}

export function openTrends(context: Context) {
  const { db, clock, outbox, engines } = context
  const matcher = openMatcher()

  const sayDue = (tx: Tx, actor: Actor, sourceId: string, window: string, at: Date) =>
    outbox.emit(tx, actor, 'trends.source-due', { sourceId, window }, at, {
      dedupeKey: `trends.source-due:${sourceId}:${window}`,
    })

  /** Store what was read and say so. Inside the caller's transaction. */
  async function ingest(tx: Tx, actor: Actor, sourceId: string, prepared: Prepared, bytes: number, at: Date) {
    const { itemsNew, notes } = await storePrepared(tx, sourceId, prepared)
    const ingestId = await insertIngest(tx, {
      sourceId,
      format: prepared.format,
      at,
      bytes,
      itemsSeen: prepared.seen,
      itemsNew,
      notes,
      error: null,
    })
    await outbox.emit(tx, actor, 'trends.ingested', { sourceId, ingestId }, at)
    return { ingestId, itemsNew, notes }
  }

  /** What a fetch brought, written in one transaction, unless somebody else fetched the source meanwhile. */
  async function settleFetch(source: Source, fetched: Fetched, now: Date): Promise<void> {
    const ok = fetched.kind !== 'failed'
    const failures = ok ? 0 : source.failures + 1
    const pause = pauseMs(source.everyMinutes, failures, ok ? 0 : fetched.retryAfterSeconds)
    const marks = {
      failures,
      lastError: ok ? null : fetched.error,
      lastFetchedAt: now,
      nextFetchAt: new Date(now.getTime() + pause),
      ...(fetched.kind === 'read'
        ? { etag: fetched.etag, lastModified: fetched.lastModified, format: fetched.contents.format }
        : {}),
      ...(fetched.kind === 'failed' && fetched.gone ? { enabled: false } : {}),
    }
    const house = await readHouse(db.read)
    const prepared = fetched.kind === 'read' ? await prepare(fetched.contents, matcher, now, house.timeZone) : undefined
    await db.write(async (tx) => {
      if (!(await markFetched(tx, source.id, now, marks))) return
      if (prepared && fetched.kind === 'read')
        await ingest(tx, system('trends'), source.id, prepared, fetched.bytes, now)
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

  /**
   * Score a week and store it; says so once per cause. Reading and reckoning take too long for a transaction, so the
   * result is written only if nothing was read meanwhile, and else reckoned again: an older picture never overwrites
   * a newer one.
   */
  async function score(actor: Actor, week: string, cause: string): Promise<{ week: string; trends: number }> {
    for (let attempt = 0; attempt < MOST_RECKONINGS; attempt++) {
      const seen = await newestIngest(db.read)
      const scored = assessWeek(week, await readForScoring(db.read, week))
      const at = clock.now()
      const written = await db.write(async (tx) => {
        if ((await newestIngest(tx)) !== seen) return false
        await putTrends(tx, week, scored, at)
        await outbox.emit(tx, actor, 'trends.scored', { week }, at, { dedupeKey: `trends.scored:${week}:${cause}` })
        return true
      })
      if (written) return { week, trends: scored.length }
    }
    throw problem(
      'trends.busy',
      503,
      {
        en: 'Sources are being read faster than the week can be scored. Try again in a minute.',
        zh: '来源数据正在密集写入，暂时无法完成评分，请一分钟后重试。',
      },
      { retryAfter: 60 },
    )
  }

  /** Everything about an uploaded file that can be known before it is stored. @throws Problem */
  async function readUpload(input: unknown): Promise<UploadPreview & { prepared: Prepared; format: FeedFormat }> {
    const { name, lang, region, format, fileName, contentType, columns, dates, bytes } = parsed(uploadSchema, input)
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
    const prepared = await prepare(contents, matcher, clock.now(), timeZone)
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

  async function latestWeek(): Promise<string | undefined> {
    const { timeZone } = await readHouse(db.read)
    return newestWeek(db.read, weekOf(dayIn(clock.now(), timeZone)))
  }

  /** A reading that breaks in a way nobody thought of is a failed reading: it would break again the next minute. */
  const read = (source: Source, now: Date): Promise<Fetched> =>
    fetchSource(engines, source, now).catch((error: unknown) => {
      context.log.error({ source: source.id, error: String(error) }, 'a source broke the reader')
      return {
        kind: 'failed',
        error: {
          en: 'The program could not read what this source sent. It is noted for whoever looks after the program; the source is read again at its next time.',
          zh: '程序无法读取该来源的内容，已记录供维护者处理；将在下次时间再读取。',
        },
        bytes: 0,
        gone: false,
        retryAfterSeconds: 0,
      } satisfies Fetched
    })

  const reactions: Reactions = {
    async 'trends.fetch-due'({ payload }) {
      const now = clock.now()
      const all = await dueSources(db.read, now)
      if (!all.length) return
      // One delivery a source: while it is under way nothing is added, and a parked one is tried again instead.
      const open = await openDeliveries(db.read, 'trends:trends.source-due')
      const openOf = new Map(open.map(({ id, state, payload }) => [payload['sourceId'], { id, state }]))
      const parked = all.flatMap(({ id }) => {
        const known = openOf.get(id)
        return known?.state === 'parked' ? [known.id] : []
      })
      if (parked.length) await retryParked(db, parked, now)
      const due = all.filter(({ id }) => !openOf.has(id))
      if (!due.length) return
      await db.write(async (tx) => {
        for (const source of due) await sayDue(tx, system('trends'), source.id, payload.window, now)
      })
    },
    async 'trends.source-due'({ payload }) {
      const now = clock.now()
      const source = (await dueSources(db.read, now)).find((one) => one.id === payload.sourceId)
      if (source) await settleFetch(source, await read(source, now), now)
    },
    async 'trends.ingested'({ payload }) {
      const week = await latestWeek()
      if (week) await score(system('trends'), week, payload.ingestId)
    },
  }

  return {
    /** Add a feed by its address; it is fetched at once. @throws Problem `trends.bad-url`, `trends.source-exists` */
    async addSource(actor: Actor, input: unknown): Promise<Source> {
      authorize(actor, 'trends')
      const { region, ...draft } = parsed(addSourceSchema, input)
      const url = checkUrl(draft.url)
      const now = clock.now()
      return db.write(async (tx) => {
        const source = await insertSource(tx, {
          ...draft,
          url,
          kind: 'feed',
          region: region ?? null,
          nextFetchAt: now,
          createdAt: now,
        })
        if (!source) {
          const known = await sourceByUrl(tx, url)
          throw problem(
            'trends.source-exists',
            409,
            {
              en: `This feed is already a source, "${known?.name ?? url}". Switch it on there if it is off.`,
              zh: `该订阅源已存在：“${known?.name ?? url}”。如已停用，请直接启用。`,
            },
            { field: 'url', details: { sourceId: known?.id } },
          )
        }
        await sayDue(tx, actor, source.id, 'added', now)
        return source
      })
    },

    async listSources(actor: Actor): Promise<Source[]> {
      authorize(actor, 'trends:read')
      return allSources(db.read)
    },

    /** A source with its last readings, newest first. */
    async getSource(actor: Actor, id: string): Promise<{ source: Source; ingests: Ingest[] }> {
      authorize(actor, 'trends:read')
      const source = await sourceById(db.read, id)
      if (!source) throw noSource(id)
      return { source, ingests: await ingestsOf(db.read, id, MOST_READS) }
    },

    /** Switch a source on or off; switched on, it is due at once and its failures are forgotten. */
    async setSourceEnabled(actor: Actor, id: string, enabled: boolean): Promise<Source> {
      authorize(actor, 'trends')
      const now = clock.now()
      return db.write(async (tx) => {
        const source = await changeSource(
          tx,
          id,
          enabled ? { enabled, failures: 0, lastError: null, nextFetchAt: now } : { enabled },
        )
        if (!source) throw noSource(id)
        return source
      })
    },

    /** Fetch a source now, whatever its rhythm. The fetch itself happens in the worker. */
    async fetchNow(actor: Actor, id: string): Promise<Source> {
      authorize(actor, 'trends')
      const now = clock.now()
      return db.write(async (tx) => {
        const source = await sourceById(tx, id)
        if (!source) throw noSource(id)
        if (source.kind !== 'feed' || !source.enabled)
          throw problem('trends.not-fetchable', 409, {
            en: 'Only a feed that is switched on can be fetched. Switch it on, or upload a new file.',
            zh: '只有已启用的订阅源可以抓取。请先启用，或重新上传文件。',
          })
        const due = await changeSource(tx, id, { nextFetchAt: now })
        await sayDue(tx, actor, id, now.toISOString(), now)
        return due ?? source
      })
    },

    /**
     * Read an uploaded feed or export (5 MB at most) into the upload source of that name, or of its kind. The same
     * file again adds nothing. @throws Problem `feeds.*`, `trends.*` with the remedy; nothing is stored then
     */
    async upload(actor: Actor, input: unknown): Promise<UploadResult> {
      authorize(actor, 'trends')
      const { lang, region, bytes } = parsed(uploadSchema, input)
      const { prepared, ...read } = await readUpload(input)
      const now = clock.now()
      return db.write(async (tx) => {
        const { name } = read
        const known = await uploadSourceByName(tx, name)
        if (known && !sameKind(known.format, read.format))
          throw problem(
            'trends.other-measure',
            409,
            {
              en: `"${name}" holds ${HOLDS.en[kindOf(known.format)]}; this file is something else, and the two cannot be compared. Upload it under another name.`,
              zh: `“${name}”保存的是${HOLDS.zh[kindOf(known.format)]}，与本文件的数据类型不同，无法比较。请换一个名称上传。`,
            },
            { field: 'name' },
          )
        const source =
          known ??
          (await insertSource(tx, {
            name,
            kind: 'upload',
            format: read.format satisfies SourceFormat,
            url: null,
            lang,
            region: region ?? null,
            everyMinutes: 60,
            nextFetchAt: null,
            createdAt: now,
          }))
        if (!source) throw new Error(`upload source "${name}" was neither found nor made`)
        await changeSource(tx, source.id, { lastFetchedAt: now, ...(region ? { region } : {}) })
        const { ingestId, itemsNew, notes } = await ingest(tx, actor, source.id, prepared, bytes.length, now)
        return { ...read, sourceId: source.id, ingestId, itemsNew, notes }
      })
    },

    /** What an upload would bring and which column would be taken as what; nothing is stored. */
    async previewUpload(actor: Actor, input: unknown): Promise<UploadPreview> {
      authorize(actor, 'trends')
      const { prepared: _, ...read } = await readUpload(input)
      return read
    },

    /**
     * Keep a file for a day or so, until a person has said what its columns are.
     * @returns what it is kept under, for {@link keptUpload}
     */
    async keepUpload(actor: Actor, bytes: Uint8Array): Promise<string> {
      authorize(actor, 'trends')
      return engines.files.intermediate.put(bytes)
    },

    /** @throws Problem 410 where it is not kept any more */
    async keptUpload(actor: Actor, kept: string): Promise<Uint8Array> {
      authorize(actor, 'trends')
      const bytes = /^[0-9a-f]{64}$/.test(kept) ? await engines.files.intermediate.get(kept) : undefined
      if (bytes) return bytes
      throw problem(
        'trends.not-kept',
        410,
        {
          en: 'The file is not kept any more. Choose it once more and upload it.',
          zh: '该文件已不再保留，请重新选择并上传。',
        },
        { field: 'file' },
      )
    },

    /** The newest week that anything was read of, not after the present one. */
    latestWeek,

    /** Score a week (any day of it names it); without one, the newest with data. */
    async scoreWeek(actor: Actor, week?: string): Promise<{ week: string; trends: number }> {
      authorize(actor, 'trends')
      const asked = week === undefined ? await latestWeek() : weekOf(parsed(listTrendsSchema.shape.week, week) ?? week)
      if (!asked)
        throw problem('trends.nothing-read', 409, {
          en: 'Nothing has been read yet, so there is nothing to score. Add a source or upload an export first.',
          zh: '尚未读取任何数据，无法评分。请先添加来源或上传导出文件。',
        })
      return score(actor, asked, `asked:${clock.now().toISOString()}`)
    },

    /** A week's trends in the combined order, a page at a time; without a week, the newest scored one. */
    async listTrends(actor: Actor, input: unknown = {}): Promise<TrendPage> {
      authorize(actor, 'trends:read')
      const { week, kind, limit, cursor } = parsed(listTrendsSchema, input)
      const shown = week === undefined ? await newestScoredWeek(db.read) : weekOf(week)
      if (!shown) return { week: undefined, trends: [], next: undefined }
      const rows = await trendsOfWeek(db.read, { week: shown, kind, after: Number(cursor ?? 0), limit: limit + 1 })
      const trends = rows.slice(0, limit)
      return { week: shown, trends, next: rows.length > limit ? String(trends.at(-1)?.rank) : undefined }
    },

    /** Weeks that have trends, newest first. */
    async scoredWeeks(actor: Actor, limit = 52): Promise<string[]> {
      authorize(actor, 'trends:read')
      return scoredWeeks(db.read, limit)
    },

    async getTrend(actor: Actor, id: string): Promise<Trend> {
      authorize(actor, 'trends:read')
      const trend = await trendById(db.read, id)
      if (!trend) throw notFound({ en: 'trend', zh: '趋势' }, id)
      return trend
    },

    /** A trend's whole history in each of its sources. Weeks in which a source said nothing at all are left out. */
    async trendSeries(actor: Actor, id: string): Promise<TermSeries[]> {
      authorize(actor, 'trends:read')
      const trend = await trendById(db.read, id)
      if (!trend) throw notFound({ en: 'trend', zh: '趋势' }, id)
      const rows = await termSeries(db.read, trend.term, trend.week)
      const counted = rows.filter((row) => measureOf(row.format) === 'counts').map((row) => row.sourceId)
      const exposed = counted.length ? await exposedWeeks(db.read, [...new Set(counted)], trend.week) : []
      return [...new Map(rows.map((row) => [row.sourceId, row])).values()].map(({ sourceId, source, format }) => {
        const own = rows.filter((row) => row.sourceId === sourceId)
        const values = new Map(own.map((row) => [row.week, row.value]))
        const weeks = exposed.filter((row) => row.sourceId === sourceId).map((row) => row.week)
        return {
          source: { id: sourceId, name: source, measure: measureOf(format) },
          points: (weeks.length ? weeks : [...values.keys()]).map((week) => ({ week, value: values.get(week) ?? 0 })),
        }
      })
    },

    givingUp: givingUpOf(context),
    reactions,
  }
}
