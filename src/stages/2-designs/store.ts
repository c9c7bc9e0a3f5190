/** The stage's SQL: runs, styles and their frozen versions, the material library, what was asked of models. */
import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, like, lt, ne, sql } from 'drizzle-orm'
import { newId } from '../../core/values.ts'
import type { Reader, Tx } from '../../db/database.ts'
import { trends } from '../1-trends/door.ts'
import {
  designRuns,
  generations,
  materials as materialRows,
  styles,
  styleVersions,
  type STYLE_STATES,
  type StylePicture,
} from './tables.ts'
import {
  MATERIAL_LIBRARY,
  type Category,
  type Derived,
  type GateResult,
  type HouseRules,
  type Material,
  type StyleSpec,
} from '../../garments/index.ts'
import type { TrendRow } from './run/briefing.ts'
import type { GenerationNote } from './model.ts'
import type { Earlier, Fingerprint } from './gates/novelty.ts'
import { putCard } from './store/cards.ts'

export type StyleState = (typeof STYLE_STATES)[number]
export type StyleRow = typeof styles.$inferSelect
export type VersionRow = typeof styleVersions.$inferSelect
export type RunRow = typeof designRuns.$inferSelect
export type GenerationRow = typeof generations.$inferSelect

/** A version worked out and ready to be stored; see build.ts. */
export interface BuiltVersion {
  spec: StyleSpec
  derived: Derived
  rules: HouseRules
  gates: GateResult[]
  hash: string
  geometryFile: string
  pictures: StylePicture[]
  generation: Partial<GenerationNote>
}

// ── styles and versions ─────────────────────────────────────────────────────────────────────────────────────────

export async function styleById(db: Reader, id: string): Promise<StyleRow | undefined> {
  const [row] = await db.select().from(styles).where(eq(styles.id, id))
  return row
}

/** A frozen version of a style, or undefined. */
export async function versionOf(db: Reader, styleId: string, version: number): Promise<VersionRow | undefined> {
  const [row] = await db
    .select()
    .from(styleVersions)
    .where(and(eq(styleVersions.styleId, styleId), eq(styleVersions.version, version)))
  return row
}

export const versionsOf = (db: Reader, styleId: string): Promise<VersionRow[]> =>
  db.select().from(styleVersions).where(eq(styleVersions.styleId, styleId)).orderBy(desc(styleVersions.version))

export interface StyleFilter {
  state: StyleState | undefined
  category: Category | undefined
  runId: string | undefined
  /** Styles older than this id. */
  before: string | undefined
  limit: number
}

/** Newest first, each with its current version. */
export async function listStyles(db: Reader, filter: StyleFilter): Promise<{ style: StyleRow; version: VersionRow }[]> {
  return db
    .select({ style: styles, version: styleVersions })
    .from(styles)
    .innerJoin(styleVersions, and(eq(styleVersions.styleId, styles.id), eq(styleVersions.version, styles.version)))
    .where(
      and(
        filter.state === undefined ? undefined : eq(styles.state, filter.state),
        filter.category === undefined ? undefined : eq(styles.category, filter.category),
        filter.runId === undefined ? undefined : eq(styles.runId, filter.runId),
        filter.before === undefined ? undefined : lt(styles.id, filter.before),
      ),
    )
    .orderBy(desc(styles.id))
    .limit(filter.limit)
}

/** `FC-26-0007`: the year's next number. Two writers may be given the same; the unique index settles it. */
export async function nextNumber(db: Reader, year: string): Promise<string> {
  const prefix = `FC-${year}-`
  const [last] = await db
    .select({ number: styles.number })
    .from(styles)
    .where(like(styles.number, `${prefix}%`))
    .orderBy(desc(sql`length(${styles.number})`), desc(styles.number))
    .limit(1)
  const next = last ? Number(last.number.slice(prefix.length)) + 1 : 1
  return `${prefix}${String(next).padStart(4, '0')}`
}

