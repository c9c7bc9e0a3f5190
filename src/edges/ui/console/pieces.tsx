/** How many good pieces there are, where that is not what was ordered: typed by the warehouse, or by the factory. */
import { Field, Refusal, type Sent } from '../parts.tsx'
import { quantityField } from '../shop/forms.tsx'
import { say, type View } from '../view.ts'

export interface PiecesProps {
  view: View
  sent: Sent
  action: string
  sizes: readonly string[]
  colours: readonly { id: string; name: string }[]
  /** What stands in a field: what was counted last, or what was ordered. */
  valueOf: (colourway: string, size: string) => number
}

export const PIECES_FIELDS = ['note'] as const

export function PiecesForm({ view, sent, action, sizes, colours, valueOf }: PiecesProps) {
  const typed = (colourway: string, size: string): string =>
    sent.values[quantityField(colourway, size)] ?? String(valueOf(colourway, size))
  return (
    <details class="fold" open={sent.failure !== undefined}>
      <summary>{say(view, { zh: '实到数量与预订不符', en: 'The pieces are not what was ordered' })}</summary>
      <form class="form" method="post" action={action}>
        <Refusal view={view} sent={sent} fields={PIECES_FIELDS} />
        <p class="section-note">
          {say(view, {
            zh: '填写各规格的合格件数（少做、验货报废后）。按确认先后、整份优先分配；分不到的买家会收到邮件，可先收保留的商品、改选、等下一批或取消。多出的件数可供他们改选。再次填写以最后一次为准。',
            en: 'Good pieces of each size and colour, after what was made short or spoiled. Whoever confirmed first is served first, whole orders before parts; the others get a letter and choose. Pieces beyond what was ordered are theirs to take. Counted again, the last count stands.',
          })}
        </p>
        <div class="table-frame">
          <table class="matrix">
            <thead>
              <tr>
                <th scope="col">{say(view, { zh: '配色 / 尺码', en: 'Colour / size' })}</th>
                {sizes.map((size) => (
                  <th scope="col">{size}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {colours.map(({ id, name }) => (
                <tr>
                  <th scope="row">{name}</th>
                  {sizes.map((size) => (
                    <td>
                      <input
                        name={quantityField(id, size)}
                        aria-label={`${name} ${size}`}
                        type="number"
                        inputMode="numeric"
                        min={0}
                        value={typed(id, size)}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Field
          view={view}
          sent={sent}
          name="note"
          label={{ zh: '原因（仅内部可见）', en: 'Why (for us only)' }}
          maxLength={1000}
        />
        <button type="submit" class="primary">
          {say(view, { zh: '登记数量并分配', en: 'Record the count' })}
        </button>
      </form>
    </details>
  )
}
