/** A lot at the warehouse: what is to be picked and packed, what has left, and what its buyers have. */
import type { Localized } from '../../../core/values.ts'
import type { Production } from '../../../stages/7-production/actions.ts'
import { MOST_SLIPS } from '../../../stages/7-production/actions/print-slips.ts'
import { Layout } from '../layout.tsx'
import {
  Badge,
  Facts,
  Field,
  Heading,
  More,
  NOTHING_SENT,
  Refusal,
  RefusedLines,
  Table,
  Told,
  type Sent,
  type Tone,
} from '../parts.tsx'
import { count, longDay, say, units, type View } from '../view.ts'
import { SHIPMENT_STATE, wordFor } from '../words.ts'
import { PiecesForm } from './pieces.tsx'
import { QuantityMatrix } from './quantities.tsx'

type Packing = Awaited<ReturnType<Production['packing']>>
type ShipmentRow = Awaited<ReturnType<Production['shipments']>>[number]

export interface PackingPageProps {
  view: View
  packing: Packing
  rows: readonly ShipmentRow[]
  more: string | undefined
  filter: string
  colourName: (id: string) => string
  mayAct: boolean
  mayKnow: boolean
  sent: Sent
  /** A count that was refused. */
  counted?: Sent | undefined
  colours: readonly { id: string; name: string }[]
  /** What a list that was sent came to. */
  imported?: { sent: number; known: number; open: number } | undefined
  errors?: readonly { line: number; shipment: string; reason: Localized }[]
}

const TONES: Readonly<Record<string, Tone>> = { 'to-pack': 'warn', short: 'bad', sent: 'accent', received: 'good' }
const FILTERS = ['', 'to-pack', 'short', 'sent', 'received', 'released'] as const

function Shipments({ view, packing, rows, more, filter, colourName, mayAct }: PackingPageProps) {
  const here = `/console/orders/${packing.order.id}/packing`
  return (
    <section class="section">
      <h2>{say(view, { zh: '发货单', en: 'Shipments' })}</h2>
      <nav class="filters" aria-label={say(view, { zh: '筛选', en: 'Filter' })}>
        {FILTERS.map((value) => (
          <a
            href={value ? `${here}?show=${value}` : here}
            {...(value === filter ? { 'aria-current': 'page' as const } : {})}
          >
            {value ? wordFor(view, SHIPMENT_STATE, value) : say(view, { zh: '全部', en: 'All' })}
          </a>
        ))}
      </nav>
      <Table
        rows={rows}
        empty={say(view, { zh: '没有发货单。', en: 'No shipments.' })}
        columns={[
          { head: say(view, { zh: '单号', en: 'Number' }), cell: ({ number }) => <span class="mono">{number}</span> },
          {
            head: say(view, { zh: '状态', en: 'State' }),
            cell: ({ state }) => <Badge tone={TONES[state] ?? 'plain'}>{wordFor(view, SHIPMENT_STATE, state)}</Badge>,
          },
          { head: say(view, { zh: '买家', en: 'Buyer' }), cell: ({ name }) => name || '–' },
          {
            head: say(view, { zh: '商品', en: 'Pieces' }),
            cell: ({ lines, state }) =>
              state === 'short' && !lines.length
                ? say(view, { zh: '无保留', en: 'nothing kept' })
                : lines.map(({ colourway, size, quantity }) => (
                    <span class="how">
                      {colourName(colourway)} · {size} × {count(view, quantity)}
                    </span>
                  )),
          },
          {
            head: say(view, { zh: '包裹', en: 'Parcels' }),
            cell: ({ parcels }) =>
              parcels.length
                ? parcels.map(({ carrier, trackingNumber }) => (
                    <span class="how">
                      {carrier} <span class="mono">{trackingNumber}</span>
                    </span>
                  ))
                : '–',
          },
          {
            head: say(view, { zh: '操作', en: 'Do' }),
            cell: ({ number, state }) =>
              mayAct && (state === 'sent' || state === 'to-pack') ? (
                <form method="post" action={`${here}/received`}>
                  <input type="hidden" name="shipment" value={number} />
                  <button type="submit" class="second small">
                    {say(view, { zh: '买家已收到', en: 'Buyer has it' })}
                  </button>
                </form>
              ) : (
                '–'
              ),
          },
        ]}
      />
      <More view={view} href={more} />
    </section>
  )
}

