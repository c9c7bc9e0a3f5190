import type { FastifyInstance } from 'fastify'
import { OVER } from '../../../stages/6-dispatch/life.ts'
import type { Line } from '../../line.ts'
import { OverviewPage, type Todo } from '../../ui/console/overview.tsx'
import { Html } from '../../ui/html.tsx'
import { LineChores, LineMap } from '../../ui/map.tsx'
import { stageCounts } from '../counts.ts'
import { openKept, type Reader } from '../kept.ts'
import { pagesOf } from '../pages.ts'

/** Events that are shown, and how many are looked through for them: most are the clock's. */
const EVENTS_SHOWN = 15
/** Orders that are looked through for late ones. */
const LOOKED_THROUGH = 200
/** Some fifty maps: a count that changes makes another one. */
const MOST_BYTES = 2 * 1024 * 1024

/** What everybody in the house sees alike: the map while no count of it changes, and the words that stand below it. */
function openPieces({ pipeline, beside, operations }: Line) {
  const kept = openKept(MOST_BYTES)
  return async (lang: Reader['lang'], counts: ReturnType<typeof stageCounts>) => {
    const { timeZone } = await operations.house()
    const reader: Reader = { lang, timeZone }
    const [map, chores] = await Promise.all([
      kept.piece(reader, 'map', { counts: JSON.stringify(counts) }, (view) => (
        <LineMap view={view} pipeline={pipeline} counts={counts} />
      )),
      kept.piece(reader, 'chores', {}, (view) => <LineChores view={view} pipeline={pipeline} beside={beside} />),
    ])
    return { map: <Html of={map} />, chores: <Html of={chores} /> }
  }
}

export function registerOverview(server: FastifyInstance, line: Line): void {
  const show = pagesOf(line)
  const piecesFor = openPieces(line)
  server.get('/console', { config: { access: 'read' } }, async ({ actor, lang }, reply) => {
    const [counts, log, orders] = await Promise.all([
      line.operations.counts(),
      line.operations.listEvents(actor, { limit: 100 }),
      line.dispatch.listOrders(actor, { limit: LOOKED_THROUGH }),
    ])
    const events = log.filter(({ name }) => !name.endsWith('-due')).slice(0, EVENTS_SHOWN)
    const names = await line.operations.names(actor, { tags: events.map((event) => event.actor) })
    const late = orders.filter(({ lateNoticedAt, state }) => lateNoticedAt && !OVER.includes(state)).length
    const unusable = await line.operations.unusableSettings(actor)
    const todo: Todo[] = [
      {
        value: unusable.length,
        label: { zh: '项规则无法使用', one: 'house rule that cannot be used', many: 'house rules that cannot be used' },
        href: '/console/house',
        urgent: true,
      },
      {
        value: counts.styles['proposed'] ?? 0,
        label: { zh: '款待审', one: 'style to decide', many: 'styles to decide' },
        href: '/console/styles',
      },
      {
        value: counts.openInquiries,
        label: { zh: '条咨询待回复', one: 'question to answer', many: 'questions to answer' },
        href: '/console/inquiries',
      },
      {
        value: counts.offers['countered'] ?? 0,
        label: { zh: '个工厂还价待答复', one: 'counter-offer to settle', many: 'counter-offers to settle' },
        href: '/console/orders?show=open',
        urgent: true,
      },
      {
        value: counts.orders['unplaced'] ?? 0,
        label: { zh: '张生产单没有工厂接', one: 'order no factory took', many: 'orders no factory took' },
        href: '/console/orders?show=unplaced',
        urgent: true,
      },
      {
        value: counts.openCancellations,
        label: { zh: '个工厂请求取消订单', one: 'factory asking to cancel', many: 'factories asking to cancel' },
        href: '/console/orders?show=open',
        urgent: true,
      },
      {
        value: late,
        label: { zh: '张生产单可能延误', one: 'order that may be late', many: 'orders that may be late' },
        href: '/console/orders?show=late',
        urgent: true,
      },
      {
        value: counts.reorders['proposed'] ?? 0,
        label: { zh: '个返单建议', one: 'reorder to decide', many: 'reorders to decide' },
        href: '/console/reorders',
      },
      {
        value: counts.parkedDeliveries,
        label: { zh: '项工作被搁置', one: 'piece of work is parked', many: 'pieces of work are parked' },
        href: '/console/deliveries',
        urgent: true,
      },
    ]
    const pieces = await piecesFor(lang, stageCounts(counts))
    return show(reply, (view) => <OverviewPage view={view} pieces={pieces} todo={todo} events={events} names={names} />)
  })
}
