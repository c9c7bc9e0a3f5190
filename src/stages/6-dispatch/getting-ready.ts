/**
 * As a lot comes near its goal, what its brief needs beside its numbers is made in the background, and its markers are
 * searched for shorter ones until it is frozen.
 */
import { newId } from '../../core/values.ts'
import { unitsBySize } from '../5-demand/door.ts'
import { missingCloseUps, picturesOf, soldStyle, type SoldStyle } from './briefs.ts'
import type { Dispatching } from './dispatching.ts'
import { madeFromOf, readReady, type ReadyFile } from './ready.ts'
import { countRound, keepReady, leastSearched, readyOf } from './store/ready.ts'

/** Nobody waits for it: whoever does comes first. */
const BACKGROUND = { background: true }
/** How often markers are searched again, once a minute. */
const MOST_ROUNDS = 6

/** Units by size as they will be when the goal is reached, if the sizes go on as they are. */
export function likelyAt(goal: number, units: Readonly<Record<string, number>>): Record<string, number> {
  const sum = Object.values(units).reduce((total, count) => total + count, 0)
  const scale = sum > 0 && sum < goal ? goal / sum : 1
  return Object.fromEntries(Object.entries(units).map(([size, count]) => [size, Math.round(count * scale)]))
}

/** Make ready what a campaign's next lot will need. Made twice, the second changes nothing but for shorter markers. */
export async function makeReady(context: Dispatching, campaignId: string, lot: number): Promise<void> {
  const style = await soldStyle(context, campaignId)
  const units = await unitsBySize(context.db.read, campaignId, lot)
  await make(context, style, likelyAt(style.campaign.thresholdUnits, units))
}

/** One more search for what is ready and may still get better; one that fails counts too, and holds up nobody else's. */
export async function makeBetter(context: Dispatching): Promise<void> {
  const { db, log, markerMs } = context
  const row = markerMs > 0 ? await leastSearched(db.read, MOST_ROUNDS) : undefined
  if (!row) return
  try {
    await make(context, await soldStyle(context, row.campaignId), row.likely)
  } catch (error) {
    log.warn({ style: row.styleId, error: String(error) }, 'markers could not be searched for shorter ones')
    await db.write((tx) => countRound(tx, row), { atomic: true })
  }
}

async function make(context: Dispatching, style: SoldStyle, likely: Record<string, number>): Promise<void> {
  const { db, engines, studio, clock, markerMs, pictures: drawing } = context
  const { sold, draft, campaign } = style
  const { version, number } = sold
  const { spec, derived, styleId } = version
  const known = await readReady(context, style)
  const before = await readyOf(db.read, styleId, version.version)
  const round = known ? (before?.rounds ?? 0) : 0
  const closeUps = known?.closeUps ?? (await missingCloseUps(context, style, drawing))
  const ready = await studio.ready(
    {
      style: { id: styleId, number, version: version.version, hash: style.hashes, spec, derived, draft },
      quantities: likely,
      markerMs,
      round,
      pictures: await picturesOf(context, style, closeUps),
      known: known?.ready.markers ?? [],
    },
    BACKGROUND,
  )
  const patterns =
    known?.patterns ??
    (await studio.patterns({ style: { number, spec, draft }, issuedAt: clock.now().toISOString() }, BACKGROUND))
  if (!known) for (const { bytes } of patterns) await engines.files.put(bytes)
  const kept: ReadyFile = { ready, closeUps, patterns: patterns.map(({ bytes: _bytes, ...file }) => file) }
  const file = await engines.files.put(Buffer.from(JSON.stringify(kept)))
  await db.write(
    (tx) =>
      keepReady(tx, {
        id: newId(),
        campaignId: campaign.id,
        styleId,
        styleVersion: version.version,
        madeFrom: madeFromOf(style),
        file,
        likely,
        rounds: round + 1,
        madeAt: clock.now(),
      }),
    { atomic: true },
  )
}