export interface NewStyle {
  number: string
  runId: string | null
  slot: number | null
  trendIds: string[]
  at: Date
}

/** A new style with its first version. Returns its id, or undefined when its run already has this slot. */
export async function insertStyle(
  tx: Tx,
  { number, runId, slot, trendIds, at }: NewStyle,
  built: BuiltVersion,
): Promise<string | undefined> {
  if (runId !== null && slot !== null) {
    const [there] = await tx
      .select({ id: styles.id })
      .from(styles)
      .where(and(eq(styles.runId, runId), eq(styles.slot, slot)))
    if (there) return undefined
  }
  const id = newId()
  await tx.insert(styles).values({
    id,
    number,
    runId,
    slot,
    category: built.spec.category,
    state: 'proposed',
    version: 1,
    trendIds,
    createdAt: at,
  })
  await insertVersion(tx, { styleId: id, version: 1, parentVersion: null, sentence: null, at }, built)
  return id
}

export interface NewVersion {
  styleId: string
  version: number
  parentVersion: number | null
  sentence: string | null
  at: Date
}

/** Store a built version. Moving the style to it (compare-and-swap on `styles.version`) is the caller's decision. */
export async function insertVersion(tx: Tx, { at, ...version }: NewVersion, built: BuiltVersion): Promise<void> {
  await tx.insert(styleVersions).values({ id: newId(), ...version, ...built, createdAt: at })
  await putCard(tx, version, built)
}

/** Decide a style that is still proposed and still at the version that was looked at. False: it moved on. */
export async function decideStyle(tx: Tx, id: string, version: number, state: StyleState, at: Date): Promise<boolean> {
  const rows = await tx
    .update(styles)
    .set({ state, decidedAt: at })
    .where(and(eq(styles.id, id), eq(styles.state, 'proposed'), eq(styles.version, version)))
    .returning({ id: styles.id })
  return rows.length === 1
}

/** Move a proposed style from one version to another. False: it moved on. */
export async function advanceStyle(tx: Tx, id: string, from: number, to: number, category: string): Promise<boolean> {
  const rows = await tx
    .update(styles)
    .set({ version: to, category })
    .where(and(eq(styles.id, id), eq(styles.state, 'proposed'), eq(styles.version, from)))
    .returning({ id: styles.id })
  return rows.length === 1
}

/** Add pictures to a version that has none of these views yet; its hash is over what they are drawn from. */
export async function addPictures(
  tx: Tx,
  { styleId, version }: Pick<NewVersion, 'styleId' | 'version'>,
  added: readonly StylePicture[],
): Promise<void> {
  const row = await versionOf(tx, styleId, version)
  if (!row || added.some(({ view }) => row.pictures.some((each) => each.view === view))) return
  const pictures = [...row.pictures, ...added]
  await tx
    .update(styleVersions)
    .set({ pictures })
    .where(eq(styleVersions.id, row.id))
    .returning({ id: styleVersions.id })
  await putCard(tx, { styleId, version }, { spec: row.spec, pictures })
}

/** A stored version as one to be stored again: undo is a new version with the parent's very content. */
export const copyOf = ({
  spec,
  derived,
  rules,
  gates,
  hash,
  geometryFile,
  pictures,
  generation,
}: VersionRow): BuiltVersion => ({
  spec,
  derived,
  rules,
  gates,
  hash,
  geometryFile,
  pictures,
  generation,
})

const MOST_COMPARED = 400

const fingerprintIn = (gates: readonly GateResult[]): Fingerprint | undefined => {
  const kept = gates.find(({ gate }) => gate === 'G6')?.evidence['fingerprint']
  return kept ? (kept as Fingerprint) : undefined
}

