import { may } from '../../../core/actor.ts'
import { BLOCKS, CATEGORIES, CATEGORY_NAMES, GENDERS, TEXTURES } from '../../../garments/index.ts'
import type { Localized } from '../../../core/values.ts'
import { termOf } from '../../../stages/1-trends/vocabulary/index.ts'
import { TERM_KINDS, type Term } from '../../../stages/1-trends/vocabulary/term.ts'
import { WORD_STATES, type Word, type WordDecision, type WordState } from '../../../stages/1-trends/words.ts'
import { Sparkline } from '../charts.tsx'
import { Layout } from '../layout.tsx'
import { Badge, Field, Heading, More, Refusal, Table, Tick, Time, type Sent } from '../parts.tsx'
import { count, percent, say, type View } from '../view.ts'
import { Titles } from './titles.tsx'
import { GENDER, TREND_KIND, wordFor } from '../words.ts'

const STATE: Readonly<Record<WordState, Localized>> = {
  new: { zh: '待处理', en: 'to decide' },
  accepted: { zh: '已收录', en: 'accepted' },
  merged: { zh: '已合并', en: 'merged' },
  dismissed: { zh: '已忽略', en: 'dismissed' },
}
const ACT: Readonly<Record<WordDecision['act'], Localized>> = {
  accepted: { zh: '收录', en: 'accepted' },
  merged: { zh: '合并', en: 'merged' },
  dismissed: { zh: '忽略', en: 'dismissed' },
  undone: { zh: '撤销', en: 'taken back' },
  imported: { zh: '导入', en: 'imported' },
}
const ORIGIN: Readonly<Record<Word['origin'], Localized>> = {
  titles: { zh: '标题', en: 'titles' },
  hashtag: { zh: '话题标签', en: 'a hashtag' },
  column: { zh: '导出文件的列', en: 'a column of an export' },
  file: { zh: '词表文件', en: 'a vocabulary file' },
}

/** How strong it is, in the words of its score. */
function Strength({ view, word }: { view: View; word: Word }) {
  if (word.burst !== null)
    return (
      <>
        ×{count(view, Math.exp(word.burst), 1)}{' '}
        <span class="small soft">
          {word.confidence === null
            ? ''
            : say(view, { zh: `把握 ${percent(view, word.confidence)}`, en: `${percent(view, word.confidence)} sure` })}
        </span>
      </>
    )
  const change = Math.max(word.lift ?? 0, word.rise ?? 0)
  return <>{change > 0 ? `+${percent(view, Math.exp(change) - 1)}` : '–'}</>
}

/** What is known of it: 夹克 in 报童夹克; or what it was decided to mean. */
function Meaning({ view, word }: { view: View; word: Word }) {
  if (word.meaning) return <>{say(view, word.meaning.label)}</>
  if (word.into) return <>{say(view, termOf(word.into)?.label ?? { zh: word.into, en: word.into })}</>
  const inside = word.evidence.inside.map(({ label }) => say(view, label))
  return inside.length ? <span class="soft">{inside.join(' + ')}</span> : <span class="soft">–</span>
}

export interface WordsPageProps {
  view: View
  words: readonly Word[]
  counts: Readonly<Record<WordState, number>>
  state: WordState
  more: string | undefined
  sent: Sent
  /** The house's own vocabulary, to be kept or taken elsewhere. */
  file: string
}

