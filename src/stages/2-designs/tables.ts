import { isNotNull } from 'drizzle-orm'
import type { Localized } from '../../core/values.ts'
import {
  table,
  text,
  integer,
  money,
  instant,
  json,
  index,
  uniqueIndex,
  check,
  primaryKey,
  id,
  at,
  oneOf,
} from '../../db/kit.ts'
import type { StyleCard } from './card.ts'
import { EVIDENCE_KINDS, type Attribute } from './designer/preference.ts'
import type { GenerationRecord } from './model-designer/asking.ts'
import type { GenerationNote } from './model.ts'
import type { Kept } from './run/previews.ts'
import type { RunPlan } from './run/run.ts'
import type { Derived, GateResult, HouseRules, Material, StyleSpec } from '../../garments/types.ts'

/** The operator's material library; starts as a copy of the built-in one. */
export const materials = table('materials', {
  id: id(),
  material: json<Material>('material').notNull(),
  updatedAt: at('updated_at'),
  updatedBy: text('updated_by').notNull(),
})

/** One request for designs: which trends, how many, and how far it has come. */
export const designRuns = table(
  'design_runs',
  {
    id: id(),
    trendIds: json<string[]>('trend_ids').notNull(),
    brief: json<Partial<RunPlan>>('brief').notNull(),
    state: text('state', { enum: ['waiting', 'working', 'done', 'failed'] }).notNull(),
    done: integer('done').notNull().default(0),
    total: integer('total').notNull(),
    error: json<Localized>('error'),
    designer: text('designer'),
    requestedBy: text('requested_by').notNull(),
    createdAt: at('created_at'),
    finishedAt: instant('finished_at'),
  },
  (t) => [check('design_runs_state', oneOf(t.state, ['waiting', 'working', 'done', 'failed']))],
)

export const STYLE_STATES = ['proposed', 'approved', 'rejected', 'replaced'] as const

export const styles = table(
  'styles',
  {
    id: id(),
    /** What people call it: FC-26-0007. */
    number: text('number').notNull(),
    runId: text('run_id').references(() => designRuns.id),
    /** Position within its run: a run that is repeated makes no style twice. */
    slot: integer('slot'),
    category: text('category').notNull(),
    state: text('state', { enum: STYLE_STATES }).notNull(),
    version: integer('version').notNull(),
    trendIds: json<string[]>('trend_ids').notNull(),
    createdAt: at('created_at'),
    decidedAt: instant('decided_at'),
  },
  (t) => [
    uniqueIndex('styles_number').on(t.number),
    uniqueIndex('styles_slot').on(t.runId, t.slot).where(isNotNull(t.runId)),
    index('styles_by_state').on(t.state, t.id),
    check('styles_state', oneOf(t.state, STYLE_STATES)),
  ],
)

/** A frozen version of a style. Never updated: a change is a new version with its parent named. */
export const styleVersions = table(
  'style_versions',
  {
    id: id(),
    styleId: text('style_id')
      .notNull()
      .references(() => styles.id),
    version: integer('version').notNull(),
    parentVersion: integer('parent_version'),
    /** What the merchandiser said that led here, if anything. */
    sentence: text('sentence'),
    spec: json<StyleSpec>('spec').notNull(),
    derived: json<Derived>('derived').notNull(),
    rules: json<HouseRules>('rules').notNull(),
    gates: json<GateResult[]>('gates').notNull(),
    /** One hash over spec, derived data (with the geometry's own hash) and rules. */
    hash: text('hash').notNull(),
    /** File-store hash of the canonical drafts and markers, gzipped JSON. */
    geometryFile: text('geometry_file').notNull(),
    /** [{ colourway, view, crop, width, height, files: {webp, avif, png} as file hashes, source }] */
    pictures: json<StylePicture[]>('pictures').notNull(),
    /** How it was made: designer, seed, prompt, model. */
    generation: json<Partial<GenerationNote>>('generation').notNull(),
    createdAt: at('created_at'),
  },
  (t) => [uniqueIndex('style_versions_once').on(t.styleId, t.version), index('style_versions_hash').on(t.hash)],
)

/** What lists show of a version: a version is twenty times as long, and a page of them took longer than all the rest. */
export const styleCards = table(
  'style_cards',
  {
    styleId: text('style_id').notNull(),
    version: integer('version').notNull(),
    card: json<StyleCard>('card').notNull(),
    /** As many as the card says: by it whoever keeps a card knows, without reading it, that there is a newer one. */
    pictures: integer('pictures').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.styleId, t.version] }),
    index('style_cards_pictures').on(t.styleId, t.version, t.pictures),
  ],
)

export interface StylePicture {
  colourway: string
  view: string
  width: number
  height: number
  /** format → file-store hash */
  files: Record<string, string>
  digitalSourceType: string
}

/** Trends that no garment of the house could follow, by the month they were seen in, with what was missing. */
export const unfollowedTrends = table(
  'unfollowed_trends',
  {
    /** `2026-11` */
    month: text('month').notNull(),
    term: text('term').notNull(),
    label: json<Localized>('label').notNull(),
    /** What was missing most: `garment puffer`, `word lace`. */
    missing: text('missing').notNull(),
    missingLabel: json<Localized>('missing_label').notNull(),
    why: json<Localized>('why').notNull(),
    /** How often a design of it was asked for and refused. */
    refused: integer('refused').notNull().default(0),
    seenAt: at('seen_at'),
  },
  (t) => [primaryKey({ columns: [t.month, t.term] })],
)

/** What was decided about a style, or sold of it: what the next designs are weighed by. */
export const preferenceEvidence = table(
  'preference_evidence',
  {
    styleId: text('style_id')
      .notNull()
      .references(() => styles.id),
    kind: text('kind', { enum: EVIDENCE_KINDS }).notNull(),
    /** What the version in question is made like. */
    attributes: json<Attribute[]>('attributes').notNull(),
    at: at('at'),
  },
  (t) => [
    primaryKey({ columns: [t.styleId, t.kind] }),
    index('preference_evidence_by_time').on(t.at),
    check('preference_evidence_kind', oneOf(t.kind, EVIDENCE_KINDS)),
  ],
)

/** Every call to a model: what was asked, what came, what it cost, whether it was repaired or replaced. */
export const generations = table(
  'generations',
  {
    id: id(),
    purpose: text('purpose').notNull(),
    subjectId: text('subject_id'),
    record: json<GenerationRecord | Kept>('record').notNull(),
    costMicros: money('cost_micros').notNull().default(0),
    day: text('day').notNull(),
    createdAt: at('created_at'),
    /** Who is asking holds the row; null once it is settled. */
    leaseToken: text('lease_token'),
    leasedUntil: instant('leased_until'),
  },
  (t) => [
    index('generations_by_day').on(t.day),
    index('generations_asked').on(t.leasedUntil).where(isNotNull(t.leasedUntil)),
  ],
)
