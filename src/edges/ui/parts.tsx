/** The small pieces pages are put together from. */
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { Problem } from '../../core/errors.ts'
import type { Localized } from '../../core/values.ts'
import type { Colourway, StylePicture } from '../../db/rows.ts'
import { moment, safeColour, say, type View } from './view.ts'
import { VIEW_NAME, wordFor } from './words.ts'

/** What was typed into a form and why it was not taken: the page shows both again. */
export interface Sent {
  values: Readonly<Record<string, string>>
  failure?: Problem
}
export const NOTHING_SENT: Sent = { values: {} }

export type Tone = 'plain' | 'accent' | 'good' | 'warn' | 'bad' | 'uncut'

export const Badge = ({ tone = 'plain', children }: { tone?: Tone; children: ComponentChildren }) => (
  <span class={`badge badge-${tone}`}>{children}</span>
)

/** What every picture of a design must say beside it: it is a design, and nobody has made it yet. */
export const DesignBadge = ({ view }: { view: View }) => (
  <Badge tone="uncut">{say(view, { zh: '设计稿 · 尚未生产', en: 'A design, not yet made' })}</Badge>
)

export const Time = ({ view, at }: { view: View; at: Date | null | undefined }) =>
  at ? <time dateTime={at.toISOString()}>{moment(view, at)}</time> : <span class="soft">–</span>

export function Heading({
  title,
  lead,
  children,
  eyebrow,
}: {
  title: string
  lead?: string | undefined
  eyebrow?: ComponentChildren
  children?: ComponentChildren
}) {
  return (
    <div class="heading">
      <div>
        {eyebrow ? <p class="eyebrow">{eyebrow}</p> : null}
        <h1>{title}</h1>
        {lead ? <p class="lead">{lead}</p> : null}
      </div>
      {children ? <div class="heading-end">{children}</div> : null}
    </div>
  )
}

/** A refusal that belongs to no single field, at the top of its form; read out when it appears. */
export function Refusal({ view, sent, fields = [] }: { view: View; sent: Sent; fields?: readonly string[] }) {
  const { failure } = sent
  if (!failure || (failure.extra.field !== undefined && fields.includes(failure.extra.field))) return null
  return (
    <p class="refusal" role="alert">
      {failure.say(view.lang)}
    </p>
  )
}

/** Lines of a list that was refused are named up to here: more would not be read. */
const MOST_LINES = 50

/** Why nothing of a list was taken, line by line. */
export function RefusedLines({
  view,
  lead,
  rows,
}: {
  view: View
  lead: Localized
  rows: readonly { line: number; where: string; text: Localized }[]
}) {
  if (!rows.length) return null
  const more = rows.length - MOST_LINES
  return (
    <div class="refusal" role="alert">
      <p>{say(view, lead)}</p>
      <ul>
        {rows.slice(0, MOST_LINES).map(({ line, where, text }) => (
          <li>
            {say(view, { zh: `第 ${line} 行`, en: `line ${line}` })}
            {where ? ` · ${where}` : ''}
            {say(view, { zh: '：', en: ': ' })}
            {say(view, text)}
          </li>
        ))}
      </ul>
      {more > 0 ? <p>{say(view, { zh: `另有 ${more} 行有误。`, en: `Lines with errors besides: ${more}.` })}</p> : null}
    </div>
  )
}

export const Told = ({ children }: { children: ComponentChildren }) => (
  <p class="told" role="status">
    {children}
  </p>
)

type AutoComplete =
  | 'name'
  | 'email'
  | 'tel'
  | 'organization'
  | 'country'
  | 'address-level1'
  | 'address-level2'
  | 'address-level3'
  | 'address-line1'
  | 'address-line2'
  | 'postal-code'
  | 'current-password'
  | 'new-password'
  | 'one-time-code'
  | 'off'

/** What somebody did just now, said in one sentence; nothing where nothing was done. */
export function Outcome({ view, done, words }: { view: View; done?: string | undefined; words: Outcomes }) {
  const said = done !== undefined && Object.hasOwn(words, done) ? words[done] : undefined
  return said ? <Told>{say(view, said)}</Told> : null
}
export type Outcomes = Readonly<Record<string, Localized>>

export interface FieldProps {
  view: View
  sent: Sent
  name: string
  label: Localized
  type?: 'text' | 'email' | 'tel' | 'password' | 'number' | 'url' | 'datetime-local' | 'date' | 'file'
  /** Shown when nothing was typed yet. */
  value?: string | number | undefined
  hint?: Localized | undefined
  required?: boolean
  rows?: number
  min?: number
  max?: number
  step?: number | 'any'
  minLength?: number
  maxLength?: number
  autoComplete?: AutoComplete
  /** The id of a `<datalist>` on the page. */
  list?: string
  /** What the script finds it by. */
  part?: string
  placeholder?: string
  options?: readonly { value: string; label: string }[] | undefined
  suffix?: string | undefined
}

