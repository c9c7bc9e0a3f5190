/** What trends ask for and the house cannot make, and what a design lacks of the trends it follows. */
import type { Localized } from '../../../core/values.ts'
import type { Designs } from '../../../stages/2-designs/actions.ts'
import { percent, say, type View } from '../view.ts'

export type UnfollowedMonth = Awaited<ReturnType<Designs['listUnfollowed']>>

/** Shown at once; the others can be unfolded. */
const SHOWN = 6
const TERMS_SHOWN = 8

function MissingLine({ view, row }: { view: View; row: UnfollowedMonth['items'][number] }) {
  const { label, why, trends, refused } = row
  const terms = trends.slice(0, TERMS_SHOWN).map((trend) => say(view, trend.label))
  const more = trends.length - terms.length
  const named = terms.join(say(view, { zh: '、', en: ', ' })) + (more > 0 ? ` +${more}` : '')
  const own = trends.length === 1 && trends[0]?.label.zh === label.zh
  return (
    <li>
      {say(view, {
        zh: `${trends.length} 条趋势要求“${label.zh}”，我们做不了：${why.zh}。`,
        en: `${trends.length === 1 ? 'One trend' : `${trends.length} trends`} asked for “${label.en}”, which we cannot make: ${why.en}.`,
      })}{' '}
      <span class="soft">
        {own ? '' : named}
        {refused > 0
          ? say(view, {
              zh: `${own ? '' : ' · '}被拒 ${refused} 次`,
              en: `${own ? '' : ' · '}refused ${refused === 1 ? 'once' : `${refused} times`}`,
            })
          : ''}
      </span>
    </li>
  )
}

/** "12 trends this month asked for a puffer jacket, which we cannot make." */
export function CannotMake({ view, month, items }: { view: View } & UnfollowedMonth) {
  if (month === undefined || items.length === 0) return null
  const rest = items.slice(SHOWN)
  return (
    <section class="section stack-tight" id="cannot-make">
      <h2>{say(view, { zh: `${month} 做不了的趋势`, en: `What trends of ${month} asked for in vain` })}</h2>
      <ul class="small">
        {items.slice(0, SHOWN).map((row) => (
          <MissingLine view={view} row={row} />
        ))}
      </ul>
      {rest.length ? (
        <details class="fold">
          <summary>{say(view, { zh: `另外 ${rest.length} 项`, en: `${rest.length} more` })}</summary>
          <ul class="small">
            {rest.map((row) => (
              <MissingLine view={view} row={row} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  )
}

interface Followed {
  trendId: string
  label: Localized
  score: number
  unmet: readonly Localized[]
}

/** How far a style follows its trends, as its gate keeps it; nothing of a version made before there was one. */
export function HowFar({
  view,
  gates,
}: {
  view: View
  gates: readonly { gate: string; evidence: Readonly<Record<string, unknown>> }[]
}) {
  const kept = gates.find(({ gate }) => gate === 'G10')?.evidence['trends'] as readonly Followed[] | undefined
  if (!kept?.length) return null
  return (
    <ul class="small stack-tight">
      {kept.map(({ trendId, label, score, unmet }) => (
        <li>
          <a href={`/console/trends/${trendId}`}>{say(view, label)}</a>{' '}
          {say(view, { zh: `符合 ${percent(view, score)}`, en: `followed to ${percent(view, score)}` })}
          {unmet.length ? (
            <ul>
              {unmet.map((line) => (
                <li>{say(view, line)}</li>
              ))}
            </ul>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

/** What the designs of a run lack of their trends; the same said of several designs stands once. */
export function Unmet({ view, rows }: { view: View; rows: readonly { slot: number; text: Localized }[] }) {
  const bySaying = new Map<string, { text: Localized; slots: number[] }>()
  for (const { slot, text } of rows) {
    const known = bySaying.get(text.en) ?? { text, slots: [] }
    bySaying.set(text.en, { text, slots: [...known.slots, slot + 1] })
  }
  if (bySaying.size === 0) return null
  return (
    <details class="fold">
      <summary>
        {say(view, {
          zh: `有 ${bySaying.size} 处没有照趋势做`,
          en: `${bySaying.size === 1 ? 'One thing' : `${bySaying.size} things`} not made as the trends ask`,
        })}
      </summary>
      <ul class="small">
        {[...bySaying.values()].map(({ text, slots }) => (
          <li>
            {say(view, text)}{' '}
            <span class="soft">{say(view, { zh: `第 ${slots.join('、')} 款`, en: `design ${slots.join(', ')}` })}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
