import { Sparkline } from '../charts.tsx'
import { Layout } from '../layout.tsx'
import { useView, useWords } from '../context.tsx'
import { Form, Input } from '../form.tsx'
import { Badge, Heading, More, NOTHING_SENT, Table, Values, type Sent, type Tone } from '../parts.tsx'
import type { Campaign, Reorder } from '../../../db/rows.ts'
import { declineReorder } from '../../../stages/8-reorders/actions/decline-reorder.ts'
import { moment, units } from '../view.ts'
import { REORDER_STATE, REORDER_VERDICT, wordFor } from '../words.ts'
import { words } from './messages.ts'

export interface ReorderRow {
  reorder: Reorder
  campaign: Campaign
  styleName: string
}

export interface ReordersPageProps {
  rows: readonly ReorderRow[]
  mayAct: boolean
  more: string | undefined
  sent: Sent
}

const TONES: Record<string, Tone> = { winner: 'good', loser: 'bad', steady: 'plain' }

function Open({ row, mayAct, sent }: { row: ReorderRow; mayAct: boolean; sent: Sent }) {
  const say = useWords(words)
  const view = useView()
  const { reorder, campaign, styleName } = row
  const counted = reorder.inputs['perDay']
  const perDay = Array.isArray(counted) ? counted.filter((each): each is number => typeof each === 'number') : []
  const loser = reorder.verdict === 'loser'
  return (
    <article class="letter stack">
      <h2>
        <a href={`/console/campaigns/${campaign.id}`}>{styleName}</a>{' '}
        <Badge tone={TONES[reorder.verdict] ?? 'plain'}>{wordFor(view, REORDER_VERDICT, reorder.verdict)}</Badge>
      </h2>
      <p>{loser ? say('reorders.loser') : say('reorders.gathered', { lot: reorder.lot, units: reorder.units })}</p>
      {perDay.length > 1 ? <Sparkline values={perDay} label={say('reorders.per-day')} width={220} height={48} /> : null}
      <details>
        <summary>{say('reorders.inputs')}</summary>
        <Values value={reorder.inputs} />
      </details>
      {mayAct ? (
        <>
          <form method="post" action={`/console/reorders/${reorder.id}/${loser ? 'stop' : 'approve'}`}>
            <button type="submit" class={loser ? 'danger' : 'primary'}>
              {loser ? say('reorders.stop') : say('reorders.make', { units: reorder.units })}
            </button>
          </form>
          <Form
            action={`/console/reorders/${reorder.id}/decline`}
            of={declineReorder.input}
            sent={sent.values['reorderId'] === reorder.id ? sent : NOTHING_SENT}
          >
            <Input name="reason" />
            <button type="submit" class="second small">
              {say('reorders.decline')}
            </button>
          </Form>
        </>
      ) : null}
    </article>
  )
}

export function ReordersPage({ rows, mayAct, more, sent }: ReordersPageProps) {
  const say = useWords(words)
  const view = useView()
  const open = rows.filter(({ reorder }) => reorder.state === 'proposed')
  const past = rows.filter(({ reorder }) => reorder.state !== 'proposed')
  return (
    <Layout view={view} title={say('reorders.title')} face="console">
      <Heading title={say('reorders.heading')} lead={say('reorders.lead')} />
      <div class="stack">
        {open.length ? (
          open.map((row) => <Open row={row} mayAct={mayAct} sent={sent} />)
        ) : (
          <p class="empty">{say('reorders.nothing-open')}</p>
        )}
      </div>
      <section class="section">
        <h2>{say('reorders.decided')}</h2>
        <Table
          rows={past}
          empty={say('reorders.none-yet')}
          columns={[
            { head: say('reorders.style'), cell: ({ styleName }) => styleName },
            { head: say('reorders.lot'), number: true, cell: ({ reorder }) => reorder.lot },
            { head: say('reorders.units'), number: true, cell: ({ reorder }) => units(view, reorder.units) },
            {
              head: say('reorders.result'),
              cell: ({ reorder }) => (
                <>
                  <Badge>{wordFor(view, REORDER_STATE, reorder.state)}</Badge>{' '}
                  {reorder.reason ? <span class="small soft">{reorder.reason}</span> : null}
                </>
              ),
            },
            {
              head: say('reorders.when'),
              cell: ({ reorder }) => moment(view, reorder.decidedAt ?? reorder.proposedAt),
            },
          ]}
        />
        <More view={view} href={more} />
      </section>
    </Layout>
  )
}
