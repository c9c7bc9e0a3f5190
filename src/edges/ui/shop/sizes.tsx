import type { Derived, Spec } from '../../../db/rows.ts'
import { count, say, type View } from '../view.ts'

/** What the body tables call their measures. */
const BODY: Readonly<Record<string, { zh: string; en: string }>> = {
  height: { zh: '身高', en: 'Height' },
  chest: { zh: '净胸围', en: 'Chest' },
  waist: { zh: '净腰围', en: 'Waist' },
  seat: { zh: '净臀围', en: 'Seat' },
  neck: { zh: '颈围', en: 'Neck' },
  shoulder: { zh: '肩宽', en: 'Shoulder' },
}
const BODY_ORDER = ['height', 'chest', 'waist', 'seat', 'neck', 'shoulder']

const cm = (view: View, mm: number | undefined) =>
  mm === undefined ? '–' : count(view, mm / 10, 1).replace(/\.0$/, '')

/** Finished measures per size in cm, each with its way of measuring and, for makers, its tolerance. */
export function SizeChart({
  view,
  derived,
  tolerance = false,
}: {
  view: View
  derived: Derived
  /** Show ± (what a factory and a merchandiser need). */
  tolerance?: boolean
}) {
  return (
    <div
      class="table-frame"
      tabIndex={0}
      role="region"
      aria-label={say(view, { zh: '成衣尺寸', en: 'Garment measures' })}
    >
      <table class="matrix">
        <caption>{say(view, { zh: '成衣尺寸（厘米，平铺测量）', en: 'Garment measures (cm, laid flat)' })}</caption>
        <thead>
          <tr>
            <th scope="col">{say(view, { zh: '测量部位', en: 'Point of measure' })}</th>
            {derived.sizes.map(({ size }) => (
              <th scope="col">{size}</th>
            ))}
            {tolerance ? <th scope="col">±</th> : null}
          </tr>
        </thead>
        <tbody>
          {derived.points.map((point) => (
            <tr>
              <th scope="row">
                {say(view, point.name)}
                <span class="how">{say(view, point.how)}</span>
              </th>
              {derived.sizes.map(({ measures }) => (
                <td>{cm(view, measures[point.code])}</td>
              ))}
              {tolerance ? <td class="soft">{cm(view, point.tolerance)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Which body each size is made for. */
export function BodyTable({ view, derived }: { view: View; derived: Derived }) {
  const keys = BODY_ORDER.filter((key) => derived.sizes.some(({ body }) => body[key] !== undefined))
  if (!keys.length) return null
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label={say(view, { zh: '适合身材', en: 'Body sizes' })}>
      <table class="matrix">
        <caption>{say(view, { zh: '适合身材（厘米）', en: 'Made for a body of (cm)' })}</caption>
        <thead>
          <tr>
            <th scope="col">{say(view, { zh: '尺码', en: 'Size' })}</th>
            {keys.map((key) => (
              <th scope="col">{say(view, BODY[key] ?? { zh: key, en: key })}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {derived.sizes.map(({ size, body }) => (
            <tr>
              <th scope="row">{size}</th>
              {keys.map((key) => (
                <td>{cm(view, body[key])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Weight of the base size, as a buyer wants to know it. */
export function baseWeight(view: View, spec: Spec, derived: Derived): string {
  const base = derived.sizes.find(({ size }) => size === spec.sizes.base) ?? derived.sizes[0]
  if (!base) return '–'
  return say(view, {
    zh: `约 ${count(view, base.weightG)} 克（${base.size} 码）`,
    en: `about ${count(view, base.weightG)} g (size ${base.size})`,
  })
}
