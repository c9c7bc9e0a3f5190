/** A slider for every measure of a style, and what a change comes to before it is made. */
import type { Currency, Localized } from '../../../core/values.ts'
import { blockFor, type StyleSpec } from '../../../garments/index.ts'
import { sayValue } from '../../../stages/2-designs/designer/facts.ts'
import { fileAddress, Refusal, Table, type Sent } from '../parts.tsx'
import { price, say, type View } from '../view.ts'

interface Looked {
  cost: number
  price: number
  priceFloor: number
  picture?: string | undefined
}

/** A style as it is and as it would be. */
export interface Compared {
  before: Looked
  after: Looked
  currency: Currency
}

function Shot({ view, look, label }: { view: View; look: Looked; label: Localized }) {
  if (look.picture === undefined) return null
  return (
    <figure>
      <img src={fileAddress(look.picture, 'webp')} alt={say(view, label)} width={256} height={256} loading="lazy" />
      <figcaption>{say(view, label)}</figcaption>
    </figure>
  )
}

const BEFORE: Localized = { zh: '现在', en: 'Now' }
const AFTER: Localized = { zh: '改后', en: 'Afterwards' }

/** Picture, cost and price before and after a change. */
export function BeforeAfter({ view, compared }: { view: View; compared: Compared }) {
  const { before, after, currency } = compared
  const rows = [
    { label: { zh: '成本', en: 'Cost' }, from: before.cost, to: after.cost },
    { label: { zh: '首档价', en: 'First price' }, from: before.price, to: after.price },
    { label: { zh: '底价', en: 'Price floor' }, from: before.priceFloor, to: after.priceFloor },
  ]
  const difference = (from: number, to: number) =>
    from === to ? '=' : `${to > from ? '+' : '−'}${price(view, Math.abs(to - from), currency)}`
  return (
    <div class="stack-tight">
      <div class="before-after">
        <Shot view={view} look={before} label={BEFORE} />
        <Shot view={view} look={after} label={AFTER} />
      </div>
      <Table
        rows={rows}
        empty=""
        columns={[
          { head: '', cell: ({ label }) => say(view, label) },
          { head: say(view, BEFORE), number: true, cell: ({ from }) => price(view, from, currency) },
          { head: say(view, AFTER), number: true, cell: ({ to }) => price(view, to, currency) },
          { head: '±', number: true, cell: ({ from, to }) => difference(from, to) },
        ]}
      />
    </div>
  )
}

/** Every measure of the pattern with its range; what is moved is shown before it is made. */
export function Measures({
  view,
  path,
  version,
  spec,
  sent,
}: {
  view: View
  path: string
  version: number
  spec: StyleSpec
  sent: Sent
}) {
  const { parameters } = blockFor(spec.category, spec.gender)
  return (
    <details open={sent.failure !== undefined}>
      <summary>{say(view, { zh: '用滑块改尺寸', en: 'Change measures with sliders' })}</summary>
      <form class="stack" method="post" action={`${path}/measures`}>
        <Refusal view={view} sent={sent} />
        <input type="hidden" name="version" value={String(version)} />
        {parameters.map(({ key, label, min, max, step, unit, default: preset }) => {
          const name = `parameters.${key}`
          const now = spec.parameters[key] ?? preset
          return (
            <div class="field">
              <label for={name}>
                {say(view, label)} <span class="num">{say(view, sayValue(now, unit))}</span>
              </label>
              <input
                id={name}
                type="range"
                name={name}
                min={min}
                max={max}
                step={step}
                value={String(sent.values[name] ?? now)}
                {...(sent.failure?.extra.field === name ? { 'aria-invalid': 'true' as const } : {})}
              />
              <span class="small soft">
                {say(view, sayValue(min, unit))} – {say(view, sayValue(max, unit))}
              </span>
            </div>
          )
        })}
        <button type="submit" class="second small">
          {say(view, { zh: '先看会改什么', en: 'See what would change' })}
        </button>
      </form>
    </details>
  )
}
