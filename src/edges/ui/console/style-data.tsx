/** What a style is made of, as a merchandiser reads it: gates, cost, materials, parameters, differences. */
import { blockFor, UNIT_WORDS } from '../../../garments/index.ts'
import type { Localized } from '../../../core/values.ts'
import { Badge, Facts, Table, Values, type Tone } from '../parts.tsx'
import type { Derived, Gate, Spec, StyleVersion } from '../../../db/rows.ts'
import { count, money, percent, price, say, type View } from '../view.ts'
import { baseWeight } from '../shop/sizes.tsx'
import { constructionRows } from '../shop/style-pieces.tsx'
import { ATTRIBUTE, GATE, MATERIAL_ROLE, VERDICT, wordFor } from '../words.ts'

const TONES: Record<Gate['verdict'], Tone> = { pass: 'good', review: 'warn', block: 'bad' }

export function Gates({ view, gates }: { view: View; gates: readonly Gate[] }) {
  return (
    <Table
      rows={gates}
      empty={say(view, { zh: '还没有检查结果。', en: 'Not checked yet.' })}
      columns={[
        {
          head: say(view, { zh: '关卡', en: 'Gate' }),
          cell: ({ gate }) => (
            <span class="nowrap">
              {gate} {wordFor(view, GATE, gate)}
            </span>
          ),
        },
        {
          head: say(view, { zh: '结论', en: 'Verdict' }),
          cell: ({ verdict }) => <Badge tone={TONES[verdict]}>{wordFor(view, VERDICT, verdict)}</Badge>,
        },
        { head: say(view, { zh: '得分', en: 'Score' }), number: true, cell: ({ score }) => count(view, score, 2) },
        {
          head: say(view, { zh: '理由与证据', en: 'Reason and evidence' }),
          cell: ({ reason, evidence, version }) => (
            <>
              {say(view, reason)}
              {Object.keys(evidence).length ? (
                <details class="small">
                  <summary class="soft">
                    {say(view, { zh: '证据', en: 'Evidence' })} · {version}
                  </summary>
                  <Values value={evidence} />
                </details>
              ) : null}
            </>
          ),
        },
      ]}
    />
  )
}