/** What was made before in a category, newest first: what novelty is measured against. Versions of `except` are not. */
export async function earlierStyles(db: Reader, category: Category, except?: string): Promise<Earlier[]> {
  const rows = await db
    .select({ styleId: styles.id, number: styles.number, spec: styleVersions.spec, gates: styleVersions.gates })
    .from(styles)
    .innerJoin(styleVersions, and(eq(styleVersions.styleId, styles.id), eq(styleVersions.version, styles.version)))
    .where(and(eq(styles.category, category), except === undefined ? undefined : ne(styles.id, except)))
    .orderBy(desc(styles.id))
    .limit(MOST_COMPARED)
  return rows.map(({ gates, ...row }) => ({ ...row, fingerprint: fingerprintIn(gates) }))
}

// ── runs ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const insertRun = async (tx: Tx, run: typeof designRuns.$inferInsert): Promise<void> => {
  await tx.insert(designRuns).values(run)
}

export async function runById(db: Reader, id: string): Promise<RunRow | undefined> {
  const [row] = await db.select().from(designRuns).where(eq(designRuns.id, id))
  return row
}

export const listRuns = (db: Reader, limit: number, before?: string): Promise<RunRow[]> =>
  db
    .select()
    .from(designRuns)
    .where(before === undefined ? undefined : lt(designRuns.id, before))
    .orderBy(desc(designRuns.id))
    .limit(limit)

/** Change a run that is not finished; false when it is. */
export async function updateRun(
  tx: Tx,
  id: string,
  change: Partial<typeof designRuns.$inferInsert>,
  from: readonly RunRow['state'][] = ['waiting', 'working'],
): Promise<boolean> {
  const rows = await tx
    .update(designRuns)
    .set(change)
    .where(and(eq(designRuns.id, id), inArray(designRuns.state, [...from])))
    .returning({ id: designRuns.id })
  return rows.length === 1
}

/** Slots of a run that have a style already. */
export async function slotsMade(db: Reader, runId: string): Promise<Set<number>> {
  const rows = await db
    .select({ slot: styles.slot })
    .from(styles)
    .where(and(eq(styles.runId, runId), isNotNull(styles.slot)))
  return new Set(rows.flatMap(({ slot }) => (slot === null ? [] : [slot])))
}

// ── what a brief is made from ───────────────────────────────────────────────────────────────────────────────────

export async function trendRows(db: Reader, ids: readonly string[]): Promise<TrendRow[]> {
  if (ids.length === 0) return []
  const rows = await db
    .select()
    .from(trends)
    .where(inArray(trends.id, [...ids]))
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
}

export type MaterialRow = typeof materialRows.$inferSelect

/** The library as rows; before its first change the built-in one, dated at the beginning of time. */
export async function materialRowsOf(db: Reader): Promise<MaterialRow[]> {
  const rows = await db.select().from(materialRows).orderBy(asc(materialRows.id))
  if (rows.length > 0) return rows
  return MATERIAL_LIBRARY.map((material) => ({
    id: material.id,
    material,
    updatedAt: new Date(0),
    updatedBy: 'built-in',
  }))
}

/** The house's materials: its own library once it has one, else the built-in one. */
export async function stockOf(db: Reader): Promise<readonly Material[]> {
  const rows = await db.select().from(materialRows).orderBy(asc(materialRows.id))
  return rows.length > 0 ? rows.map(({ material }) => material) : MATERIAL_LIBRARY
}

/** Put materials into the house's library; its first change starts it as a copy of the built-in one. */
export async function putMaterials(tx: Tx, materials: readonly Material[], by: string, at: Date): Promise<void> {
  const [any] = await tx.select({ id: materialRows.id }).from(materialRows).limit(1)
  const changed = new Set(materials.map(({ id }) => id))
  const all = any ? materials : [...MATERIAL_LIBRARY.filter(({ id }) => !changed.has(id)), ...materials]
  for (const material of all) {
    const row = { material, updatedAt: at, updatedBy: by }
    await tx
      .insert(materialRows)
      .values({ id: material.id, ...row })
      .onConflictDoUpdate({ target: materialRows.id, set: row })
  }
}

