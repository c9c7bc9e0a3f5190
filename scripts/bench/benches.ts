/** Every bench, in the order of a whole run (at most a quarter of an hour). A new one is a file and its line here. */
import type { Bench } from './bench.ts'
import { brief } from './brief.ts'
import { confirm } from './confirm.ts'
import { freezeToOffer } from './freeze-to-offer.ts'
import { growth } from './growth.ts'
import { intake, intakePostgres } from './intake.ts'
import { letters } from './letters.ts'
import { intakeAddressed } from './intake-addressed.ts'
import { twin } from './intake-twin.ts'
import { lists } from './lists.ts'
import { markers } from './markers.ts'
import { neighbour } from './neighbour.ts'
import { readings } from './readings.ts'
import { start } from './start.ts'
import { twoNodes } from './two-nodes.ts'
import { pages } from './pages.ts'
import { style } from './style.ts'
import { webhooks } from './webhooks.ts'

export const BENCHES: readonly Bench[] = [
  intake,
  intakePostgres,
  intakeAddressed,
  twoNodes,
  confirm,
  letters,
  lists,
  neighbour,
  pages,
  readings,
  twin,
  webhooks,
  start,
  style,
  brief,
  freezeToOffer,
  markers,
  growth,
]