interface ControlProps extends Pick<
  FieldProps,
  'options' | 'rows' | 'suffix' | 'min' | 'max' | 'step' | 'list' | 'autoComplete'
> {
  common: { id: string; name: string }
  type: NonNullable<FieldProps['type']>
  shown: string | number
}

/** What is filled in: a choice, some lines of text, or an input. */
function Control({ common, type, shown, options, rows, suffix, ...rest }: ControlProps) {
  if (options)
    return (
      <select {...common} {...(rest.autoComplete === undefined ? {} : { autoComplete: rest.autoComplete })}>
        {options.map((option) => (
          <option value={option.value} selected={String(shown) === option.value}>
            {option.label}
          </option>
        ))}
      </select>
    )
  if (rows)
    return (
      <textarea {...common} rows={rows}>
        {shown}
      </textarea>
    )
  return (
    <span class={suffix ? 'with-suffix' : 'no-suffix'}>
      <input
        {...common}
        // Preact's types want one literal per element; which one it is does not change the others here.
        type={type as 'text'}
        {...(type === 'file' ? {} : { value: String(shown) })}
        {...(rest.min === undefined ? {} : { min: rest.min })}
        {...(rest.max === undefined ? {} : { max: rest.max })}
        {...(rest.step === undefined ? {} : { step: rest.step })}
        {...(rest.list === undefined ? {} : { list: rest.list })}
        {...(rest.autoComplete === undefined ? {} : { autoComplete: rest.autoComplete })}
        {...(type === 'number' ? { inputMode: 'decimal' as const } : {})}
      />
      {suffix ? <span class="suffix">{suffix}</span> : null}
    </span>
  )
}

/** A labelled input that keeps what was typed and carries its own refusal. */
export function Field({ view, sent, name, label, type = 'text', value, hint, options, suffix, ...rest }: FieldProps) {
  // Two forms of a page may ask for the same thing (an e-mail), so the name alone would not do.
  const id = `${view.ids ?? ''}${useId()}`
  const refused = sent.failure?.extra.field === name ? sent.failure : undefined
  const shown = type === 'password' ? '' : (sent.values[name] ?? value ?? '')
  const described = [hint && `${id}-hint`, refused && `${id}-error`].filter(Boolean).join(' ')
  const common = {
    id,
    name,
    required: rest.required ?? false,
    ...(described ? { 'aria-describedby': described } : {}),
    ...(refused ? { 'aria-invalid': 'true' as const } : {}),
    ...(rest.minLength === undefined ? {} : { minLength: rest.minLength }),
    ...(rest.maxLength === undefined ? {} : { maxLength: rest.maxLength }),
    ...(rest.placeholder === undefined ? {} : { placeholder: rest.placeholder }),
    ...(rest.part === undefined ? {} : { 'data-part': rest.part }),
  }
  return (
    <div class={refused ? 'field field-bad' : 'field'}>
      <label for={id}>
        {say(view, label)}
        {rest.required || options ? null : <span class="optional">{say(view, { zh: '选填', en: 'optional' })}</span>}
      </label>
      <Control common={common} type={type} shown={shown} options={options} suffix={suffix} {...rest} />
      {hint ? (
        <p class="hint" id={`${id}-hint`}>
          {say(view, hint)}
        </p>
      ) : null}
      {refused ? (
        <p class="field-error" id={`${id}-error`} role="alert">
          {refused.say(view.lang)}
        </p>
      ) : null}
    </div>
  )
}

export function Tick({
  view,
  name,
  value = 'yes',
  label,
  checked = false,
}: {
  view: View
  name: string
  value?: string
  label: Localized
  checked?: boolean
}) {
  return (
    <label class="tick">
      <input type="checkbox" name={name} value={value} checked={checked} />
      <span>{say(view, label)}</span>
    </label>
  )
}

/** The sizes of one view of one colourway, smallest first. */
function variants(pictures: readonly StylePicture[], colourway: string | undefined, view: string): StylePicture[] {
  return pictures
    .filter((each) => each.view === view && (colourway === undefined || each.colourway === colourway))
    .sort((a, b) => a.width - b.width)
}

/** Which views there are of a colourway, in the order they were made, for a gallery: the 4:5 is the front once more. */
export const viewsOf = (pictures: readonly StylePicture[], colourway: string): string[] => [
  ...new Set(
    pictures.filter((each) => each.colourway === colourway && each.view !== 'front-portrait').map((each) => each.view),
  ),
]

/** What a link to a style is previewed with: the 4:5 once it is drawn, the front until then; JPEG, which all can read. */
export function previewPicture(pictures: readonly StylePicture[]): SharedPicture | undefined {
  for (const view of ['front-portrait', 'front']) {
    const found = pictures.find((each) => each.view === view && each.files['jpeg'])
    const hash = found?.files['jpeg']
    if (found && hash) return { path: fileAddress(hash, 'jpg'), width: found.width, height: found.height }
  }
  return undefined
}
export interface SharedPicture {
  path: string
  width: number
  height: number
}