// ── what was asked of models ────────────────────────────────────────────────────────────────────────────────────

export interface NewGeneration {
  id: string
  purpose: string
  subjectId: string | null
  record: GenerationRow['record']
  costMicros: number
  day: string
  createdAt: Date
  leaseToken?: string
  leasedUntil?: Date
}

export const insertGeneration = async (tx: Tx, row: NewGeneration): Promise<void> => {
  await tx.insert(generations).values(row)
}

/**
 * Write what came of a call over its booking.
 * @param leaseToken of who asked; undefined for one that is settled already and told more of
 * @returns false where somebody else has settled it meanwhile
 */
export async function settleGeneration(
  tx: Tx,
  id: string,
  record: GenerationRow['record'],
  costMicros: number,
  leaseToken?: string,
): Promise<boolean> {
  const rows = await tx
    .update(generations)
    .set({ record, costMicros, leaseToken: null, leasedUntil: null })
    .where(
      and(
        eq(generations.id, id),
        leaseToken === undefined ? isNull(generations.leaseToken) : eq(generations.leaseToken, leaseToken),
      ),
    )
    .returning({ id: generations.id })
  return rows.length === 1
}

/** Who asks is alive: hold the call for longer. False when somebody else has settled it. */
export async function renewGeneration(tx: Tx, id: string, leaseToken: string, until: Date): Promise<boolean> {
  const rows = await tx
    .update(generations)
    .set({ leasedUntil: until })
    .where(and(eq(generations.id, id), eq(generations.leaseToken, leaseToken)))
    .returning({ id: generations.id })
  return rows.length === 1
}

/** Calls whose process has not said for a lease that it is alive. */
export const abandonedGenerations = (db: Reader, now: Date): Promise<GenerationRow[]> =>
  db
    .select()
    .from(generations)
    .where(and(isNotNull(generations.leasedUntil), lt(generations.leasedUntil, now)))
    .orderBy(asc(generations.leasedUntil))
    .limit(100)

const cost = sql`coalesce(sum(${generations.costMicros}), 0)`.mapWith(Number)

export async function spentOnDay(db: Reader, day: string): Promise<number> {
  const [row] = await db.select({ cost }).from(generations).where(eq(generations.day, day))
  return row?.cost ?? 0
}

export async function spentOnSubject(db: Reader, subjectId: string): Promise<number> {
  const [row] = await db.select({ cost }).from(generations).where(eq(generations.subjectId, subjectId))
  return row?.cost ?? 0
}

/** Records of a purpose since a day, newest first: where a cached answer is looked for. */
export const generationsSince = (db: Reader, purpose: string, day: string): Promise<GenerationRow[]> =>
  db
    .select()
    .from(generations)
    .where(and(eq(generations.purpose, purpose), gte(generations.day, day)))
    .orderBy(desc(generations.id))
    .limit(200)

/** Records about some subjects (a style, the run it came from), newest first; of one purpose, where one is named. */
export const generationsAbout = (
  db: Reader,
  subjectIds: readonly string[],
  purpose?: string,
): Promise<GenerationRow[]> =>
  db
    .select()
    .from(generations)
    .where(
      and(
        inArray(generations.subjectId, [...subjectIds]),
        purpose === undefined ? undefined : eq(generations.purpose, purpose),
      ),
    )
    .orderBy(desc(generations.id))
    .limit(200)

export async function generationById(db: Reader, id: string): Promise<GenerationRow | undefined> {
  const [row] = await db.select().from(generations).where(eq(generations.id, id))
  return row
}

/** Every stored file that a version names: its geometry and its pictures. */
export async function filesOfStyles(db: Reader): Promise<Set<string>> {
  const versions = await db
    .select({ geometry: styleVersions.geometryFile, pictures: styleVersions.pictures })
    .from(styleVersions)
  return new Set(
    versions.flatMap(({ geometry, pictures }) => [geometry, ...pictures.flatMap(({ files }) => Object.values(files))]),
  )
}
