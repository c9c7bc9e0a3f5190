/** What people and machines may ask of the design stage. */
import type { z } from 'zod'
import { actorTag, demand, type Actor } from '../../core/actor.ts'
import { notFound, problem, Problem } from '../../core/errors.ts'
import { dayIn, newId, type Localized } from '../../core/values.ts'
import { isUniqueViolation } from '../../db/database.ts'
import {
  materialSchema,
  parseMaterialsCsv,
  materialsCsvTemplate,
  materialsToCsv,
  type Material,
  type StyleSpec,
} from '../../garments/index.ts'
import type { Context, Reactions } from '../context.ts'
import { readHouse, rulesOf } from '../house.ts'
import { briefTrend } from './briefing.ts'
import { buildVersion, refineVersion, type BuildOptions } from './build.ts'
import type { DesignBrief, Designer, Proposal } from './designer.ts'
import { openLedger } from './ledger.ts'
import { forgetAnswer, forgetAnswers } from './illustrator.ts'
import type { GenerationRecord } from './model-designer/asking.ts'
import { modelDesigner, PROPOSE } from './model-designer/designer.ts'
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
import { gentler, parametricDesigner } from './parametric.ts'
import type { PictureOptions } from './pictures.ts'
import { keepPreview, PREVIEW, type Previewed } from './previews.ts'
import { readReference } from './reference.ts'
import type { Refined } from './refining.ts'
import { planOf, runBrief, type RunPlan } from './run.ts'
import {
  earlierStyles,
  generationsAbout,
  insertRun,
  insertStyle,
  listRuns,
  listStyles,
  materialRowsOf,
  nextNumber,
  putMaterials,
  runById,
  slotsMade,
  soldByCategory,
  stockOf,
  styleById,
  trendRows,
  updateRun,
  versionOf,
  versionsOf,
  type RunRow,
  type StyleRow,
  type VersionRow,
} from './store.ts'

export type DesignOptions = PictureOptions

/** A reaction stops starting new styles after this and goes on in a fresh one, well within its lease. */
const WORKING_MS = 15_000
/** Styles under way at once: one drafts while another's pictures are rendered and a third's are encoded. */
const AT_ONCE = 3

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

