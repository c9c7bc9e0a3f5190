/** Sending something back, on the page behind a buyer's link: what was asked, what came of it, and the form. */
import type { PreorderLine } from '../../../db/rows.ts'
import type { Production } from '../../../stages/7-production/actions.ts'
import { RETURN_KINDS, RETURN_REASONS } from '../../../stages/7-production/shipping.ts'
import { Field, type Sent } from '../parts.tsx'
import { count, ending, moment, say, type View } from '../view.ts'
import { RETURN_KIND, RETURN_REASON, RETURN_STATE, wordFor } from '../words.ts'
import { quantityField } from './forms.tsx'

export type OwnReturns = Awaited<ReturnType<Production['ownReturns']>>

export interface ReturnsProps {
  view: View
  own: OwnReturns
  colourName: (id: string) => string
  action: string
  sent: Sent
}

/** Fields of the form that say of themselves what is wrong. */
export const RETURN_FIELDS = ['words'] as const
/** The name of the field of what is wanted in exchange. */
export const wantField = (colourway: string, size: string): string => `w:${colourway}:${size}`
/** The name of the field that says how it fits at a point of measure. */
export const fitField = (code: string): string => `f:${code}`

const listed = ({ view, colourName }: ReturnsProps, lines: readonly PreorderLine[]): string =>
  lines
    .map(({ colourway, size, quantity }) => `${colourName(colourway)} · ${size} × ${count(view, quantity)}`)
    .join(say(view, { zh: '，', en: ', ' }))

function Options({
  view,
  name,
  names,
  values,
  label,
  sent,
}: {
  view: View
  name: string
  names: Parameters<typeof wordFor>[1]
  values: readonly string[]
  label: { zh: string; en: string }
  sent: Sent
}) {
  return (
    <Field
      view={view}
      sent={sent}
      name={name}
      label={label}
      required
      options={values.map((value) => ({ value, label: wordFor(view, names, value) }))}
    />
  )
}

function Numbers({
  view,
  sent,
  cells,
}: {
  view: View
  sent: Sent
  cells: readonly { name: string; label: string; most?: number }[]
}) {
  return (
    <div class="fields">
      {cells.map(({ name, label, most }) => (
        <label>
          {label}
          {most === undefined ? null : (
            <span class="soft"> {say(view, { zh: `（最多 ${most}）`, en: `(up to ${most})` })}</span>
          )}
          <input name={name} type="number" inputMode="numeric" min={0} max={most} value={sent.values[name] ?? ''} />
        </label>
      ))}
    </div>
  )
}

/** Where it is too small or too large, by the points of its size chart. */
function Fits({ view, sent, measures }: ReturnsProps & Pick<NonNullable<OwnReturns['may']>, 'measures'>) {
  return (
    <details class="fold">
      <summary>{say(view, { zh: '哪里不合身（尺码原因）', en: 'Where it does not fit' })}</summary>
      <div class="fields">
        {measures.map(({ code, name }) => (
          <label>
            {say(view, name)}
            <select name={fitField(code)}>
              {[
                ['', say(view, { zh: '合适', en: 'fits' })],
                ['small', say(view, { zh: '偏小', en: 'too small' })],
                ['large', say(view, { zh: '偏大', en: 'too large' })],
              ].map(([value, label]) => (
                <option value={value} selected={sent.values[fitField(code)] === value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </details>
  )
}

function Ask(props: ReturnsProps) {
  const { view, own, colourName, action, sent } = props
  if (!own.may) return null
  const { until, lines, sizes, colourways, measures } = own.may
  return (
    <details class="fold" open={sent.values['reason'] !== undefined}>
      <summary>{say(view, { zh: '申请退换', en: 'Send something back' })}</summary>
      <form class="form" method="post" action={action}>
        <p class="small soft">
          {say(view, {
            zh: `可在 ${ending(view, until)} 前申请。我们审核后会通知您。`,
            en: `You may ask until ${ending(view, until)}. We look at it and write to you.`,
          })}
        </p>
        <div class="fields">
          <Options
            view={view}
            sent={sent}
            name="kind"
            names={RETURN_KIND}
            values={RETURN_KINDS}
            label={{ zh: '退货还是换货', en: 'Return or exchange' }}
          />
          <Options
            view={view}
            sent={sent}
            name="reason"
            names={RETURN_REASON}
            values={RETURN_REASONS}
            label={{ zh: '原因', en: 'Why' }}
          />
        </div>
        <p class="field-label">{say(view, { zh: '退回哪些', en: 'What you send back' })}</p>
        <Numbers
          view={view}
          sent={sent}
          cells={lines.map(({ colourway, size, quantity }) => ({
            name: quantityField(colourway, size),
            label: `${colourName(colourway)} · ${size}`,
            most: quantity,
          }))}
        />
        <Fits {...props} measures={measures} />
        <details class="fold" open={sent.failure?.extra.field === 'want'}>
          <summary>{say(view, { zh: '想换成（换货）', en: 'What you want in exchange' })}</summary>
          <p class="small soft">
            {say(view, {
              zh: '退回商品到仓后，有余量则寄出，否则计入下一批；两者都没有时我们会如实告知，按退货处理。',
              en: 'When it is back: one that is left is sent, or you are in the next lot; if there is neither we say so, and it is a return.',
            })}
          </p>
          <Numbers
            view={view}
            sent={sent}
            cells={colourways.flatMap((colourway) =>
              sizes.map((size) => ({ name: wantField(colourway, size), label: `${colourName(colourway)} · ${size}` })),
            )}
          />
        </details>
        <Field
          view={view}
          sent={sent}
          name="words"
          label={{ zh: '说明', en: 'In your words' }}
          rows={3}
          maxLength={1000}
        />
        <button type="submit" class="primary wide">
          {say(view, { zh: '提交申请', en: 'Ask' })}
        </button>
      </form>
    </details>
  )
}

export function Returns(props: ReturnsProps) {
  const { view, own } = props
  if (!own.returns.length && !own.may) return null
  return (
    <section class="section">
      <h2>{say(view, { zh: '退换', en: 'Returns and exchanges' })}</h2>
      {own.returns.map((each) => (
        <article class="stack-tight">
          <p>
            <strong>{wordFor(view, RETURN_STATE, each.state)}</strong> · {wordFor(view, RETURN_KIND, each.kind)} ·{' '}
            {wordFor(view, RETURN_REASON, each.reason)} · <span class="soft">{moment(view, each.askedAt)}</span>
          </p>
          <p class="small">
            {listed(props, each.lines)}
            {each.want.length ? ` → ${listed(props, each.want)}` : ''}
          </p>
          {each.answer ? <p class="small soft">{each.answer}</p> : null}
          {each.carrier && each.trackingNumber ? (
            <p class="small">
              {each.carrier} <span class="mono">{each.trackingNumber}</span>
            </p>
          ) : null}
        </article>
      ))}
      <Ask {...props} />
    </section>
  )
}
