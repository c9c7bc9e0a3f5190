import { SOUGHT, UNDER_WAY } from '../../stages/6-dispatch/life.ts'
import type { Line } from '../line.ts'
import type { StageCount } from '../ui/map.tsx'

type Counts = Awaited<ReturnType<Line['operations']['counts']>>

const sum = (states: Readonly<Record<string, number>>, ...names: string[]): number =>
  names.reduce((total, name) => total + (states[name] ?? 0), 0)

/** One number for each stage of the line: what is in it now. */
export function stageCounts(counts: Counts): Record<string, StageCount> {
  const { styles, campaigns, preorders, orders, reorders } = counts
  return {
    trends: { value: counts.trends, note: { zh: '条趋势', en: 'trends ranked' }, href: '/console/trends' },
    designs: {
      value: Object.values(styles).reduce((total, n) => total + n, 0),
      note: { zh: '款设计', en: 'styles designed' },
      href: '/console/styles?state=all',
    },
    approvals: {
      value: sum(styles, 'proposed'),
      note: { zh: '款待审', en: 'to decide' },
      href: '/console/styles',
    },
    storefront: {
      value: sum(campaigns, 'open', 'dispatching'),
      note: { zh: '款预售中', en: 'open' },
      href: '/console/campaigns',
    },
    demand: {
      value: sum(preorders, 'confirmed', 'in-lot', 'fulfilled'),
      note: { zh: '份有效预订', en: 'verified orders' },
      href: '/console/campaigns',
    },
    dispatch: {
      value: sum(orders, ...SOUGHT),
      note: { zh: '单待派', en: 'being placed' },
      href: '/console/orders',
    },
    production: {
      value: sum(orders, ...UNDER_WAY),
      note: { zh: '单在产', en: 'in production' },
      href: '/console/orders',
    },
    reorders: { value: sum(reorders, 'proposed'), note: { zh: '单待定', en: 'to decide' }, href: '/console/reorders' },
  }
}