/** What people say that the vocabulary lacks; and what was decided of it. */
export function WordsPage({ view, words, counts, state, more, sent, file }: WordsPageProps) {
  return (
    <Layout view={view} title={say(view, { zh: '新词', en: 'New words' })} face="console">
      <Heading
        title={say(view, { zh: '新词', en: 'New words' })}
        eyebrow={<a href="/console/trends">{say(view, { zh: '趋势', en: 'Trends' })}</a>}
        lead={say(view, {
          zh: '大家在说、而词表里还没有的词。看标题再决定：收录并说明含义、合并到已有词条，或忽略。',
          en: 'What people say and the vocabulary lacks. Read the titles, then decide: accept it with what it means, merge it into a term, or dismiss it.',
        })}
      />
      <nav class="filters" aria-label={say(view, { zh: '筛选', en: 'Filter' })}>
        {WORD_STATES.map((each) => (
          <a href={`/console/words?state=${each}`} {...(each === state ? { 'aria-current': 'page' as const } : {})}>
            {say(view, STATE[each])} ({counts[each]})
          </a>
        ))}
      </nav>
      <Table
        rows={words}
        empty={say(
          view,
          state === 'new'
            ? {
                zh: '目前没有待处理的新词。至少读取五周标题后才能看出哪些是新的。',
                en: 'No new words at the moment. At least five weeks of titles are needed to tell what is new.',
              }
            : { zh: '这里还没有词。', en: 'Nothing here yet.' },
        )}
        columns={[
          {
            head: say(view, { zh: '词', en: 'Word' }),
            cell: ({ id, word, evidence }) => (
              <>
                <a class="trend-name" href={`/console/words/${id}`}>
                  {word}
                </a>
                {evidence.sources.length === 1 ? (
                  <span class="small soft"> {say(view, { zh: '仅一个来源', en: 'one source only' })}</span>
                ) : null}
              </>
            ),
          },
          { head: say(view, { zh: '含义', en: 'Meaning' }), cell: (word) => <Meaning view={view} word={word} /> },
          {
            head: say(view, { zh: '一年走势', en: 'One year' }),
            cell: ({ word, evidence }) => <Sparkline values={evidence.series.map(({ value }) => value)} label={word} />,
          },
          { head: say(view, { zh: '强度', en: 'Strength' }), cell: (word) => <Strength view={view} word={word} /> },
          {
            head: say(view, { zh: '标题', en: 'Titles' }),
            cell: ({ evidence }) => (
              <span class="small">{evidence.items[0]?.title ?? evidence.sources.join(' · ')}</span>
            ),
          },
        ]}
      />
      <More view={view} href={more} />
      {may(view.actor, 'trends') ? (
        <section class="section stack">
          <h2>{say(view, { zh: '词表文件', en: 'Vocabulary file' })}</h2>
          <p class="section-note">
            {say(view, {
              zh: '自有词条每行一个 JSON 对象。可复制保存，或粘贴后导入：任何一行有误则全部不导入。',
              en: 'The house’s own words, one JSON object a line. Copy it to keep it; paste one to take it over: where a line is wrong, nothing is.',
            })}
          </p>
          <form method="post" action="/console/vocabulary" class="stack">
            <Refusal view={view} sent={sent} fields={['file']} />
            <Field
              view={view}
              sent={sent}
              name="file"
              rows={8}
              required
              label={{ zh: '词表', en: 'Vocabulary' }}
              value={file}
            />
            <button type="submit" class="second">
              {say(view, { zh: '导入', en: 'Take over' })}
            </button>
          </form>
        </section>
      ) : null}
    </Layout>
  )
}

interface DetailGroup {
  slot: string
  label: Localized
  options: { value: string; label: Localized }[]
}

/** Every choice of construction that any garment has, once. */
const DETAILS: readonly DetailGroup[] = (() => {
  const groups = new Map<string, DetailGroup>()
  for (const { construction } of BLOCKS)
    for (const { slot, label, options } of construction) {
      const group = groups.get(slot) ?? { slot, label, options: [] }
      groups.set(slot, group)
      for (const { value, label: name } of options)
        if (!group.options.some((each) => each.value === value)) group.options.push({ value, label: name })
    }
  return [...groups.values()]
})()

const OPEN_CHOICE = { value: '', label: '–' }

/** What it means, or may: 报童夹克 is a 夹克. */
function guessOf({ meaning, evidence }: Word): Pick<Term, 'kind' | 'label' | 'implies' | 'parts' | 'weak'> {
  if (meaning) return meaning
  const parts = evidence.inside.map(({ term }) => term)
  const category = parts.map((id) => termOf(id)?.implies.category).find((each) => each !== undefined)
  return { kind: 'garment', label: { zh: '', en: '' }, implies: category ? { category } : {}, parts, weak: false }
}