export function openDesigns(context: Context, options: DesignOptions) {
  const { db, clock, outbox, engines, log } = context
  const ledger = openLedger(context)
  const embedded = parametricDesigner()
  const designer = (): Designer => (engines.language ? modelDesigner(engines.language, ledger, embedded) : embedded)

  /** Proposals once and for all: kept in the run, so that a run that is taken up again makes the same styles. */
  async function proposalsOf(run: RunRow): Promise<RunPlan & { proposals: Proposal[] }> {
    const plan = planOf(run.brief)
    if (plan.proposals) return { ...plan, proposals: plan.proposals }
    const house = await readHouse(db.read)
    const brief: DesignBrief = runBrief(run.id, plan, {
      house,
      rules: rulesOf(house),
      materials: await stockOf(db.read),
      whatSold: await soldByCategory(db.read),
    })
    const chosen = designer()
    const proposals = await chosen.propose(brief)
    const planned: RunPlan & { proposals: Proposal[] } = { ...plan, proposals }
    const made = proposals.find(({ made: { insteadOfModel } }) => insteadOfModel)?.made.insteadOfModel
    const first = await db.write((tx) =>
      updateRun(
        tx,
        run.id,
        {
          state: 'working',
          brief: { ...planned },
          total: proposals.length,
          designer: made ? `${embedded.name} (${made})` : chosen.name,
        },
        ['waiting'],
      ),
    )
    if (first) return planned
    // Somebody else was quicker (a lease that ran out): theirs are the proposals.
    const theirs = planOf((await runById(db.read, run.id))?.brief ?? {})
    return { ...theirs, proposals: theirs.proposals ?? [] }
  }

  const noteOf = ({ made, notes, clamped }: Proposal): GenerationNote => ({ ...made, notes, clamped })

  /** Build a proposal; parameters a draft refuses are moved towards their defaults, twice at most. */
  async function buildProposal(run: RunRow, plan: RunPlan, proposal: Proposal) {
    const house = await readHouse(db.read)
    const base = async (spec: StyleSpec): Promise<BuildOptions> => ({
      rules: rulesOf(house),
      pictures: options,
      note: noteOf(proposal),
      earlier: await earlierStyles(db.read, spec.category),
      removed: plan.removed,
      priceBand: plan.request.priceBand,
      moderation: proposal.moderation,
      subject: { id: run.id, styles: plan.request.count },
    })
    let spec = proposal.spec
    for (let attempt = 0; ; attempt++)
      try {
        return await buildVersion(context, spec, await base(spec))
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'garments.undraftable' || attempt >= 2) throw error
        spec = gentler(
          spec,
          plan.trends.filter(({ id }) => proposal.trendIds.includes(id)),
        )
      }
  }

  async function makeSlot(run: RunRow, plan: RunPlan, proposal: Proposal, slot: number): Promise<void> {
    const built = await buildProposal(run, plan, proposal)
    const { timeZone } = await readHouse(db.read)
    const now = clock.now()
    const year = dayIn(now, timeZone).slice(2, 4)
    for (let attempt = 0; ; attempt++)
      try {
        await db.write(async (tx) => {
          const number = await nextNumber(tx, year)
          const id = await insertStyle(tx, { number, runId: run.id, slot, trendIds: proposal.trendIds, at: now }, built)
          if (id === undefined) return
          await updateRun(tx, run.id, { done: (await slotsMade(tx, run.id)).size })
          await outbox.emit(
            tx,
            { kind: 'system', name: 'designs' },
            'designs.proposed',
            { styleId: id, version: 1 },
            now,
          )
        })
        return forgetAnswer(context, built)
      } catch (error) {
        // Two writers were given the same number, or this slot was made meanwhile: look again.
        if (!isUniqueViolation(error) || attempt >= 5) throw error
      }
  }

  /** What a person can do nothing about by waiting; everything else is tried again by the worker. */
  const isFinal = (error: unknown): error is Problem => error instanceof Problem && error.status === 422

  async function finish(run: RunRow, state: 'done' | 'failed', error: Localized | null): Promise<void> {
    const now = clock.now()
    await db.write(async (tx) => {
      const done = (await slotsMade(tx, run.id)).size
      if (!(await updateRun(tx, run.id, { state, error, done, finishedAt: now }))) return
      await outbox.emit(tx, { kind: 'system', name: 'designs' }, 'designs.run-finished', { runId: run.id }, now, {
        dedupeKey: `designs.run-finished:${run.id}`,
      })
    })
    await forgetAnswers(context, run.id)
  }

  async function skip(run: RunRow, slot: number, reason: Localized): Promise<void> {
    await db.write(async (tx) => {
      const now = await runById(tx, run.id)
      if (!now) return
      const plan = planOf(now.brief)
      await updateRun(tx, run.id, { brief: { ...plan, skipped: { ...plan.skipped, [slot]: reason } } })
    })
  }

  async function work(runId: string): Promise<void> {
    const run = await runById(db.read, runId)
    if (!run) return
    // Finished, and taken up again: the last one ended before it had tidied up.
    if (run.state === 'done' || run.state === 'failed') return forgetAnswers(context, runId)
    let plan: RunPlan & { proposals: Proposal[] }
    try {
      plan = await proposalsOf(run)
    } catch (error) {
      if (!isFinal(error)) throw error
      return finish(run, 'failed', error.text)
    }
    const made = await slotsMade(db.read, runId)
    const open = plan.proposals
      .map((_, slot) => slot)
      .filter((slot) => !made.has(slot) && plan.skipped[slot] === undefined)
    const until = performance.now() + WORKING_MS
    let started = 0
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (started < open.length && (started < AT_ONCE || performance.now() < until)) {
          const slot = open[started++] ?? 0
          const proposal = plan.proposals[slot]
          if (!proposal) continue
          try {
            await makeSlot(run, plan, proposal, slot)
          } catch (error) {
            if (!isFinal(error)) throw error
            log.warn({ runId, slot, code: error.code }, 'a proposal could not be built')
            await skip(run, slot, error.text)
          }
        }
      }),
    )
    if (started < open.length) {
      // More to do than a reaction may take: go on in another one. The key makes a repeated reaction harmless.
      const now = clock.now()
      await db.write((tx) =>
        outbox.emit(tx, { kind: 'system', name: 'designs' }, 'designs.requested', { runId }, now, {
          dedupeKey: `designs.requested:${runId}:${plan.proposals.length - open.length + started}`,
        }),
      )
      return
    }
    const after = await runById(db.read, runId)
    const skipped = Object.values(planOf(after?.brief ?? {}).skipped)
    const none = skipped.length === plan.proposals.length
    const some: Localized = {
      en: `${skipped.length} of ${plan.proposals.length} proposals could not be built: ${skipped[0]?.en ?? ''}`,
      zh: `${plan.proposals.length} 个方案中有 ${skipped.length} 个无法制作：${skipped[0]?.zh ?? ''}`,
    }
    return finish(run, none ? 'failed' : 'done', skipped.length > 0 ? some : null)
  }

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
      demand(actor, 'designs')
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
      demand(actor, 'read')
      const row = await runById(db.read, runId)
      if (!row) throw notFound(RUN, runId)
      return viewRun(row)
    },

    async listRuns(
      actor: Actor,
      input: { limit?: number; cursor?: string } = {},
    ): Promise<{ items: RunView[]; cursor: string | undefined }> {
      demand(actor, 'read')
      const limit = Math.min(Math.max(input.limit ?? 20, 1), 100)
      const rows = await listRuns(db.read, limit + 1, input.cursor)
      return { items: rows.slice(0, limit).map(viewRun), cursor: rows.length > limit ? rows[limit - 1]?.id : undefined }
    },

    /** Styles, newest first, each with its current version. `cursor` of a page goes into the next request. */
    async listStyles(actor: Actor, input: unknown = {}): Promise<{ items: StyleView[]; cursor: string | undefined }> {
      demand(actor, 'read')
      const { state, category, runId, limit, cursor } = read(listSchema, input)
      const rows = await listStyles(db.read, { state, category, runId, before: cursor, limit: limit + 1 })
      return {
        items: rows.slice(0, limit).map(({ style, version }) => view(style, version)),
        cursor: rows.length > limit ? rows[limit - 1]?.style.id : undefined,
      }
    },

    /** One style with its current version, or the one asked for, and the list of all of them, newest first. */
    async getStyle(actor: Actor, id: string, wanted?: number) {
      demand(actor, 'read')
      const style = await styleById(db.read, id)
      if (!style) throw notFound(STYLE, id)
      const number = wanted ?? style.version
      const [version, all] = await Promise.all([versionOf(db.read, id, number), versionsOf(db.read, id)])
      if (!version) throw notFound({ en: 'version of this style', zh: '该款式的版本' }, String(number))
      return { ...view(style, version), versions: all }
    },

    /** Every call to a model that a style came from or that was made about it, newest first. */
    async callsAbout(actor: Actor, id: string): Promise<CallToModel[]> {
      demand(actor, 'read')
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
          const { prompt, asked, answered, outcome, failure, usage, latencyMs } =
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
      demand(actor, 'approvals')
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
      demand(actor, 'approvals')
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
      demand(actor, 'read')
      return materialRowsOf(db.read)
    },

    /** Add a material or change one by its id; styles keep the snapshot they were made with. */
    async updateMaterial(actor: Actor, input: unknown): Promise<Material> {
      demand(actor, 'operate')
      const material = read(materialSchema, input) as Material
      await db.write((tx) => putMaterials(tx, [material], actorTag(actor), clock.now()))
      return material
    },

    /**
     * Take in a CSV of materials: all of it or, with errors, none of it.
     * @returns the rows taken, or the errors line by line
     */
    async importMaterials(actor: Actor, csv: string) {
      demand(actor, 'operate')
      const { materials, errors } = parseMaterialsCsv(csv)
      if (errors.length > 0) return { taken: 0, errors }
      await db.write((tx) => putMaterials(tx, materials, actorTag(actor), clock.now()))
      return { taken: materials.length, errors }
    },

    async exportMaterials(actor: Actor): Promise<string> {
      demand(actor, 'read')
      return materialsToCsv(await stockOf(db.read))
    },
    materialsTemplate: (): string => materialsCsvTemplate(),

    reactions: {
      'designs.requested': ({ payload }) => work(payload.runId),
    } satisfies Reactions as Reactions,
  }
}
export type Designs = ReturnType<typeof openDesigns>
