import { PRIVACY_PATH } from '../../../core/notice.ts'
import { CURRENCIES } from '../../../core/values.ts'
import { CATEGORIES, CATEGORY_NAMES, GENDERS, SEASONS } from '../../../garments/index.ts'
import type { House, UnusableSetting } from '../../../stages/0-house/house.ts'
import type { DispatchTerms } from '../../../stages/6-dispatch/model.ts'
import { Layout } from '../layout.tsx'
import { Field, Heading, Refusal, Tick, Told, type FieldProps, type Sent } from '../parts.tsx'
import { say, type View } from '../view.ts'
import { GENDER, SEASON, wordFor } from '../words.ts'

export interface HousePageProps {
  view: View
  house: House
  /** Stored settings that cannot be used, with what stands in for each. */
  unusable: readonly UnusableSetting[]
  terms: DispatchTerms
  sent: Sent
  termsSent: Sent
  done: string | undefined
}

interface Setting extends Pick<FieldProps, 'name' | 'label' | 'hint' | 'min' | 'max' | 'step' | 'suffix'> {
  /** How many of what is stored make one of what is typed. */
  stored?: number
}

/** Models are paid in fractions of a cent, so their money is kept in millionths. */
const MICROS = 1_000_000

/** Numbers of the house, in the order of the line. */
const NUMBERS: readonly Setting[] = [
  { name: 'marginPercent', label: { zh: '毛利率', en: 'Margin' }, min: 0, max: 90, step: 'any', suffix: '%' },
  { name: 'overheadPercent', label: { zh: '管理费率', en: 'Overhead' }, min: 0, max: 100, step: 'any', suffix: '%' },
  { name: 'thresholdUnits', label: { zh: '起做量', en: 'Threshold, units' }, min: 1, step: 1 },
  { name: 'minBuyers', label: { zh: '最少买家', en: 'Fewest buyers' }, min: 1, step: 1 },
  { name: 'perBuyerCap', label: { zh: '每人上限', en: 'Cap per buyer' }, min: 1, step: 1 },
  { name: 'campaignDays', label: { zh: '预售天数', en: 'Days on sale' }, min: 1, max: 120, step: 1 },
  { name: 'promisedDays', label: { zh: '承诺交期（天）', en: 'Promised, days' }, min: 1, max: 365, step: 1 },
  {
    name: 'answerHours',
    label: { zh: '工厂答复期限（小时）', en: 'Factories answer within, hours' },
    min: 0.01,
    step: 'any',
  },
  { name: 'reorderEveryDays', label: { zh: '返单间隔（天）', en: 'Reorder every, days' }, min: 0.01, step: 'any' },
  { name: 'reorderMinUnits', label: { zh: '返单最少件数', en: 'Smallest reorder, units' }, min: 1, step: 1 },
  {
    name: 'modelBudgetPerDayMicros',
    label: { zh: '模型每日预算', en: 'Model budget a day' },
    hint: {
      zh: '币种同模型价格；0 = 只用内置设计师。',
      en: 'In the currency of the model’s prices; 0 = the embedded designer only.',
    },
    min: 0,
    step: 'any',
    stored: MICROS,
  },
  {
    name: 'modelBudgetPerStyleMicros',
    label: { zh: '模型每款预算', en: 'Model budget per style' },
    min: 0,
    step: 'any',
    stored: MICROS,
  },
]
export const HOUSE_NUMBERS = NUMBERS.map(({ name, stored = 1 }) => ({ name, stored }))

const TERMS: readonly Setting[] = [
  { name: 'shippingDays', label: { zh: '运输天数', en: 'Days of shipping' }, min: 0, max: 60, step: 1 },
  {
    name: 'latePenaltyPercent',
    label: { zh: '延误损失（售价）', en: 'Cost of being late' },
    min: 0,
    max: 100,
    step: 'any',
    suffix: '%',
  },
  {
    name: 'reworkPercent',
    label: { zh: '返工成本（加工费）', en: 'Cost of rework' },
    min: 0,
    max: 200,
    step: 'any',
    suffix: '%',
  },
  {
    name: 'maxSharePercent',
    label: { zh: '单厂最高份额', en: 'Largest share of a factory' },
    min: 1,
    max: 100,
    step: 'any',
    suffix: '%',
  },
  {
    name: 'explorationPercent',
    label: { zh: '新工厂份额', en: 'Share for new factories' },
    min: 0,
    max: 50,
    step: 'any',
    suffix: '%',
  },
  { name: 'explorationUnits', label: { zh: '新工厂单次上限', en: 'Largest lot for a new one' }, min: 0, step: 1 },
  { name: 'linkDays', label: { zh: '文件链接有效（天）', en: 'File links work, days' }, min: 1, max: 90, step: 1 },
  {
    name: 'rotationHours',
    label: { zh: '密钥过渡（小时）', en: 'Old secret signs on, hours' },
    min: 1,
    max: 720,
    step: 'any',
  },
]
export const TERMS_NUMBERS = TERMS.map(({ name, stored = 1 }) => ({ name, stored }))