export function CostTable({ view, derived }: { view: View; derived: Derived }) {
  const { base, largest } = derived.cost
  const other = new Map(largest.lines.map((line) => [line.key, line.amount]))
  return (
    <div class="table-frame">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">
              {say(view, {
                zh: `成本（${count(view, base.units)} 件）`,
                en: `Cost at ${count(view, base.units)} units`,
              })}
            </th>
            <th scope="col">{base.size}</th>
            <th scope="col">{largest.size}</th>
          </tr>
        </thead>
        <tbody>
          {base.lines.map(({ key, label, amount, basis }) => (
            <tr>
              <th scope="row">
                {say(view, label)}
                <span class="how">{say(view, basis)}</span>
              </th>
              <td>{money(view, amount, base.currency)}</td>
              <td>{money(view, other.get(key) ?? 0, base.currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{say(view, { zh: '合计', en: 'Together' })}</th>
            <td>{money(view, base.total, base.currency)}</td>
            <td>{money(view, largest.total, base.currency)}</td>
          </tr>
          <tr>
            <th scope="row">{say(view, { zh: '底价', en: 'Price floor' })}</th>
            <td />
            <td>{money(view, derived.priceFloor, derived.currency)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

export function LadderTable({ view, derived }: { view: View; derived: Derived }) {
  return (
    <div class="table-frame">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">{say(view, { zh: '从（件）', en: 'From units' })}</th>
            <th scope="col">{say(view, { zh: '单价', en: 'Unit price' })}</th>
          </tr>
        </thead>
        <tbody>
          {derived.ladder.map(({ fromUnits, unitPrice }) => (
            <tr>
              <th scope="row">{count(view, fromUnits)}</th>
              <td>{price(view, unitPrice, derived.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function Bom({ view, derived, base }: { view: View; derived: Derived; base: string }) {
  return (
    <Table
      rows={derived.bom}
      empty={say(view, { zh: '没有物料。', en: 'No materials.' })}
      columns={[
        {
          head: say(view, { zh: '类别', en: 'Group' }),
          cell: ({ role }) => <span class="nowrap">{wordFor(view, MATERIAL_ROLE, role)}</span>,
        },
        {
          head: say(view, { zh: '物料', en: 'Material' }),
          cell: ({ name, specification }) => (
            <>
              {say(view, name)}
              <span class="how">{say(view, specification)}</span>
            </>
          ),
        },
        { head: say(view, { zh: '部位', en: 'Where' }), cell: ({ placement }) => say(view, placement) },
        {
          head: say(view, { zh: `用量（${base}）`, en: `Use (${base})` }),
          number: true,
          cell: ({ quantity, unit }) =>
            `${count(view, quantity[base] ?? 0, unit === 'm' ? 2 : 0)} ${wordFor(view, UNIT_WORDS, unit)}`,
        },
        {
          head: say(view, { zh: '损耗', en: 'Waste' }),
          number: true,
          cell: ({ wastePercent }) => percent(view, wastePercent / 100),
        },
        {
          head: say(view, { zh: '单价', en: 'Price' }),
          number: true,
          cell: ({ unitPrice }) => money(view, unitPrice, derived.currency),
        },
        {
          head: say(view, { zh: '货号', en: 'Supplier ref.' }),
          cell: ({ supplierRef }) => <span class="mono small nowrap">{supplierRef}</span>,
        },
      ]}
    />
  )
}

interface ParameterWords {
  label: Localized
  unit: string
  min: number
  max: number
}

/** The block's own words for a parameter; one it no longer knows is shown by its key. */
function wordsOf(spec: Spec, key: string): ParameterWords | undefined {
  const found = blockFor(spec.category, spec.gender).parameters.find((each) => each.key === key)
  return found && { label: found.label, unit: found.unit, min: found.min, max: found.max }
}

const shown = (view: View, value: number, unit: string | undefined) =>
  `${count(view, value, Number.isInteger(value) ? 0 : 1)}${unit ? ` ${wordFor(view, UNIT_WORDS, unit)}` : ''}`

export function Parameters({ view, spec }: { view: View; spec: Spec }) {
  return (
    <Table
      rows={Object.entries(spec.parameters)}
      empty={say(view, { zh: '没有参数。', en: 'No parameters.' })}
      columns={[
        {
          head: say(view, { zh: '参数', en: 'Parameter' }),
          cell: ([key]) => {
            const words = wordsOf(spec, key)
            return words ? say(view, words.label) : key
          },
        },
        {
          head: say(view, { zh: '取值', en: 'Value' }),
          number: true,
          cell: ([key, value]) => shown(view, value, wordsOf(spec, key)?.unit),
        },
        {
          head: say(view, { zh: '允许范围', en: 'Range' }),
          number: true,
          cell: ([key]) => {
            const words = wordsOf(spec, key)
            return words ? `${count(view, words.min)} – ${count(view, words.max)}` : '–'
          },
        },
      ]}
    />
  )
}

/** How it is made and what it is, each with the trends that asked for it. */
export function Make({
  view,
  spec,
  derived,
  trends,
}: {
  view: View
  spec: Spec
  derived: Derived
  trends: readonly { id: string; label: Localized }[]
}) {
  const askedFor = (evidence: readonly string[] = []) =>
    evidence.map((id) => {
      const trend = trends.find((each) => each.id === id)
      return (
        <>
          {' '}
          <Badge tone="accent">{say(view, trend?.label ?? { zh: '趋势', en: 'trend' })}</Badge>
        </>
      )
    })
  const made = constructionRows(view, spec)
  const slots = new Set(made.map(({ slot }) => slot))
  const evidenceOf = (slot: string) => spec.attributes.find(({ key }) => key === slot)?.evidence
  return (
    <Facts
      rows={[
        ...spec.attributes
          .filter(({ key }) => !slots.has(key))
          .map(
            ({ key, label, evidence }) =>
              [
                wordFor(view, ATTRIBUTE, key),
                <>
                  {say(view, label)}
                  {askedFor(evidence)}
                </>,
              ] as const,
          ),
        ...made.map(
          ({ slot, label, value }) =>
            [
              label,
              <>
                {value}
                {askedFor(evidenceOf(slot))}
              </>,
            ] as const,
        ),
        [say(view, { zh: '成分', en: 'Fibres' }), <span class="pre-line">{say(view, derived.fibreLabel)}</span>],
        [say(view, { zh: '重量', en: 'Weight' }), baseWeight(view, spec, derived)],
      ]}
    />
  )
}

export interface Difference {
  label: string
  from: string
  to: string
}

/** What differs between two versions of a style, in the words of the block. */
export function differences(view: View, before: StyleVersion, after: StyleVersion): Difference[] {
  const found: Difference[] = []
  const [a, b] = [before.spec, after.spec]
  const none = say(view, { zh: '无', en: 'none' })
  for (const key of new Set([...Object.keys(a.parameters), ...Object.keys(b.parameters)])) {
    const [from, to] = [a.parameters[key], b.parameters[key]]
    if (from === to) continue
    const words = wordsOf(b, key)
    found.push({
      label: words ? say(view, words.label) : key,
      from: from === undefined ? none : shown(view, from, words?.unit),
      to: to === undefined ? none : shown(view, to, words?.unit),
    })
  }
  const slots = blockFor(b.category, b.gender).construction
  const option = (slot: string, value: string | undefined) => {
    const known = slots.find((each) => each.slot === slot)?.options.find((each) => each.value === value)
    return known ? say(view, known.label) : (value ?? none)
  }
  for (const slot of new Set([...Object.keys(a.construction), ...Object.keys(b.construction)])) {
    if (a.construction[slot] === b.construction[slot]) continue
    const known = slots.find((each) => each.slot === slot)
    found.push({
      label: known ? say(view, known.label) : slot,
      from: option(slot, a.construction[slot]),
      to: option(slot, b.construction[slot]),
    })
  }
  const roles = new Set([...Object.keys(a.materials), ...Object.keys(b.materials)]) as Set<keyof Spec['materials']>
  for (const role of roles) {
    const [from, to] = [a.materials[role], b.materials[role]]
    if (from?.id === to?.id) continue
    found.push({
      label: wordFor(view, MATERIAL_ROLE, role),
      from: from ? say(view, from.name) : none,
      to: to ? say(view, to.name) : none,
    })
  }
  const colours = (spec: Spec) => spec.colourways.map(({ name }) => say(view, name)).join('、')
  if (colours(a) !== colours(b))
    found.push({ label: say(view, { zh: '配色', en: 'Colours' }), from: colours(a), to: colours(b) })
  const asked = (version: StyleVersion) => version.derived.ladder[0]?.unitPrice ?? 0
  if (asked(before) !== asked(after))
    found.push({
      label: say(view, { zh: '起始单价', en: 'First price' }),
      from: price(view, asked(before), before.derived.currency),
      to: price(view, asked(after), after.derived.currency),
    })
  return found
}

export const Differences = ({ rows }: { rows: readonly Difference[] }) => (
  <ul>
    {rows.map(({ label, from, to }) => (
      <li class="change">
        <span>{label}</span>
        <del>{from}</del>
        <span aria-hidden="true">→</span>
        <ins>{to}</ins>
      </li>
    ))}
  </ul>
)
