/** What an operator looks at and does beside the line: the log of events, parked work, names of those who act. */
import type { Context } from '../context.ts'
import { countParked, countWaitingLetters, keyNames, userNames } from './store/operations.ts'
import { countAll, type NamesOf, type Upkeep } from './upkeep.ts'

export interface OperationsContext<U extends readonly Upkeep[] = readonly Upkeep[]> extends Context {
  upkeep: U
  namesOf: Readonly<Record<string, NamesOf>>
}

export const operationsContext = <const U extends readonly Upkeep[]>(
  context: Context,
  upkeep: U,
): OperationsContext<U> => ({
  ...context,
  upkeep,
  namesOf: Object.assign({ user: userNames, key: keyNames }, ...upkeep.map(({ names }) => names)),
})

/** Counts of each stage: the overview page, the demo's last line, the metrics. */
export async function countLine<const U extends readonly Upkeep[]>({ db, upkeep }: OperationsContext<U>) {
  const [stages, parked, letters] = await Promise.all([
    countAll(db.read, upkeep),
    countParked(db.read),
    countWaitingLetters(db.read),
  ])
  return Object.assign(stages, { parkedDeliveries: parked, waitingLetters: letters })
}