function Recording({ view, packing, sent, errors = [] }: PackingPageProps) {
  const here = `/console/orders/${packing.order.id}/packing`
  return (
    <section class="section two">
      <form class="form" method="post" action={`${here}/parcels`}>
        <h2>{say(view, { zh: '登记一个包裹', en: 'Record a parcel' })}</h2>
        <Field
          view={view}
          sent={sent}
          name="shipment"
          label={{ zh: '单号', en: 'Number' }}
          hint={{ zh: '印在装箱单上，可扫码', en: 'On the packing slip, to be scanned' }}
          required
          maxLength={60}
        />
        <Field
          view={view}
          sent={sent}
          name="carrier"
          label={{ zh: '承运商', en: 'Carrier' }}
          required
          maxLength={100}
        />
        <Field
          view={view}
          sent={sent}
          name="trackingNumber"
          label={{ zh: '运单号', en: 'Tracking number' }}
          required
          maxLength={100}
        />
        <button type="submit" class="primary">
          {say(view, { zh: '登记并通知买家', en: 'Record and tell the buyer' })}
        </button>
      </form>
      <form class="form" method="post" action={`${here}/import`} encType="multipart/form-data">
        <h2>{say(view, { zh: '从清单登记', en: 'From a list' })}</h2>
        <RefusedLines
          view={view}
          lead={{
            zh: '清单有误，一个包裹也没有登记。请改正后重新上传：',
            en: 'The list has errors, and no parcel was recorded. Correct these and upload it again:',
          }}
          rows={errors.map(({ line, shipment, reason }) => ({ line, where: shipment, text: reason }))}
        />
        <Field
          view={view}
          sent={sent}
          name="file"
          type="file"
          label={{ zh: '文件', en: 'File' }}
          required
          hint={{
            zh: 'CSV 或 .xlsx，列：order、carrier、tracking_number；有一行错误则整份不登记。',
            en: 'CSV or .xlsx with order, carrier and tracking_number; with one wrong line nothing is recorded.',
          }}
        />
        <button type="submit" class="primary">
          {say(view, { zh: '登记并通知买家', en: 'Record and tell the buyers' })}
        </button>
      </form>
    </section>
  )
}

/** What came beside what was ordered, once it was counted, and the count itself. */
function Pieces({ view, packing, colours, colourName, mayAct, counted = NOTHING_SENT }: PackingPageProps) {
  const { order, count: told, pieces, sizes } = packing
  const of = (colourway: string, size: string) =>
    pieces.find((each) => each.colourway === colourway && each.size === size)?.came ?? 0
  return (
    <section class="section">
      <h2>{say(view, { zh: '实到数量', en: 'What came' })}</h2>
      {told ? (
        <>
          <p class="section-note">
            {say(view, {
              zh: `${longDay(view, told.at)} 清点${told.note ? `：${told.note}` : ''}${told.settled ? '' : '；正在分配'}`,
              en: `Counted on ${longDay(view, told.at)}${told.note ? `: ${told.note}` : ''}${told.settled ? '' : '; it is being settled who gets what'}`,
            })}
          </p>
          <Table
            rows={pieces}
            empty="–"
            columns={[
              { head: say(view, { zh: '规格', en: 'Variant' }), cell: ({ colourway, size }) => `${colourName(colourway)} · ${size}` }, // prettier-ignore
              {
                head: say(view, { zh: '预订', en: 'Ordered' }),
                number: true,
                cell: ({ ordered }) => count(view, ordered),
              },
              { head: say(view, { zh: '实到', en: 'Came' }), number: true, cell: ({ came }) => count(view, came) },
              {
                head: say(view, { zh: '未分配', en: 'Nobody’s' }),
                number: true,
                cell: ({ spare }) => count(view, spare),
              },
            ]}
          />
        </>
      ) : (
        <p class="section-note">
          {say(view, {
            zh: '未登记差异，按预订数量打包。',
            en: 'No difference was recorded: it is packed as it was ordered.',
          })}
        </p>
      )}
      {mayAct ? (
        <PiecesForm
          view={view}
          sent={counted}
          action={`/console/orders/${order.id}/pieces`}
          sizes={sizes}
          colours={colours}
          valueOf={of}
        />
      ) : null}
    </section>
  )
}

/** In English; Chinese counts them as 单. */
const shipments = (view: View, value: number): string =>
  `${count(view, value)} ${value === 1 ? 'shipment' : 'shipments'}`

const DIRECT: Localized = {
  zh: '本单由工厂直接寄给买家。每位买家有一张自己的发货单；登记包裹后，买家只会收到自己的单号。',
  en: 'The factory sends this order to its buyers. Each has a shipment of their own, and is told the numbers of their own parcels only.',
}

