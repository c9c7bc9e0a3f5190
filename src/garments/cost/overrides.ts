/** Figures that a merchandiser set by hand in place of those that were computed. */
import { problem } from '../../core/errors.ts'
import type { Localized, Minor } from '../../core/values.ts'
import type { CostLine } from '../types.ts'

/** A merchandiser's own figure in place of a computed line, with the reason that is printed beside it. */
export interface CostOverride {
  key: string
  amount: Minor
  reason: string
}

/** An amount as a sentence says it, in the house's currency. */
export type InMoney = (amount: Minor) => Localized

/**
 * The lines, each with what was set in its place and why.
 * @throws Problem 422 for a line there is not, no reason, or an amount that is no whole number ≥ 0
 */
export function applyOverrides(
  lines: readonly CostLine[],
  overrides: readonly CostOverride[],
  money: InMoney,
): CostLine[] {
  const keys = new Set([...lines.map((line) => line.key), 'overhead', 'vat'])
  for (const { key, amount, reason } of overrides) {
    if (!keys.has(key))
      throw problem(
        'cost.override-key',
        422,
        {
          en: `There is no cost line "${key}" to override. Lines: ${[...keys].join(', ')}.`,
          zh: `没有名为“${key}”的成本项，可修改的有：${[...keys].join('、')}。`,
        },
        { field: 'key' },
      )
    if (!Number.isInteger(amount) || amount < 0)
      throw problem(
        'cost.override-amount',
        422,
        {
          en: 'An overriding amount must be a whole number of minor units (fen, cents), 0 or more.',
          zh: '改写金额必须是不小于 0 的整数（单位：分）。',
        },
        { field: 'amount' },
      )
    if (!reason.trim())
      throw problem(
        'cost.override-reason',
        422,
        {
          en: 'Give a reason for the override, such as the quotation it comes from.',
          zh: '请填写改写原因，例如报价单编号。',
        },
        { field: 'reason' },
      )
  }
  return lines.map((line) => {
    const own = overrides.findLast((override) => override.key === line.key)
    if (!own) return line
    const was = money(line.amount)
    return {
      ...line,
      amount: own.amount,
      basis: {
        zh: `人工改写：${own.reason}（原计算 ${was.zh}）`,
        en: `overridden: ${own.reason} (computed ${was.en})`,
      },
    }
  })
}
