/** What in a campaign's demand is worth a second look, and what would be left without it. */
import type { Line } from '../../line.ts'
import { Badge, Table, Time } from '../parts.tsx'
import { chance as said, count, say, units, type View } from '../view.ts'
import { PATTERN, PATTERN_WHY, PREORDER_STATE, wordFor } from '../words.ts'

export type Patterns = Awaited<ReturnType<Line['reorders']['patterns']>>
type Counts = Patterns['now']

/** Units, buyers, the goal and its chance, in a sentence. */
function told(view: View, { units: pieces, buyers, goalReached, chance }: Counts): string {
  const chances = chance === null ? '' : said(view, chance)
  const reach = goalReached
    ? { zh: '达到起做量', en: 'the goal is reached' }
    : {
        zh: `未达起做量${chances && `，达到的可能性 ${chances}`}`,
        en: `the goal is not reached${chances && `, its chance is ${chances}`}`,
      }
  return say(view, {
    zh: `${units(view, pieces)}，${count(view, buyers)} 位买家，${reach.zh}`,
    en: `${units(view, pieces)} from ${count(view, buyers)} ${buyers === 1 ? 'buyer' : 'buyers'}; ${reach.en}`,
  })
}

const Orders = ({ view, rows, all }: { view: View; rows: Patterns['patterns'][number]['orders']; all: number }) => (
  <details class="fold">
    <summary>
      {say(view, {
        zh: `查看 ${count(view, all)} 笔预订`,
        en: `See ${all === 1 ? 'the order' : `its ${count(view, all)} orders`}`,
      })}
    </summary>
    <Table
      rows={rows}
      empty=""
      columns={[
        { head: say(view, { zh: '时间', en: 'When' }), cell: ({ placedAt }) => <Time view={view} at={placedAt} /> },
        {
          head: say(view, { zh: '买家', en: 'Buyer' }),
          cell: ({ name, email, id }) =>
            email === undefined ? (
              <span class="mono">{id.slice(-8)}</span>
            ) : (
              <>
                {name}
                <span class="how">{email}</span>
              </>
            ),
        },
        { head: say(view, { zh: '件数', en: 'Units' }), number: true, cell: (row) => count(view, row.units) },
        { head: say(view, { zh: '状态', en: 'State' }), cell: ({ state }) => wordFor(view, PREORDER_STATE, state) },
      ]}
    />
    {all > rows.length ? (
      <p class="small soft">
        {say(view, {
          zh: `仅列出前 ${count(view, rows.length)} 笔。`,
          en: `The first ${count(view, rows.length)} of them.`,
        })}
      </p>
    ) : null}
  </details>
)

export function PatternsSection({ view, patterns }: { view: View; patterns: Patterns }) {
  const { patterns: found, now, without, lookedAt } = patterns
  if (!lookedAt) return null
  return (
    <section class="section" id="patterns">
      <h2>{say(view, { zh: '值得再看一眼', en: 'Worth a second look' })}</h2>
      {found.length ? (
        <>
          <p class="soft">
            {say(view, {
              zh: '这些特征不等于作弊，系统不会自动移除任何预订；由您判断。网络和地址只以校验值比较，保留 14 天。',
              en: 'None of this says that somebody cheats, and nothing is removed by itself: it is yours to judge. Networks and addresses are compared as check values only, which are kept for 14 days.',
            })}
          </p>
          <ul class="stack plain">
            {found.map((each) => (
              <li class="stack-tight">
                <p>
                  <Badge tone="warn">{wordFor(view, PATTERN, each.kind)}</Badge>{' '}
                  {say(view, {
                    zh: `${count(view, each.count)} 笔、${units(view, each.units)}、${count(view, each.buyers)} 位买家。`,
                    en: `${count(view, each.count)} ${each.count === 1 ? 'order' : 'orders'}, ${units(view, each.units)}, ${count(view, each.buyers)} ${each.buyers === 1 ? 'buyer' : 'buyers'}. `,
                  })}
                  <span class="soft">{wordFor(view, PATTERN_WHY, each.kind)}</span>
                </p>
                <p class="small">
                  {say(view, { zh: '没有它们：', en: 'Without them: ' })}
                  {told(view, each.without)}
                </p>
                <Orders view={view} rows={each.orders} all={each.count} />
              </li>
            ))}
          </ul>
          <p>
            {say(view, { zh: '现在：', en: 'Now: ' })}
            {told(view, now)}
            {say(view, { zh: '。全部不计则：', en: '. Without any of these: ' })}
            {told(view, without)}
            {say(view, { zh: '。', en: '.' })}
          </p>
        </>
      ) : (
        <p class="empty">
          {say(view, {
            zh: `已查看 ${count(view, lookedAt)} 笔预订，没有发现异常特征。`,
            en: `${count(view, lookedAt)} ${lookedAt === 1 ? 'order was' : 'orders were'} looked through; nothing stands out.`,
          })}
        </p>
      )}
    </section>
  )
}
