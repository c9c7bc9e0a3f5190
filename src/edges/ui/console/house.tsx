import { PRIVACY_PATH } from '../../../core/notice.ts'
import { labelOf } from '../../../core/parse.ts'
import { CURRENCIES } from '../../../core/values.ts'
import { CATEGORIES, CATEGORY_NAMES, GENDERS, SEASONS } from '../../../garments/index.ts'
import { houseSchema, termsOf, type House, type UnusableSetting } from '../../../stages/0-house/house.ts'
import { dispatchTermsSchema, type DispatchTerms } from '../../../stages/6-dispatch/model.ts'
import { useView, useWords } from '../context.tsx'
import { Form, Input } from '../form.tsx'
import { Layout } from '../layout.tsx'
import { Heading, Tick, Told, type FieldProps, type Sent } from '../parts.tsx'
import { CLOSING, GENDER, SEASON, wordFor } from '../words.ts'
import { words } from './messages.ts'

export interface HousePageProps {
  house: House
  /** Stored settings that cannot be used, with what stands in for each. */
  unusable: readonly UnusableSetting[]
  terms: DispatchTerms
  sent: Sent
  termsSent: Sent
  done: string | undefined
}

/** A number among others of its kind; its name, its bounds and its step are the schema's. */
interface Setting extends Pick<FieldProps, 'hint' | 'suffix'> {
  name: string
  /** How many of what is stored make one of what is typed. */
  stored?: number
}

/** Models are paid in fractions of a cent, so their money is kept in millionths. */
const MICROS = 1_000_000

/** Money of garments is kept in hundredths. */
const MINOR = 100

/** Numbers of the house, in the order of the line. */
const NUMBERS: readonly Setting[] = [
  { name: 'marginPercent', suffix: '%' },
  { name: 'overheadPercent', suffix: '%' },
  { name: 'thresholdUnits' },
  { name: 'minBuyers' },
  { name: 'perBuyerCap' },
  { name: 'campaignDays' },
  { name: 'promisedDays' },
  { name: 'answerHours' },
  { name: 'reorderEveryDays' },
  { name: 'reorderMinUnits' },
  { name: 'shortAnswerDays' },
  { name: 'returnDays' },
  { name: 'undoMinutes' },
  { name: 'secondApproverAbove', hint: words.all('house.second'), stored: MINOR },
  { name: 'trendFidelityPercent', suffix: '%' },
  { name: 'modelBudgetPerDayMicros', hint: words.all('house.budget'), stored: MICROS },
  { name: 'modelBudgetPerStyleMicros', stored: MICROS },
]
/** Terms of a full calculation, typed in whole units of money; what the house leaves out stands as the trade asks it. */
const COSTING: readonly Setting[] = [
  { name: 'minuteRate', hint: words.all('house.minute'), stored: MINOR },
  { name: 'patternPerStyle', stored: MINOR },
  { name: 'samplePerStyle', stored: MINOR },
  { name: 'dyeLotMetres', hint: words.all('house.dye-lot') },
  { name: 'inspectionPercent', suffix: '%' },
  { name: 'freightPerKg', stored: MINOR },
  { name: 'vatPercent', suffix: '%' },
]
export const HOUSE_NUMBERS = [...NUMBERS, ...COSTING].map(({ name, stored = 1 }) => ({ name, stored }))

const TERMS: readonly Setting[] = [
  { name: 'shippingDays' },
  { name: 'latePenaltyPercent', suffix: '%' },
  { name: 'reworkPercent', suffix: '%' },
  { name: 'maxSharePercent', suffix: '%' },
  { name: 'explorationPercent', suffix: '%' },
  { name: 'explorationUnits' },
  { name: 'linkDays' },
  { name: 'rotationHours' },
]
export const TERMS_NUMBERS = TERMS.map(({ name, stored = 1 }) => ({ name, stored }))

const ADDRESS = ['name', 'contact', 'phone', 'lines', 'city', 'region', 'postalCode', 'country'] as const

