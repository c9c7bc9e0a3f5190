import type { Actor } from '../../core/actor.ts'
import type { Reader, Tx } from '../../db/database.ts'

/** A report on an order, as far as a decision about its factory looks at it. */
export interface ReportedOn {
  orderId: string
  placement: number
  state: string
  details: Record<string, unknown>
}

/** What dispatch needs of the stage that follows the making. It is handed in where the line is put together. */
export interface Making {
  /** Reports on orders, in the order of their sequence numbers. */
  reportsOn(db: Reader, orderIds: readonly string[]): Promise<readonly ReportedOn[]>
  /**
   * A factory's report on an order, within the transaction of its callback.
   * @returns what the factory is answered
   * @throws Problem 404, 409 when the order is not being made, 422 naming the field
   */
  progressed(tx: Tx, actor: Actor, orderId: string, report: unknown): Promise<Record<string, unknown>>
}