function MeaningFields({ view, sent, word }: { view: View; sent: Sent; word: Word }) {
  const { kind, label, implies, parts, weak } = guessOf(word)
  const chosen = new Set(Object.entries(implies.construction ?? {}).map(([slot, value]) => `${slot}:${value}`))
  return (
    <>
      <div class="fields">
        <Field
          view={view}
          sent={sent}
          name="kind"
          label={{ zh: '类别', en: 'Kind' }}
          value={kind}
          options={TERM_KINDS.map((value) => ({ value, label: wordFor(view, TREND_KIND, value) }))}
        />
        <Field
          view={view}
          sent={sent}
          name="category"
          label={{ zh: '品类', en: 'Garment' }}
          value={implies.category ?? ''}
          options={[OPEN_CHOICE, ...CATEGORIES.map((value) => ({ value, label: say(view, CATEGORY_NAMES[value]) }))]}
        />
        <Field
          view={view}
          sent={sent}
          name="texture"
          label={{ zh: '面料', en: 'Cloth' }}
          value={implies.texture ?? ''}
          options={[
            OPEN_CHOICE,
            ...TEXTURES.map((value) => ({ value, label: say(view, termOf(value)?.label ?? { zh: value, en: value }) })),
          ]}
        />
        <Field
          view={view}
          sent={sent}
          name="gender"
          label={{ zh: '性别', en: 'For' }}
          value={implies.gender ?? ''}
          options={[OPEN_CHOICE, ...GENDERS.map((value) => ({ value, label: wordFor(view, GENDER, value) }))]}
        />
        <Field
          view={view}
          sent={sent}
          name="colour"
          label={{ zh: '颜色', en: 'Colour' }}
          placeholder="#4b5320"
          value={implies.colour ?? ''}
        />
        <Field view={view} sent={sent} name="labelZh" label={{ zh: '中文名', en: 'Chinese name' }} value={label.zh} />
        <Field view={view} sent={sent} name="labelEn" label={{ zh: '英文名', en: 'English name' }} value={label.en} />
      </div>
      <Details view={view} chosen={chosen} />
      <Parts view={view} word={word} chosen={new Set(parts)} />
      <Tick
        view={view}
        name="weak"
        checked={weak}
        label={{
          zh: '日常用词：只有同时谈到服装时才算',
          en: 'An everyday word: counts only where clothing is spoken of',
        }}
      />
    </>
  )
}

const Details = ({ view, chosen }: { view: View; chosen: ReadonlySet<string> }) => (
  <details {...(chosen.size ? { open: true } : {})}>
    <summary>{say(view, { zh: '细节', en: 'Details' })}</summary>
    {DETAILS.map(({ slot, label, options }) => (
      <fieldset class="ticks">
        <legend>{say(view, label)}</legend>
        {options.map((option) => (
          <Tick
            view={view}
            name="details"
            value={`${slot}:${option.value}`}
            label={option.label}
            checked={chosen.has(`${slot}:${option.value}`)}
          />
        ))}
      </fieldset>
    ))}
  </details>
)

/** Known terms inside it and beside it: what is said within the word. */
function Parts({ view, word, chosen }: { view: View; word: Word; chosen: ReadonlySet<string> }) {
  const offered = [...word.evidence.inside, ...word.evidence.beside]
  const terms = new Map(offered.flatMap(({ term, label }) => (term ? [[term, label] as const] : [])))
  for (const part of chosen) terms.set(part, terms.get(part) ?? termOf(part)?.label ?? { zh: part, en: part })
  if (!terms.size) return null
  return (
    <fieldset class="ticks">
      <legend>{say(view, { zh: '词中包含', en: 'Said inside it' })}</legend>
      {[...terms].map(([term, label]) => (
        <Tick view={view} name="parts" value={term} label={label} checked={chosen.has(term)} />
      ))}
    </fieldset>
  )
}

const Reason = ({ view, sent }: { view: View; sent: Sent }) => (
  <Field view={view} sent={sent} name="reason" label={{ zh: '理由', en: 'Why' }} />
)