/** Not all slips come in one file. */
function SlipsAtOnce({ view, left }: { view: View; left: number }) {
  if (left <= MOST_SLIPS) return null
  const [most, all] = [count(view, MOST_SLIPS), count(view, left)]
  return (
    <p class="section-note">
      {say(view, {
        zh: `装箱单每次打印前 ${most} 单（共 ${all} 单待打包）；登记寄出后即可打印后面的。`,
        en: `Slips are printed for the first ${most} of ${all} shipments to be packed; the next follow once these have left.`,
      })}
    </p>
  )
}

const Imported = ({ view, sent, known, open }: { view: View } & NonNullable<PackingPageProps['imported']>) => (
  <Told>
    {say(view, {
      zh: `已登记 ${sent} 个包裹${known ? `，另有 ${known} 个此前已登记` : ''}${open ? `；清单中还有 ${open} 单未寄出` : ''}。`,
      en: `Parcels recorded: ${sent}${known ? `, known already: ${known}` : ''}${open ? `; ${shipments(view, open)} in the list yet to leave` : ''}.`,
    })}
  </Told>
)

export function PackingPage(props: PackingPageProps) {
  const { view, packing, imported, mayAct, mayKnow, colourName } = props
  const { order, counts, pick } = packing
  const of = (state: string) => counts.find((each) => each.state === state) ?? { shipments: 0, units: 0 }
  const title = say(view, { zh: `${order.number} · 打包寄送`, en: `${order.number} · packing` })
  return (
    <Layout view={view} title={title} face="console">
      <Heading
        title={say(view, { zh: '打包寄送', en: 'Packing and parcels' })}
        eyebrow={<a href={`/console/orders/${order.id}`}>{order.number}</a>}
        lead={say(
          view,
          packing.direct
            ? DIRECT
            : {
                zh: '本批已到仓。每位买家有一张自己的发货单；登记包裹后，买家只会收到自己的单号。',
                en: 'The lot is at the warehouse. Each buyer has a shipment of their own, and is told the numbers of their own parcels only.',
              },
        )}
      >
        {mayKnow ? (
          <>
            <a class="button small" href={`/console/orders/${order.id}/shipments.csv`}>
              {say(view, { zh: '仓库清单 CSV', en: 'List for the warehouse' })}
            </a>{' '}
            {of('to-pack').shipments ? (
              <a class="button small" href={`/console/orders/${order.id}/slips.pdf`}>
                {say(view, { zh: '装箱单 PDF', en: 'Packing slips' })}
              </a>
            ) : null}
          </>
        ) : null}
      </Heading>
      {mayKnow ? <SlipsAtOnce view={view} left={of('to-pack').shipments} /> : null}
      {imported ? <Imported view={view} {...imported} /> : null}
      {packing.filling ? (
        <Told>
          {say(view, {
            zh: '发货单正在生成，请稍后刷新。',
            en: 'Shipments are still being written: look again in a moment.',
          })}
        </Told>
      ) : null}
      <Facts
        rows={[
          ...(packing.direct || !order.deliveredAt
            ? []
            : [[say(view, { zh: '到仓', en: 'Arrived' }), longDay(view, order.deliveredAt)] as const]),
          [say(view, { zh: '承诺送达', en: 'Promised' }), longDay(view, order.promisedAt)],
          ...(['to-pack', 'short', 'sent', 'received', 'released'] as const)
            .filter((state) => of(state).shipments || state === 'to-pack')
            .map(
              (state) =>
                [
                  wordFor(view, SHIPMENT_STATE, state),
                  say(view, {
                    zh: `${count(view, of(state).shipments)} 单，${units(view, of(state).units)}`,
                    en: `${shipments(view, of(state).shipments)}, ${units(view, of(state).units)}`,
                  }),
                ] as const,
            ),
        ]}
      />
      {pick.length ? (
        <section class="section">
          <h2>{say(view, { zh: '拣货单', en: 'To be picked' })}</h2>
          <QuantityMatrix
            view={view}
            lines={pick}
            colourName={colourName}
            sizes={[...new Set(pick.map(({ size }) => size))]}
          />
        </section>
      ) : null}
      <Pieces {...props} />
      <Refusal view={view} sent={props.sent} fields={['shipment', 'carrier', 'trackingNumber', 'file']} />
      {mayAct ? <Recording {...props} /> : null}
      <Shipments {...props} />
    </Layout>
  )
}
