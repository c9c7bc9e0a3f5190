/** Making the styles of a design run, in reactions that each take a short while and may be repeated. */
import { Problem } from '../../../core/errors.ts'
import { dayIn, type Localized } from '../../../core/values.ts'
import { refused } from '../messages.ts'
import { isUniqueViolation } from '../../../db/database.ts'
import type { StyleSpec } from '../../../garments/index.ts'
import type { Context } from '../../context.ts'
import { readHouse, rulesOf } from '../../0-house/door.ts'
import { buildVersion, type BuildOptions } from './build.ts'
import type { DesignBrief, Designer, Proposal, SoldBefore } from '../designer/designer.ts'
import { forgetAnswer, forgetAnswers } from '../pictures/illustrator.ts'
import { openLedger } from '../model-designer/ledger.ts'
import { modelDesigner } from '../model-designer/designer.ts'
import type { GenerationNote } from '../model.ts'
import { gentler, parametricDesigner } from '../designer/parametric.ts'
import type { PictureOptions } from '../pictures/pictures.ts'
import { following, unmetIn } from './following.ts'
import { preferencesAt } from './preferences.ts'
import type { Sales } from './saying.ts'
import { planOf, runBrief, type RunPlan } from './run.ts'
import {
  earlierStyles,
  insertStyle,
  nextNumber,
  runById,
  slotsMade,
  stockOf,
  updateRun,
  type RunRow,
} from '../store.ts'

/** A reaction stops starting new styles after this and goes on in a fresh one, well within its lease. */
const WORKING_MS = 15_000
/** Styles under way at once: one drafts while another's pictures are rendered and a third's are encoded. */
const AT_ONCE = 3

/** What the work on runs is opened with. */
export interface WorkContext extends Context {
  pictures: PictureOptions
  soldBefore: SoldBefore
  sales: Sales
}

interface Work extends WorkContext {
  embedded: Designer
}

const ITSELF = { kind: 'system', name: 'designs' } as const
type Planned = RunPlan & { proposals: Proposal[] }

const designerOf = (work: Work): Designer =>
  work.engines.language ? modelDesigner(work.engines.language, openLedger(work), work.embedded) : work.embedded

/** Proposals once and for all: kept in the run, so that a run that is taken up again makes the same styles. */
async function makeProposals(work: Work, run: RunRow): Promise<Planned> {
  const { db, embedded, soldBefore } = work
  const plan = planOf(run.brief)
  if (plan.proposals) return { ...plan, proposals: plan.proposals }
  const house = await readHouse(db.read)
  const brief: DesignBrief = runBrief(run.id, plan, {
    house,
    rules: rulesOf(house),
    materials: await stockOf(db.read),
    whatSold: await soldBefore(),
    preferences: await preferencesAt(db.read, work.clock.now()),
  })
  const chosen = designerOf(work)
  const proposals = following(await chosen.propose(brief), brief)
  const planned: Planned = { ...plan, proposals, unmet: unmetIn(proposals, brief) }
  const made = proposals.find(({ made: { insteadOfModel } }) => insteadOfModel)?.made.insteadOfModel
  const first = await db.write((tx) =>
    updateRun(
      tx,
      run.id,
      {
        state: 'working',
        brief: planned,
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
async function buildProposal(work: Work, run: RunRow, plan: RunPlan, proposal: Proposal) {
  const { db, pictures } = work
  const house = await readHouse(db.read)
  const optionsFor = async (spec: StyleSpec): Promise<BuildOptions> => ({
    rules: rulesOf(house),
    pictures,
    note: noteOf(proposal),
    earlier: await earlierStyles(db.read, spec.category),
    removed: plan.removed,
    priceBand: plan.request.priceBand,
    moderation: proposal.moderation,
    subject: { id: run.id, styles: plan.request.count },
    follow: {
      trends: plan.trends.filter(({ id }) => proposal.trendIds.includes(id)),
      limit: house.trendFidelityPercent / 100,
      refined: false,
    },
  })
  let spec = proposal.spec
  for (let attempt = 0; ; attempt++)
    try {
      const built = await buildVersion(work, spec, await optionsFor(spec))
      // Moved towards what drafts, it may have left its trend.
      const left = built.gates.find(({ gate, verdict }) => gate === 'G10' && verdict === 'block')
      if (left) throw refused('designs.left-its-trend', { what: left.reason })
      return built
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'garments.undraftable' || attempt >= 2) throw error
      spec = gentler(
        spec,
        plan.trends.filter(({ id }) => proposal.trendIds.includes(id)),
      )
    }
}

async function makeSlot(work: Work, run: RunRow, plan: RunPlan, proposal: Proposal, slot: number): Promise<void> {
  const { db, clock, outbox } = work
  const built = await buildProposal(work, run, plan, proposal)
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
        await outbox.emit(tx, ITSELF, 'designs.proposed', { styleId: id, version: 1 }, now)
      })
      return forgetAnswer(work, built)
    } catch (error) {
      // Two writers were given the same number, or this slot was made meanwhile: look again.
      if (!isUniqueViolation(error) || attempt >= 5) throw error
    }
}