function Decide({ view, word, sent }: { view: View; word: Word; sent: Sent }) {
  const at = `/console/words/${word.id}`
  return (
    <section class="section stack">
      <h2>{say(view, { zh: '处理', en: 'Decide' })}</h2>
      <Refusal view={view} sent={sent} fields={['into']} />
      <form method="post" action={`${at}/accept`} class="stack">
        <MeaningFields view={view} sent={sent} word={word} />
        <Reason view={view} sent={sent} />
        <button type="submit" class="primary">
          {word.state === 'accepted'
            ? say(view, { zh: '保存含义', en: 'Save what it means' })
            : say(view, { zh: '收录', en: 'Accept' })}
        </button>
      </form>
      <form method="post" action={`${at}/merge`} class="row">
        <Field
          view={view}
          sent={sent}
          name="into"
          required
          label={{ zh: '合并到词条', en: 'Merge into the term' }}
          placeholder={say(view, { zh: '如：夹克', en: 'e.g. jacket' })}
        />
        <Reason view={view} sent={sent} />
        <button type="submit" class="second">
          {say(view, { zh: '合并', en: 'Merge' })}
        </button>
      </form>
      <form method="post" action={`${at}/dismiss`} class="row">
        <Reason view={view} sent={sent} />
        <button type="submit" class="second">
          {say(view, { zh: '忽略', en: 'Dismiss' })}
        </button>
      </form>
    </section>
  )
}

export interface WordPageProps {
  view: View
  word: Word
  decisions: readonly WordDecision[]
  sent: Sent
}

/** One word with what it rests on, and what may be decided of it. */
export function WordPage({ view, word, decisions, sent }: WordPageProps) {
  const { evidence } = word
  const mayDecide = may(view.actor, 'trends')
  const { counts } = evidence
  return (
    <Layout view={view} title={word.word} face="console">
      <Heading
        title={word.word}
        eyebrow={
          <>
            <a href="/console/words">{say(view, { zh: '新词', en: 'New words' })}</a> ·{' '}
            {say(view, { zh: `来自${ORIGIN[word.origin].zh}`, en: `from ${ORIGIN[word.origin].en}` })}
          </>
        }
      >
        <Badge tone={word.state === 'new' ? 'accent' : 'plain'}>{say(view, STATE[word.state])}</Badge>
      </Heading>
      <p>
        <Strength view={view} word={word} />{' '}
        {counts.days
          ? say(view, {
              zh: `四周内 ${counts.days} 天、${counts.stories} 则不同内容提到；加权 ${count(view, counts.recent, 1)} 次，平常应为 ${count(view, counts.expected, 1)} 次。`,
              en: `In four weeks ${counts.stories} stories on ${counts.days} days; ${count(view, counts.recent, 1)} weighted mentions, where ${count(view, counts.expected, 1)} would be usual.`,
            })
          : null}
      </p>
      <Sparkline values={evidence.series.map(({ value }) => value)} label={word.word} width={460} height={90} />
      {evidence.aliases.length ? (
        <p class="small soft">
          {say(view, { zh: '同样的标题中还有：', en: 'In the same titles: ' })}
          {evidence.aliases.join(' · ')}
        </p>
      ) : null}
      {evidence.beside.length ? (
        <p>
          {say(view, { zh: '常与这些词一起出现：', en: 'Said beside: ' })}
          {evidence.beside.map(({ label, times }) => `${say(view, label)} ×${times}`).join(' · ')}
        </p>
      ) : null}
      <section class="section">
        <h2>{say(view, { zh: '标题', en: 'Titles' })}</h2>
        <Titles view={view} items={evidence.items} />
      </section>
      {mayDecide ? <Decide view={view} word={word} sent={sent} /> : null}
      {decisions.length ? (
        <section class="section stack">
          <h2>{say(view, { zh: '处理记录', en: 'What was decided' })}</h2>
          <Table
            rows={decisions}
            empty=""
            columns={[
              { head: say(view, { zh: '时间', en: 'When' }), cell: ({ at }) => <Time view={view} at={at} /> },
              { head: say(view, { zh: '处理', en: 'What' }), cell: ({ act }) => say(view, ACT[act]) },
              { head: say(view, { zh: '由谁', en: 'Who' }), cell: ({ by }) => by },
              { head: say(view, { zh: '理由', en: 'Why' }), cell: ({ reason }) => reason ?? '–' },
            ]}
          />
          {mayDecide && decisions[0]?.act !== 'undone' ? (
            <form method="post" action={`/console/words/${word.id}/undo`}>
              <button type="submit" class="second">
                {say(view, { zh: '撤销上一次处理', en: 'Take the last one back' })}
              </button>
            </form>
          ) : null}
        </section>
      ) : null}
    </Layout>
  )
}
