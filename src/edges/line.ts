import type { ChoreSpec, Pipeline } from '../core/pipeline.ts'
import { openTrends } from '../stages/1-trends/actions.ts'
import { openDesigns } from '../stages/2-designs/actions.ts'
import type { PictureOptions } from '../stages/2-designs/pictures/pictures.ts'
import { openApprovals } from '../stages/3-approvals/actions.ts'
import { openStorefront } from '../stages/4-storefront/actions.ts'
import { openDemand } from '../stages/5-demand/actions.ts'
import { openDispatch } from '../stages/6-dispatch/actions.ts'
import { auditOrders } from '../stages/6-dispatch/ledger.ts'
import { auditPieces } from '../stages/7-production/ledger.ts'
import { openProduction } from '../stages/7-production/actions.ts'
import { makingOf } from '../stages/7-production/making.ts'
import { openReorders } from '../stages/8-reorders/actions.ts'
import { trendsUpkeep } from '../stages/1-trends/upkeep.ts'
import { designsUpkeep } from '../stages/2-designs/upkeep.ts'
import { storefrontUpkeep } from '../stages/4-storefront/upkeep.ts'
import { demandUpkeep } from '../stages/5-demand/upkeep.ts'
import { dispatchUpkeep } from '../stages/6-dispatch/upkeep.ts'
import { productionUpkeep } from '../stages/7-production/upkeep.ts'
import { reordersUpkeep } from '../stages/8-reorders/upkeep.ts'
import { openHouse } from '../stages/0-house/actions.ts'
import { auditCounts, talliedOf } from '../stages/0-house/upkeep.ts'
import type { PruningOptions } from '../stages/0-house/pruning/context.ts'
import type { BackupOptions } from '../stages/0-house/backups/context.ts'
import type { Context } from '../stages/context.ts'
import type { KeyRing } from '../engines/ports.ts'

export interface LineOptions {
  pictures: PictureOptions
  pipeline: Pipeline
  /** What is looked for beside the line. */
  beside: Readonly<Record<string, ChoreSpec>>
  /** Reads the embedded mail folder; absent where letters go out by SMTP. */
  letters:
    | ((limit: number) => Promise<{ id: string; to: string; subject: string; date: string; text: string }[]>)
    | undefined
  /** Letters to strangers that one network may cause in an hour. */
  lettersAnHour: number
  keyRing: KeyRing
  backups: BackupOptions
  retentionDays: number
  pruning: PruningOptions
  /** Time to search for shorter markers for a brief, ms. */
  markerMs: number
}

/** What each stage has that the house looks after: counts, names, files, sealed texts. */
export const UPKEEP = [
  trendsUpkeep,
  designsUpkeep,
  storefrontUpkeep,
  demandUpkeep,
  dispatchUpkeep,
  productionUpkeep,
  reordersUpkeep,
] as const

/** Tables whose rows are counted as they come and go. */
export const TALLIED = talliedOf(UPKEEP)

export type Line = ReturnType<typeof openLine>

/** The eight stages opened, in order, with what stands beside the line: who is asking, and operating it. */
export function openLine(context: Context, options: LineOptions) {
  const { pipeline, beside, letters } = options
  const storefront = openStorefront(context)
  const demand = openDemand(context, {
    rules: [auditOrders, auditPieces, auditCounts(TALLIED)],
    lettersAnHour: options.lettersAnHour,
  })
  return {
    trends: openTrends(context),
    designs: openDesigns(context, options.pictures, storefront.soldByCategory, {
      lot: demand.styleOfLot,
      unsold: storefront.styleUnsold,
    }),
    approvals: openApprovals(context, options.pictures),
    storefront,
    demand,
    dispatch: openDispatch(context, {
      making: makingOf(context),
      markerMs: options.markerMs,
      pictures: options.pictures,
    }),
    production: openProduction(context),
    reorders: openReorders(context),
    ...openHouse(context, { ...options, upkeep: UPKEEP }),
    context,
    pipeline,
    beside,
    mail: letters && { list: letters },
  }
}