/** What a person can do nothing about by waiting; everything else is tried again by the worker. */
const isFinal = (error: unknown): error is Problem => error instanceof Problem && error.status === 422

async function finish(work: Work, run: RunRow, state: 'done' | 'failed', error: Localized | null): Promise<void> {
  const now = work.clock.now()
  await work.db.write(async (tx) => {
    const done = (await slotsMade(tx, run.id)).size
    if (!(await updateRun(tx, run.id, { state, error, done, finishedAt: now }))) return
    await work.outbox.emit(tx, ITSELF, 'designs.run-finished', { runId: run.id }, now, {
      dedupeKey: `designs.run-finished:${run.id}`,
    })
  })
  await forgetAnswers(work, run.id)
}

async function skipSlot({ db }: Work, run: RunRow, slot: number, reason: Localized): Promise<void> {
  await db.write(async (tx) => {
    const now = await runById(tx, run.id)
    if (!now) return
    const plan = planOf(now.brief)
    await updateRun(tx, run.id, { brief: { ...plan, skipped: { ...plan.skipped, [slot]: reason } } })
  })
}

/** Given up, and an operator had it tried again: it goes on where it ended. */
async function takeUpAgain({ db }: Work, run: RunRow): Promise<RunRow> {
  if (run.state !== 'failed' || !planOf(run.brief).gaveUp) return run
  const { gaveUp: _, ...plan } = planOf(run.brief)
  const state = plan.proposals ? 'working' : 'waiting'
  const change = { state, error: null, finishedAt: null, brief: plan } as const
  await db.write((tx) => updateRun(tx, run.id, change, ['failed']))
  return (await runById(db.read, run.id)) ?? run
}

/** Make the open slots, some at a time, until they are made or the time is up. @returns how many were begun */
async function makeSlots(work: Work, run: RunRow, plan: Planned, open: readonly number[]): Promise<number> {
  const until = performance.now() + WORKING_MS
  let started = 0
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (started < open.length && (started < AT_ONCE || performance.now() < until)) {
        const slot = open[started++] ?? 0
        const proposal = plan.proposals[slot]
        if (!proposal) continue
        try {
          await makeSlot(work, run, plan, proposal, slot)
        } catch (error) {
          if (!isFinal(error)) throw error
          work.log.warn({ runId: run.id, slot, code: error.code }, 'a proposal could not be built')
          await skipSlot(work, run, slot, error.text)
        }
      }
    }),
  )
  return started
}

/** Every slot has been tried: the run is done, or failed where not one could be made. */
async function conclude(work: Work, run: RunRow, plan: Planned): Promise<void> {
  const after = await runById(work.db.read, run.id)
  const skipped = Object.values(planOf(after?.brief ?? {}).skipped)
  const none = skipped.length === plan.proposals.length
  const some: Localized = {
    en: `${skipped.length} of ${plan.proposals.length} proposals could not be built: ${skipped[0]?.en ?? ''}`,
    zh: `${plan.proposals.length} 个方案中有 ${skipped.length} 个无法制作：${skipped[0]?.zh ?? ''}`,
  }
  return finish(work, run, none ? 'failed' : 'done', skipped.length > 0 ? some : null)
}

/** Work on a run until it is finished or its reaction's time is up, and then in another one. */
export async function workOn(context: WorkContext, runId: string): Promise<void> {
  const work: Work = { ...context, embedded: parametricDesigner() }
  const { db, clock, outbox } = work
  const found = await runById(db.read, runId)
  if (!found) return
  const run = await takeUpAgain(work, found)
  // Finished, and taken up again: the last one ended before it had tidied up.
  if (run.state === 'done' || run.state === 'failed') return forgetAnswers(work, runId)
  let plan: Planned
  try {
    plan = await makeProposals(work, run)
  } catch (error) {
    if (!isFinal(error)) throw error
    return finish(work, run, 'failed', error.text)
  }
  const made = await slotsMade(db.read, runId)
  const open = plan.proposals
    .map((_, slot) => slot)
    .filter((slot) => !made.has(slot) && plan.skipped[slot] === undefined)
  const started = await makeSlots(work, run, plan, open)
  if (started === open.length) return conclude(work, run, plan)
  // More to do than a reaction may take: go on in another one. The key makes a repeated reaction harmless.
  await db.write((tx) =>
    outbox.emit(tx, ITSELF, 'designs.requested', { runId }, clock.now(), {
      dedupeKey: `designs.requested:${runId}:${plan.proposals.length - open.length + started}`,
    }),
  )
}