const ADDRESS: readonly Setting[] = [
  { name: 'shipTo.name', label: { zh: '收货单位', en: 'Consignee' } },
  { name: 'shipTo.contact', label: { zh: '联系人', en: 'Contact' } },
  { name: 'shipTo.phone', label: { zh: '电话', en: 'Telephone' } },
  { name: 'shipTo.lines', label: { zh: '街道地址', en: 'Street address' } },
  { name: 'shipTo.city', label: { zh: '城市', en: 'City' } },
  { name: 'shipTo.region', label: { zh: '省 / 地区', en: 'Province or region' } },
  { name: 'shipTo.postalCode', label: { zh: '邮编', en: 'Postal code' } },
  { name: 'shipTo.country', label: { zh: '国家代码', en: 'Country code' }, hint: { zh: '如 CN', en: 'Such as CN' } },
]

const lookUp = (value: unknown, path: string): string | number | undefined => {
  let found: unknown = value
  for (const step of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[step]
  if (Array.isArray(found)) return found.join('\n')
  return typeof found === 'string' || typeof found === 'number' ? found : undefined
}

export function HousePage({ view, house, unusable, terms, sent, termsSent, done }: HousePageProps) {
  const categories = new Set<string>(house.designCategories)
  const genders = new Set<string>(house.designGenders)
  return (
    <Layout view={view} title={say(view, { zh: '规则', en: 'House rules' })} face="console">
      <Heading
        title={say(view, { zh: '规则', en: 'House rules' })}
        lead={say(view, {
          zh: '改动只影响之后的设计和预售；已通过、已开售的款保留当时的规则。',
          en: 'Changes hold for what comes after; what is approved or on sale keeps the rules it was made with.',
        })}
      />
      {done ? <Told>{say(view, { zh: '已保存。', en: 'Saved.' })}</Told> : null}
      {unusable.length ? (
        <div class="refusal" role="alert">
          {unusable.map(({ name, stored, used }) => (
            <p>
              {say(view, {
                zh: `已保存的“${name}”（${stored}）无法使用，暂以 ${used} 代替。请更正后保存。`,
                en: `The stored "${name}" (${stored}) cannot be used; ${used} stands in for it. Correct it and save.`,
              })}
            </p>
          ))}
        </div>
      ) : null}
      <form method="post" action="/console/house" class="stack">
        <Refusal
          view={view}
          sent={sent}
          fields={[
            ...NUMBERS.map(({ name }) => name),
            'nameZh',
            'nameEn',
            'timeZone',
            'privacyZh',
            'privacyEn',
            'privacyContact',
          ]}
        />
        <div class="fields">
          <Field
            view={view}
            sent={sent}
            name="nameZh"
            label={{ zh: '中文名称', en: 'Name in Chinese' }}
            value={house.nameZh}
            required
          />
          <Field
            view={view}
            sent={sent}
            name="nameEn"
            label={{ zh: '英文名称', en: 'Name in English' }}
            value={house.nameEn}
            required
          />
          <Field
            view={view}
            sent={sent}
            name="timeZone"
            label={{ zh: '业务时区', en: 'Business time zone' }}
            hint={{ zh: '地区名称，例如 Asia/Shanghai', en: 'A place, such as Asia/Shanghai' }}
            value={house.timeZone}
            required
          />
          <Field
            view={view}
            sent={sent}
            name="currency"
            label={{ zh: '币种', en: 'Currency' }}
            value={house.currency}
            options={CURRENCIES.map((value) => ({ value, label: value }))}
          />
          <Field
            view={view}
            sent={sent}
            name="verification"
            label={{ zh: '预订何时计入', en: 'A pre-order counts' }}
            value={house.verification}
            options={[
              { value: 'email', label: say(view, { zh: '邮件确认后', en: 'after the link in the letter' }) },
              {
                value: 'trusted',
                label: say(view, { zh: '由可信系统担保时立即', en: 'at once where a trusted system vouches' }),
              },
            ]}
          />
          <Field
            view={view}
            sent={sent}
            name="reorderPolicy"
            label={{ zh: '返单', en: 'Reorders' }}
            value={house.reorderPolicy}
            options={[
              { value: 'ask', label: say(view, { zh: '先问我', en: 'ask me' }) },
              { value: 'auto', label: say(view, { zh: '自动', en: 'by itself' }) },
              { value: 'never', label: say(view, { zh: '不返单', en: 'never' }) },
            ]}
          />
          <Field
            view={view}
            sent={sent}
            name="designSeason"
            label={{ zh: '设计季节', en: 'Season to design for' }}
            value={house.designSeason ?? ''}
            options={[
              { value: '', label: say(view, { zh: '按日历提前三个月', en: 'three months ahead' }) },
              ...SEASONS.map((value) => ({ value, label: wordFor(view, SEASON, value) })),
            ]}
          />
          {NUMBERS.map(({ stored = 1, ...setting }) => (
            <Field
              view={view}
              sent={sent}
              type="number"
              required
              value={Number(lookUp(house, setting.name)) / stored}
              {...setting}
            />
          ))}
        </div>
        <fieldset class="ticks">
          <legend>{say(view, { zh: '做哪些品类', en: 'What is designed' })}</legend>
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
          <legend>{say(view, { zh: '为谁设计', en: 'For whom' })}</legend>
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
        <fieldset class="stack">
          <legend>
            <a href={PRIVACY_PATH}>{say(view, { zh: '隐私说明', en: 'Privacy notice' })}</a>
          </legend>
          <Field
            view={view}
            sent={sent}
            name="privacyContact"
            label={{ zh: '索取或删除信息时联系', en: 'Whom people ask for their data' }}
            hint={{
              zh: '邮箱或电话；留空则用商城的咨询表单。',
              en: 'An e-mail or a telephone number; without it, the shop’s question form.',
            }}
            value={house.privacyContact}
            maxLength={200}
          />
          {(['privacyZh', 'privacyEn'] as const).map((name) => (
            <Field
              view={view}
              sent={sent}
              name={name}
              rows={6}
              label={
                name === 'privacyZh'
                  ? { zh: '自拟说明（中文）', en: 'In your own words, Chinese' }
                  : { zh: '自拟说明（英文）', en: 'In your own words, English' }
              }
              hint={{
                zh: '留空则按程序的实际做法说明。段落之间空一行。',
                en: 'Empty: the notice says what the program does. Leave an empty line between paragraphs.',
              }}
              value={house[name]}
              maxLength={20_000}
            />
          ))}
        </fieldset>
        <button type="submit" class="primary">
          {say(view, { zh: '保存规则', en: 'Save the rules' })}
        </button>
      </form>
      <form method="post" action="/console/terms" class="stack section" id="terms">
        <h2>{say(view, { zh: '派单条款', en: 'Terms towards factories' })}</h2>
        <p class="section-note">
          {say(view, {
            zh: '收货地址、制造者名称和地址没有默认值：填好之前，生产单不会发出。',
            en: 'Where goods go, and the maker’s name and address, have no default: no brief leaves before they are filled in.',
          })}
        </p>
        <Refusal
          view={view}
          sent={termsSent}
          fields={[
            ...TERMS.map(({ name }) => name),
            ...ADDRESS.map(({ name }) => name),
            'maker',
            'makerAddress',
            'originZh',
            'originEn',
          ]}
        />
        <div class="fields">
          {ADDRESS.map((setting) => (
            <Field
              view={view}
              sent={termsSent}
              value={lookUp(terms, setting.name)}
              {...setting}
              {...(setting.name === 'shipTo.lines' ? { rows: 2 } : {})}
            />
          ))}
          <Field
            view={view}
            sent={termsSent}
            name="maker"
            label={{ zh: '制造者名称', en: 'Maker on the label' }}
            value={terms.maker}
          />
          <Field
            view={view}
            sent={termsSent}
            name="makerAddress"
            label={{ zh: '制造者地址', en: 'Maker’s address' }}
            value={terms.makerAddress}
          />
          <Field
            view={view}
            sent={termsSent}
            name="originZh"
            label={{ zh: '产地（中文）', en: 'Origin, in Chinese' }}
            value={terms.originZh}
            required
          />
          <Field
            view={view}
            sent={termsSent}
            name="originEn"
            label={{ zh: '产地（英文）', en: 'Origin, in English' }}
            value={terms.originEn}
            required
          />
          {TERMS.map((setting) => (
            <Field
              view={view}
              sent={termsSent}
              type="number"
              required
              value={lookUp(terms, setting.name)}
              {...setting}
            />
          ))}
        </div>
        <button type="submit" class="primary">
          {say(view, { zh: '保存条款', en: 'Save the terms' })}
        </button>
      </form>
    </Layout>
  )
}
