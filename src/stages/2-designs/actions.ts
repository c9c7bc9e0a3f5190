/** What people and machines may ask of the design stage. */
import type { z } from 'zod'
import { actorTag, authorize, type Actor } from '../../core/actor.ts'
import { notFound, problem } from '../../core/errors.ts'
import { newId, SECOND } from '../../core/values.ts'
import {
  materialSchema,
  parseMaterialsCsv,
  materialsCsvTemplate,
  materialsToCsv,
  type Material,
} from '../../garments/index.ts'
import type { Context, Reactions } from '../context.ts'
import { readHouse } from '../0-house/door.ts'
import { briefTrend } from './run/briefing.ts'
import { refineVersion } from './run/build.ts'
import type { SoldBefore } from './designer/designer.ts'
import { settleAbandoned } from './model-designer/ledger.ts'
import { givingUpOf } from './giving-up.ts'
import type { GenerationRecord } from './model-designer/asking.ts'
import { PROPOSE } from './model-designer/designer.ts'
import { openWork } from './run/work.ts'
import {
  blockedBy,
  listSchema,
  movedOn,
  previewSchema,
  requestSchema,
  seasonAhead,
  toReview,
  type CallToModel,
  type GenerationNote,
} from './model.ts'
import type { PictureOptions } from './pictures/pictures.ts'
import { keepPreview, PREVIEW, type Previewed } from './run/previews.ts'
import { readReference } from './pictures/reference.ts'
import type { Refined } from './refine/refining.ts'
import { planOf, type RunPlan } from './run/run.ts'
import {
  abandonedGenerations,
  generationsAbout,
  insertRun,
  listRuns,
  listStyles,
  materialRowsOf,
  putMaterials,
  runById,
  stockOf,
  styleById,
  trendRows,
  versionOf,
  versionsOf,
  type RunRow,
  type StyleRow,
  type VersionRow,
} from './store.ts'

export type DesignOptions = PictureOptions

/** 422 for an input that breaks its schema, naming the field. */
function read<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') ?? ''
  throw problem(
    'designs.invalid',
    422,
    {
      en: `"${field || 'The request'}" cannot be used: ${issue?.message ?? 'wrong form'}. Correct it and send it again.`,
      zh: `“${field || '请求'}”无法使用：${issue?.message ?? '格式不对'}。请改正后重新提交。`,
    },
    { field },
  )
}

/** A table of materials is read in a thread of its own, and not for long. */
const MOST_LIST_BYTES = 5 * 1024 * 1024
const LIST_READ_MS = 5 * SECOND

const STYLE = { en: 'style', zh: '款式' }
const RUN = { en: 'design run', zh: '设计任务' }

/** A style as pages and machines read it: its row, a version of it, and what its gates say against approving it. */
const view = (style: StyleRow, version: VersionRow) => ({
  style,
  version,
  blocked: blockedBy(version.gates).map(({ gate, reason }) => ({ gate, reason })),
  review: toReview(version.gates).map(({ gate, reason }) => ({ gate, reason })),
})
export type StyleView = ReturnType<typeof view>

/** A run as people and machines follow it; its proposals are the stage's own and large. */
const viewRun = ({ brief, ...run }: RunRow) => {
  const { request, skipped } = planOf(brief)
  return { ...run, request, skipped }
}
export type RunView = ReturnType<typeof viewRun>