const lookUp = (value: unknown, path: string): string | number | undefined => {
  let found: unknown = value
  for (const step of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[step]
  if (Array.isArray(found)) return found.join('\n')
  return typeof found === 'string' || typeof found === 'number' ? found : undefined
}

function Numbers({ settings, of }: { settings: readonly Setting[]; of: unknown }) {
  return settings.map(({ name, stored = 1, ...rest }) => {
    // What is stored in millionths is typed in whole ones, so its step is any.
    const step = stored === 1 ? {} : ({ step: 'any' } as const)
    return <Input name={name} required value={Number(lookUp(of, name)) / stored} {...step} {...rest} />
  })
}

function Names({ house }: { house: House }) {
  const say = useWords(words)
  const view = useView()
  return (
    <>
      <Input name="nameZh" value={house.nameZh} required />
      <Input name="nameEn" value={house.nameEn} required />
      <Input name="timeZone" hint={words.all('house.zone')} value={house.timeZone} required />
      <Input
        name="currency"
        value={house.currency}
        options={CURRENCIES.map((value) => ({ value, label: value }))}
        required={false}
      />
      <Input
        name="verification"
        value={house.verification}
        options={[
          { value: 'email', label: say('house.after-letter') },
          { value: 'sms', label: say('house.after-code') },
          { value: 'any', label: say('house.after-either') },
          { value: 'trusted', label: say('house.at-once') },
        ]}
      />
      <Input name="rungs" hint={words.all('house.rungs')} value={house.rungs.join(', ')} required />
      <Input
        name="pricing"
        value={house.pricing}
        options={[
          { value: 'lot', label: say('house.price-of-lot') },
          { value: 'total', label: say('house.price-of-total') },
        ]}
      />
      <Input
        name="closing"
        value={house.closing}
        options={(['collect', 'atGoal'] as const).map((value) => ({ value, label: wordFor(view, CLOSING, value) }))}
      />
      <Input
        name="reorderPolicy"
        value={house.reorderPolicy}
        options={[
          { value: 'ask', label: say('house.ask') },
          { value: 'auto', label: say('house.auto') },
          { value: 'never', label: say('house.never') },
        ]}
      />
      <Input
        name="designSeason"
        value={house.designSeason ?? ''}
        options={[
          { value: '', label: say('house.by-calendar') },
          ...SEASONS.map((value) => ({ value, label: wordFor(view, SEASON, value) })),
        ]}
      />
    </>
  )
}

function Costing({ house }: { house: House }) {
  const say = useWords(words)
  return (
    <fieldset class="stack">
      <legend>{say('house.costing', { currency: house.currency })}</legend>
      <div class="fields">
        <Numbers settings={COSTING} of={termsOf(house)} />
      </div>
      <Input name="ownMinutes" rows={4} hint={words.all('house.own-minutes')} value={house.ownMinutes} />
      <Input name="colourCodes" rows={4} hint={words.all('house.colour-codes')} value={house.colourCodes} />
    </fieldset>
  )
}

/** What is designed, and for whom. */
function Designs({ house }: { house: House }) {
  const view = useView()
  const [categories, genders] = [new Set<string>(house.designCategories), new Set<string>(house.designGenders)]
  return (
    <>
      <fieldset class="ticks">
        <legend>{labelOf(houseSchema, 'designCategories')?.[view.lang]}</legend>
        {CATEGORIES.map((category) => (
          <Tick
            view={view}
            name="designCategories"
            value={category}
            label={CATEGORY_NAMES[category]}
            checked={categories.has(category)}
          />
        ))}
      </fieldset>
      <fieldset class="ticks">
        <legend>{labelOf(houseSchema, 'designGenders')?.[view.lang]}</legend>
        {GENDERS.map((gender) => (
          <Tick
            view={view}
            name="designGenders"
            value={gender}
            label={GENDER[gender] ?? { zh: gender, en: gender }}
            checked={genders.has(gender)}
          />
        ))}
      </fieldset>
    </>
  )
}

function Privacy({ house }: { house: House }) {
  const say = useWords(words)
  return (
    <fieldset class="stack">
      <legend>
        <a href={PRIVACY_PATH}>{say('house.privacy')}</a>
      </legend>
      <Input name="privacyContact" hint={words.all('house.contact')} value={house.privacyContact} />
      <Input name="privacyZh" rows={6} hint={words.all('house.own-words')} value={house.privacyZh} />
      <Input name="privacyEn" rows={6} hint={words.all('house.own-words')} value={house.privacyEn} />
    </fieldset>
  )
}

function Terms({ terms, sent }: { terms: DispatchTerms; sent: Sent }) {
  const say = useWords(words)
  return (
    <section class="section" id="terms">
      <h2>{say('terms.title')}</h2>
      <p class="section-note">{say('terms.no-default')}</p>
      <Form action="/console/terms" of={dispatchTermsSchema} sent={sent} class="stack">
        <div class="fields">
          {ADDRESS.map((part) => (
            <Input
              name={`shipTo.${part}`}
              value={lookUp(terms, `shipTo.${part}`)}
              // An address is all or nothing, so none of its fields is needed by itself.
              required={false}
              {...(part === 'lines' ? { rows: 2 } : {})}
              {...(part === 'country' ? { hint: words.all('terms.country') } : {})}
            />
          ))}
          <Input name="maker" value={terms.maker} />
          <Input name="makerAddress" value={terms.makerAddress} />
          <Input name="originZh" value={terms.originZh} required />
          <Input name="originEn" value={terms.originEn} required />
          <Numbers settings={TERMS} of={terms} />
        </div>
        <button type="submit" class="primary">
          {say('terms.save')}
        </button>
      </Form>
    </section>
  )
}

function Unusable({ settings }: { settings: readonly UnusableSetting[] }) {
  const say = useWords(words)
  if (!settings.length) return null
  return (
    <div class="refusal" role="alert">
      {settings.map(({ name, stored, used }) => (
        <p>{say('house.unusable', { name, stored, used })}</p>
      ))}
    </div>
  )
}

function Rules({ house, sent }: { house: House; sent: Sent }) {
  const say = useWords(words)
  return (
    <Form action="/console/house" of={houseSchema} sent={sent} class="stack">
      <div class="fields">
        <Names house={house} />
        <Numbers settings={NUMBERS} of={house} />
      </div>
      <Costing house={house} />
      <Designs house={house} />
      <Privacy house={house} />
      <button type="submit" class="primary">
        {say('house.save')}
      </button>
    </Form>
  )
}

export function HousePage({ house, unusable, terms, sent, termsSent, done }: HousePageProps) {
  const say = useWords(words)
  return (
    <Layout view={useView()} title={say('house.title')} face="console">
      <Heading title={say('house.title')} lead={say('house.lead')} />
      {done ? <Told>{say('house.saved')}</Told> : null}
      <Unusable settings={unusable} />
      <Rules house={house} sent={sent} />
      <Terms terms={terms} sent={termsSent} />
    </Layout>
  )
}