export const fileAddress = (hash: string, format: string) => `/pictures/${hash}.${format}`
const srcSet = (pictures: readonly StylePicture[], format: string) =>
  pictures
    .flatMap(({ files, width }) => (files[format] ? [`${fileAddress(files[format], format)} ${width}w`] : []))
    .join(', ')

export interface PictureProps {
  view: View
  pictures: readonly StylePicture[]
  /** Without one: whichever colourway was rendered first. */
  colourway?: string | undefined
  shot?: string
  alt: string
  /** CSS `sizes`: how wide it is shown. */
  sizes: string
  /** Above the fold: loaded at once. */
  eager?: boolean
  /** Link to the full file. */
  zoom?: boolean
}

/** A style's picture, whole (its AI label stands at an edge and is never cropped away), AVIF where it is understood. */
export function Picture(props: PictureProps) {
  const { view, pictures, shot = 'front', alt, sizes, eager = false, zoom = false } = props
  const colourway = props.colourway ?? pictures.find((each) => each.view === shot)?.colourway
  const found = variants(pictures, colourway, shot)
  const largest = found.at(-1)
  const format = ['webp', 'png', 'avif'].find((each) => largest?.files[each])
  if (!largest || !format) return <span class="no-picture">{say(view, { zh: '暂无图片', en: 'No picture yet' })}</span>
  const address = fileAddress(largest.files[format] ?? '', format)
  const avif = srcSet(found, 'avif')
  const image = (
    <picture>
      {avif ? <source type="image/avif" srcSet={avif} sizes={sizes} /> : null}
      <img
        src={address}
        srcSet={srcSet(found, format)}
        sizes={sizes}
        width={largest.width}
        height={largest.height}
        alt={alt}
        loading={eager ? 'eager' : 'lazy'}
        decoding="async"
      />
    </picture>
  )
  return zoom ? (
    <a class="zoom" href={address} data-zoom>
      {image}
      <span class="hidden">{say(view, { zh: '查看大图', en: 'See it large' })}</span>
    </a>
  ) : (
    image
  )
}

export const viewName = (view: View, shot: string): string => wordFor(view, VIEW_NAME, shot)

/** A colourway's cloth and contrast as two halves of a disc. */
export function Swatch({ colourway, size = 22 }: { colourway: Colourway; size?: number }) {
  const main = safeColour(colourway.colours['shell']) ?? '#ffffff'
  const second = safeColour(colourway.colours['contrast'] ?? colourway.colours['button'] ?? main) ?? main
  return (
    <svg class="swatch" width={size} height={size} viewBox="0 0 22 22" aria-hidden="true">
      <circle cx="11" cy="11" r="10" fill={main} />
      <path d="M11 21a10 10 0 0 0 10-10H11z" fill={second} />
      <circle cx="11" cy="11" r="10.5" fill="none" stroke="#1b1916" stroke-opacity=".25" />
    </svg>
  )
}

/** Facts as term and value. */
export function Facts({ rows }: { rows: readonly (readonly [label: string, value: ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {rows.map(([label, value]) => (
        <div>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

export interface Column<R> {
  head: string
  cell: (row: R) => ComponentChildren
  /** Numbers stand right. */
  number?: boolean
}

/** A list as a table; on a phone each row becomes a card with its heads beside the values. */
export function Table<R>({
  columns,
  rows,
  empty,
  caption,
}: {
  columns: readonly Column<R>[]
  rows: readonly R[]
  empty: string
  caption?: string
}) {
  if (!rows.length) return <p class="empty">{empty}</p>
  return (
    <div class="table-frame">
      <table class="rows">
        {caption ? <caption>{caption}</caption> : null}
        <thead>
          <tr>
            {columns.map(({ head, number }) => (
              <th scope="col" class={number ? 'num' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {columns.map(({ head, cell, number }) => (
                <td class={number ? 'num' : undefined} data-head={head}>
                  <div>{cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The way on in a long list. */
export const More = ({ view, href }: { view: View; href: string | undefined }) =>
  href ? (
    <p class="more">
      <a class="button" href={href}>
        {say(view, { zh: '更多', en: 'More' })}
      </a>
    </p>
  ) : null

/** Values of any depth as a readable list: evidence, inputs of a decision, details of a report. */
export function Values({ value }: { value: unknown }) {
  if (value === null || value === undefined || value === '') return <span class="soft">–</span>
  if (Array.isArray(value))
    return value.length ? (
      <ul class="values">
        {value.slice(0, 40).map((each) => (
          <li>
            <Values value={each} />
          </li>
        ))}
      </ul>
    ) : (
      <span class="soft">–</span>
    )
  if (typeof value === 'object')
    return (
      <dl class="values">
        {Object.entries(value).map(([key, each]) => (
          <div>
            <dt>{key}</dt>
            <dd>
              <Values value={each} />
            </dd>
          </div>
        ))}
      </dl>
    )
  if (typeof value === 'number')
    return <span>{Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)))}</span>
  return <span>{String(value)}</span>
}