/** @param soldBefore what every brief takes from the shop; nothing where there is none */
export function openDesigns(context: Context, options: DesignOptions, soldBefore: SoldBefore = async () => []) {
  const { db, clock, outbox, engines } = context
  const work = openWork(context, options, soldBefore)
  /** A style that may still be refined, at the version that was looked at. */
  async function undecided(id: string, wanted: number | undefined): Promise<{ style: StyleRow; version: VersionRow }> {
    const style = await styleById(db.read, id)
    if (!style) throw notFound(STYLE, id)
    const version = await versionOf(db.read, id, style.version)
    if (!version || style.state !== 'proposed' || (wanted ?? style.version) !== style.version) throw movedOn()
    return { style, version }
  }

  /** A refinement as its preview tells it, kept where there is something to apply. */
  async function shown(about: Previewed, refined: Refined) {
    const { changes, notUnderstood, clamped, by, made } = refined
    const preview = changes.length > 0 ? await keepPreview(context, about, refined) : undefined
    return { version: about.style.version, changes, notUnderstood, clamped, by, ...made, preview }
  }

  return {
    /**
     * Ask for designs from trends. The work is done by the worker; progress by {@link getRun}.
     * @returns the run's id
     * @throws Problem 422 `designs.invalid`, 404 for a trend that is not there
     */
    async requestDesigns(actor: Actor, input: unknown): Promise<{ id: string }> {
      authorize(actor, 'designs')
      const request = read(requestSchema, input)
      const rows = await trendRows(db.read, request.trendIds)
      const missing = request.trendIds.find((id) => !rows.some((row) => row.id === id))
      if (missing !== undefined) throw notFound({ en: 'trend', zh: '趋势' }, missing)
      const now = clock.now()
      const house = await readHouse(db.read)
      const runId = newId()
      const briefed = rows.map(briefTrend)
      const plan: RunPlan = {
        request: {
          ...request,
          season: request.season ?? house.designSeason ?? seasonAhead(now),
          seed: request.seed ?? now.getTime() % 2 ** 31,
        },
        trends: briefed.map(({ trend }) => trend),
        removed: briefed.flatMap(({ removed }) => removed),
        skipped: {},
      }
      await db.write(async (tx) => {
        await insertRun(tx, {
          id: runId,
          trendIds: request.trendIds,
          brief: { ...plan },
          state: 'waiting',
          total: request.count,
          requestedBy: actorTag(actor),
          createdAt: now,
        })
        await outbox.emit(tx, actor, 'designs.requested', { runId }, now, { dedupeKey: `designs.requested:${runId}:0` })
      })
      return { id: runId }
    },

    async getRun(actor: Actor, runId: string): Promise<RunView> {
      authorize(actor, 'designs:read')
      const row = await runById(db.read, runId)
      if (!row) throw notFound(RUN, runId)
      return viewRun(row)
    },

    async listRuns(
      actor: Actor,
      input: { limit?: number; cursor?: string } = {},
    ): Promise<{ items: RunView[]; cursor: string | undefined }> {
      authorize(actor, 'designs:read')
      const limit = Math.min(Math.max(input.limit ?? 20, 1), 100)
      const rows = await listRuns(db.read, limit + 1, input.cursor)
      return { items: rows.slice(0, limit).map(viewRun), cursor: rows.length > limit ? rows[limit - 1]?.id : undefined }
    },

    /** Styles, newest first, each with its current version. `cursor` of a page goes into the next request. */
    async listStyles(actor: Actor, input: unknown = {}): Promise<{ items: StyleView[]; cursor: string | undefined }> {
      authorize(actor, 'designs:read')
      const { state, category, runId, limit, cursor } = read(listSchema, input)
      const rows = await listStyles(db.read, { state, category, runId, before: cursor, limit: limit + 1 })
      return {
        items: rows.slice(0, limit).map(({ style, version }) => view(style, version)),
        cursor: rows.length > limit ? rows[limit - 1]?.style.id : undefined,
      }
    },

    /** One style with its current version, or the one asked for, and the list of all of them, newest first. */
    async getStyle(actor: Actor, id: string, wanted?: number) {
      authorize(actor, 'designs:read')
      const style = await styleById(db.read, id)
      if (!style) throw notFound(STYLE, id)
      const number = wanted ?? style.version
      const [version, all] = await Promise.all([versionOf(db.read, id, number), versionsOf(db.read, id)])
      if (!version) throw notFound({ en: 'version of this style', zh: '该款式的版本' }, String(number))
      return { ...view(style, version), versions: all }
    },

    /** Every call to a model that a style came from or that was made about it, newest first. */
    async callsAbout(actor: Actor, id: string): Promise<CallToModel[]> {
      authorize(actor, 'designs:read')
      const style = await styleById(db.read, id)
      if (!style) throw notFound(STYLE, id)
      const [rows, versions] = await Promise.all([
        generationsAbout(db.read, style.runId === null ? [id] : [id, style.runId]),
        versionsOf(db.read, id),
      ])
      // A run's pictures are each one style's own; its proposals are all of theirs.
      const drawn = new Set(
        versions.map(({ generation }) => (generation as Partial<GenerationNote>).illustration?.generationId),
      )
      return rows
        .filter(
          (row) => row.purpose !== PREVIEW && (row.subjectId === id || row.purpose === PROPOSE || drawn.has(row.id)),
        )
        .map((row) => {
          const { prompt, asked, answered, outcome, failure, said, usage, latencyMs } =
            row.record as unknown as GenerationRecord
          const { name, version } = prompt
          return {
            id: row.id,
            at: row.createdAt,
            purpose: row.purpose,
            prompt: { name, version },
            asked,
            answered,
            outcome,
            failure,
            said,
            usage,
            costMicros: row.costMicros,
            latencyMs,
          }
        })
    },

    /**
     * What a sentence would change, without changing anything: the same path that applies it. `preview` goes with the
     * sentence to `refine`, which then asks nobody again and changes exactly this; undefined where nothing would change.
     * @throws Problem 409 `approvals.moved-on` for a style that is decided or at another version
     */
    async previewRefinement(actor: Actor, id: string, input: unknown) {
      authorize(actor, 'approvals')
      const { sentence, version } = read(previewSchema, input)
      const about = { ...(await undecided(id, version)), sentence }
      return shown(about, await refineVersion(context, about))
    },

    /**
     * What would change if the style took its leading colour from a picture: a preview like any other, whose sentence
     * names the colour. The picture is not kept, and no model sees it.
     * @throws Problem 413, 415, 422 `designs.reference-*` naming the limits
     */
    async previewReference(actor: Actor, id: string, { version, bytes }: { version?: number; bytes: Buffer }) {
      authorize(actor, 'approvals')
      const style = await undecided(id, version)
      const colours = await readReference(bytes)
      const about = { ...style, sentence: `改成${colours[0]?.colour.name.zh ?? ''}` }
      const refined = await refineVersion({ ...context, engines: { ...engines, language: undefined } }, about)
      return {
        ...(await shown(about, refined)),
        sentence: about.sentence,
        colours: colours.map(({ colour: { id: colour, name }, share }) => ({ id: colour, name, share })),
      }
    },

    /** The house's materials as rows of its library; the built-in ones until it has changed any. */
    async listMaterials(actor: Actor) {
      authorize(actor, 'designs:read')
      return materialRowsOf(db.read)
    },

    /** Add a material or change one by its id; styles keep the snapshot they were made with. */
    async updateMaterial(actor: Actor, input: unknown): Promise<Material> {
      authorize(actor, 'house')
      const material = read(materialSchema, input) as Material
      await db.write((tx) => putMaterials(tx, [material], actorTag(actor), clock.now()))
      return material
    },

    /**
     * Take in a CSV of materials: all of it or, with errors, none of it.
     * @returns the rows taken, or the errors line by line
     */
    async importMaterials(actor: Actor, list: Uint8Array | string, fileName?: string) {
      authorize(actor, 'house')
      const bytes = typeof list === 'string' ? Buffer.from(list) : list
      const sheet = await engines.feeds.table(bytes, { fileName, deadlineMs: LIST_READ_MS, maxBytes: MOST_LIST_BYTES })
      const { materials, errors } = parseMaterialsCsv(sheet)
      if (errors.length > 0) return { taken: 0, errors, notes: sheet.notes }
      await db.write((tx) => putMaterials(tx, materials, actorTag(actor), clock.now()))
      return { taken: materials.length, errors, notes: sheet.notes }
    },

    async exportMaterials(actor: Actor): Promise<string> {
      authorize(actor, 'designs:read')
      return materialsToCsv(await stockOf(db.read))
    },
    materialsTemplate: (): string => materialsCsvTemplate(),

    givingUp: givingUpOf(context),
    reactions: {
      'designs.requested': ({ payload }) => work(payload.runId),
      // A call whose process died, and that nobody asks about again, is settled all the same.
      'designs.sweep-due': async () => {
        const now = clock.now()
        if ((await abandonedGenerations(db.read, now)).length === 0) return
        const settled = await db.write((tx) => settleAbandoned(tx, now))
        if (settled > 0) context.log.warn({ settled }, 'calls to models were settled as unknown: their process ended')
      },
    } satisfies Reactions as Reactions,
  }
}
export type Designs = ReturnType<typeof openDesigns>
