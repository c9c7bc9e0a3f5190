import { Sparkline } from '../charts.tsx'
import { Layout } from '../layout.tsx'
import { Badge, Field, Heading, More, Refusal, Table, Values, type Sent, type Tone } from '../parts.tsx'
import type { Campaign, Reorder } from '../../../db/rows.ts'
import { moment, say, units, type View } from '../view.ts'
import { REORDER_STATE, REORDER_VERDICT, wordFor } from '../words.ts'

export interface ReorderRow {
  reorder: Reorder
  campaign: Campaign
  styleName: string
}

export interface ReordersPageProps {
  view: View
  rows: readonly ReorderRow[]
  mayAct: boolean
  more: string | undefined
  sent: Sent
}

const TONES: Record<string, Tone> = { winner: 'good', loser: 'bad', steady: 'plain' }

function Open({ view, row, mayAct, sent }: { view: View; row: ReorderRow; mayAct: boolean; sent: Sent }) {
  const { reorder, campaign, styleName } = row
  const counted = reorder.inputs['perDay']
  const perDay = Array.isArray(counted) ? counted.filter((each): each is number => typeof each === 'number') : []
  const own: Sent = sent.values['reorderId'] === reorder.id ? sent : { values: {} }
  const loser = reorder.verdict === 'loser'
  return (
    <article class="letter stack">
      <h2>
        <a href={`/console/campaigns/${campaign.id}`}>{styleName}</a>{' '}
        <Badge tone={TONES[reorder.verdict] ?? 'plain'}>{wordFor(view, REORDER_VERDICT, reorder.verdict)}</Badge>
      </h2>
      <p>
        {loser
          ? say(view, {
              zh: '卖得太慢，按目前速度达不到起做量。建议提前终止并放行买家。',
              en: 'It sells too slowly to reach its threshold. The proposal is to stop it early and release its buyers.',
            })
          : say(view, {
              zh: `第 ${reorder.lot} 批已有 ${units(view, reorder.units)}，建议现在小单快返。`,
              en: `${units(view, reorder.units)} have gathered for lot ${reorder.lot}; the proposal is to make them now.`,
            })}
      </p>
      {perDay.length > 1 ? (
        <Sparkline values={perDay} label={say(view, { zh: '每日件数', en: 'Units a day' })} width={220} height={48} />
      ) : null}
      <details>
        <summary>{say(view, { zh: '计算依据', en: 'What it was computed from' })}</summary>
        <Values value={reorder.inputs} />
      </details>
      <Refusal view={view} sent={own} fields={['reason']} />
      {mayAct ? (
        <>
          <form method="post" action={`/console/reorders/${reorder.id}/${loser ? 'stop' : 'approve'}`}>
            <button type="submit" class={loser ? 'danger' : 'primary'}>
              {loser
                ? say(view, { zh: '提前终止预售', en: 'Stop the campaign early' })
                : say(view, { zh: `下单 ${units(view, reorder.units)}`, en: `Make ${units(view, reorder.units)}` })}
            </button>
          </form>
          <form class="form" method="post" action={`/console/reorders/${reorder.id}/decline`}>
            <Field
              view={view}
              sent={own}
              name="reason"
              label={{ zh: '不采纳的原因', en: 'Why not' }}
              required
              maxLength={1000}
            />
            <button type="submit" class="second small">
              {say(view, { zh: '不采纳', en: 'Decline' })}
            </button>
          </form>
        </>
      ) : null}
    </article>
  )
}

export function ReordersPage({ view, rows, mayAct, more, sent }: ReordersPageProps) {
  const open = rows.filter(({ reorder }) => reorder.state === 'proposed')
  const past = rows.filter(({ reorder }) => reorder.state !== 'proposed')
  return (
    <Layout view={view} title={say(view, { zh: '返单', en: 'Reorders' })} face="console">
      <Heading
        title={say(view, { zh: '返单建议', en: 'Reorders' })}
        lead={say(view, {
          zh: '爆款小单快返，滞销款尽早终止。每批正好等于已确认的预订数。',
          en: 'Winners get their next lot small and soon; losers are stopped early. A lot is exactly what has been pre-ordered.',
        })}
      />
      <div class="stack">
        {open.length ? (
          open.map((row) => <Open view={view} row={row} mayAct={mayAct} sent={sent} />)
        ) : (
          <p class="empty">{say(view, { zh: '没有待决定的建议。', en: 'Nothing to decide.' })}</p>
        )}
      </div>
      <section class="section">
        <h2>{say(view, { zh: '已处理', en: 'Decided' })}</h2>
        <Table
          rows={past}
          empty={say(view, { zh: '还没有。', en: 'None yet.' })}
          columns={[
            { head: say(view, { zh: '款式', en: 'Style' }), cell: ({ styleName }) => styleName },
            { head: say(view, { zh: '批次', en: 'Lot' }), number: true, cell: ({ reorder }) => reorder.lot },
            {
              head: say(view, { zh: '件数', en: 'Units' }),
              number: true,
              cell: ({ reorder }) => units(view, reorder.units),
            },
            {
              head: say(view, { zh: '结果', en: 'Came to' }),
              cell: ({ reorder }) => (
                <>
                  <Badge>{wordFor(view, REORDER_STATE, reorder.state)}</Badge>{' '}
                  {reorder.reason ? <span class="small soft">{reorder.reason}</span> : null}
                </>
              ),
            },
            {
              head: say(view, { zh: '时间', en: 'When' }),
              cell: ({ reorder }) => moment(view, reorder.decidedAt ?? reorder.proposedAt),
            },
          ]}
        />
        <More view={view} href={more} />
      </section>
    </Layout>
  )
}
