/** Too few pieces came: what is kept for a buyer, and what they may do, on the page behind their link. */
import type { PreorderLine } from '../../../db/rows.ts'
import { Facts, type Sent } from '../parts.tsx'
import { count, ending, say, units, type View } from '../view.ts'
import { quantityField } from './forms.tsx'
import type { OwnMile } from './own-parcels.tsx'

export interface ShortProps {
  view: View
  mile: OwnMile
  colourName: (id: string) => string
  action: string
  sent: Sent
}

const sum = (lines: readonly PreorderLine[]): number => lines.reduce((total, { quantity }) => total + quantity, 0)

/** One press for one choice. */
function Choice({
  view,
  action,
  choice,
  words,
}: {
  view: View
  action: string
  choice: string
  words: [string, string]
}) {
  const [zh, en] = words
  return (
    <form method="post" action={action}>
      <input type="hidden" name="choice" value={choice} />
      <button type="submit" class={choice === 'release' ? 'danger wide' : 'second wide'}>
        {say(view, { zh, en })}
      </button>
    </form>
  )
}

function Others({ view, mile, colourName, action, sent }: ShortProps) {
  const { spare = [], missing = [] } = mile.short ?? {}
  if (!spare.length) return null
  const most = sum(missing)
  return (
    <details class="fold" open={sent.failure?.extra.field === 'lines'}>
      <summary>{say(view, { zh: '改选其他尺码或配色', en: 'Take another size or colour' })}</summary>
      <form class="form" method="post" action={action}>
        <input type="hidden" name="choice" value="other" />
        <p class="small soft">
          {say(view, {
            zh: `最多改选 ${units(view, most)}；先选先得，选定后无法更改。`,
            en: `Up to ${units(view, most)}, as long as there are any; it cannot be changed afterwards.`,
          })}
        </p>
        <div class="fields">
          {spare.map(({ colourway, size, quantity }) => (
            <label>
              {colourName(colourway)} · {size}{' '}
              <span class="soft">
                {say(view, { zh: `（余 ${count(view, quantity)}）`, en: `(${count(view, quantity)} left)` })}
              </span>
              <input
                name={quantityField(colourway, size)}
                type="number"
                inputMode="numeric"
                min={0}
                max={Math.min(quantity, most)}
                value={sent.values[quantityField(colourway, size)] ?? ''}
              />
            </label>
          ))}
        </div>
        <button type="submit" class="primary wide">
          {say(view, { zh: '就选这些', en: 'Take these' })}
        </button>
      </form>
    </details>
  )
}

/** What there is to choose; nothing where there are enough, or it is chosen. */
export function Short(props: ShortProps) {
  const { view, mile, colourName, action } = props
  if (!mile.short) return null
  const { kept, missing, answerBy, mayWait } = mile.short
  const listed = (lines: readonly PreorderLine[]) =>
    lines.length
      ? lines.map(({ colourway, size, quantity }) => (
          <span class="how">
            {colourName(colourway)} · {size} × {count(view, quantity)}
          </span>
        ))
      : say(view, { zh: '无', en: 'nothing' })
  return (
    <section class="section">
      <h2>{say(view, { zh: '到货数量不足，请您选择', en: 'Too few pieces came: please choose' })}</h2>
      <p>
        {say(view, {
          zh: '到货的合格数量少于预订数量，我们按确认先后供货，不够满足您的整份预订，非常抱歉。没有收到的商品不收任何费用。',
          en: 'Fewer good pieces came than were ordered. Whoever confirmed first is served first, and for your whole order there are not enough. We are sorry. You pay for nothing that you do not get.',
        })}
      </p>
      <Facts
        rows={[
          [say(view, { zh: '为您保留', en: 'Kept for you' }), listed(kept)],
          [say(view, { zh: '缺少', en: 'Missing' }), listed(missing)],
          ...(answerBy
            ? [[say(view, { zh: '请在此之前选择', en: 'Choose by' }), ending(view, answerBy)] as const]
            : []),
        ]}
      />
      {kept.length ? (
        <Choice
          view={view}
          action={action}
          choice="fewer"
          words={[
            `只收保留的 ${units(view, sum(kept))}`,
            `Send the ${units(view, sum(kept))} kept for me, without the rest`,
          ]}
        />
      ) : null}
      <Others {...props} />
      {mayWait ? (
        <Choice
          view={view}
          action={action}
          choice="wait"
          words={['整份转到下一批', 'Wait for the next lot with the whole order']}
        />
      ) : null}
      <Choice
        view={view}
        action={action}
        choice="release"
        words={['取消预订，不付任何费用', 'Release me, I pay nothing']}
      />
      <p class="small soft">
        {say(view, {
          zh: `${mayWait ? '' : '本款不再有下一批。'}到期未选择，预订自动取消，不收任何费用。`,
          en: `${mayWait ? '' : 'There is no further lot of this style. '}Without an answer by then you are released and pay nothing.`,
        })}
      </p>
    </section>
  )
}
