import type { PreorderLine } from '../../../db/rows.ts'
import { count, say, type View } from '../view.ts'

/** Size × colour with sums. @param sizes the style's own, in their order */
export function QuantityMatrix({
  view,
  lines,
  colourName,
  sizes,
}: {
  view: View
  lines: readonly PreorderLine[]
  colourName: (id: string) => string
  sizes: readonly string[]
}) {
  const colours = [...new Set(lines.map(({ colourway }) => colourway))]
  const sum = (match: (line: PreorderLine) => boolean) =>
    lines.filter(match).reduce((total, { quantity }) => total + quantity, 0)
  const cell = (value: number) => (value ? count(view, value) : '·')
  return (
    <div
      class="table-frame"
      tabIndex={0}
      role="region"
      aria-label={say(view, { zh: '尺码与配色', en: 'Sizes and colours' })}
    >
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">{say(view, { zh: '配色 / 尺码', en: 'Colour / size' })}</th>
            {sizes.map((size) => (
              <th scope="col">{size}</th>
            ))}
            <th scope="col">{say(view, { zh: '合计', en: 'Sum' })}</th>
          </tr>
        </thead>
        <tbody>
          {colours.map((colourway) => (
            <tr>
              <th scope="row">{colourName(colourway)}</th>
              {sizes.map((size) => (
                <td>{cell(sum((line) => line.colourway === colourway && line.size === size))}</td>
              ))}
              <td>{cell(sum((line) => line.colourway === colourway))}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{say(view, { zh: '合计', en: 'Sum' })}</th>
            {sizes.map((size) => (
              <td>{cell(sum((line) => line.size === size))}</td>
            ))}
            <td>{cell(sum(() => true))}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
