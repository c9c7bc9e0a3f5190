import type { StandingTrouble } from '../../../db/outbox.ts'
import {
  formatName,
  FORMATS,
  type SourceFormat,
  type UploadPreview,
  type UploadResult,
} from '../../../stages/1-trends/model.ts'
import { Layout } from '../layout.tsx'
import { Badge, Facts, Field, Heading, Refusal, Table, Time, Told, type Sent } from '../parts.tsx'
import type { Ingest, Source } from '../../../db/rows.ts'
import { count, safeHref, say, type View } from '../view.ts'
import { SOURCE_KIND, wordFor } from '../words.ts'
import { Troubles } from './troubles.tsx'

export interface SourcesPageProps {
  view: View
  sources: readonly Source[]
  mayAct: boolean
  feed: Sent
  upload: Sent
  /** What an upload has just brought. */
  uploaded: UploadTold | undefined
  /** A table whose columns a person is to confirm before it counts. */
  asked: { kept: string; fields: Readonly<Record<string, string>>; preview: Asked } | undefined
}

type Asked = Pick<UploadPreview, 'columns' | 'found' | 'notes' | 'kept' | 'leftOut'>

type UploadTold = Pick<
  UploadResult,
  'sourceId' | 'name' | 'itemsSeen' | 'itemsNew' | 'kept' | 'changed' | 'leftOut' | 'notes' | 'columns'
>

const formatWord = (view: View, format: string) =>
  (FORMATS as readonly string[]).includes(format) ? say(view, formatName(format as SourceFormat)) : format

const LANGS = [
  { value: 'zh', label: '中文' },
  { value: 'en', label: 'English' },
]

export function SourceState({ view, source }: { view: View; source: Source }) {
  if (!source.enabled) return <Badge>{say(view, { zh: '已停用', en: 'Off' })}</Badge>
  if (source.lastError) return <Badge tone="bad">{say(view, { zh: '读取失败', en: 'Failing' })}</Badge>
  return <Badge tone="good">{say(view, { zh: '正常', en: 'Good' })}</Badge>
}

/** What was read, how much of it counts, and why the rest does not. */
function Brought({ view, uploaded }: { view: View; uploaded: UploadTold }) {
  const { itemsSeen, itemsNew, kept, changed, leftOut, notes, name, sourceId } = uploaded
  return (
    <Told>
      {say(view, {
        zh: `已读取 ${count(view, itemsSeen)} 条，其中 ${count(view, itemsNew)} 条是新的；保留 ${count(view, kept)}，调整 ${count(view, changed)}，略过 ${count(view, leftOut)}。来源：`,
        en: `${count(view, itemsSeen)} entries read, ${count(view, itemsNew)} of them new; ${count(view, kept)} kept, ${count(view, changed)} changed, ${count(view, leftOut)} left out. Source: `,
      })}
      <a href={`/console/sources/${sourceId}`}>{name}</a>
      {notes.map((note) => (
        <span class="how">{say(view, note)}</span>
      ))}
    </Told>
  )
}

const ROLES = [
  { role: 'date', label: { zh: '日期列', en: 'Date' } },
  { role: 'product', label: { zh: '商品列', en: 'Product' } },
  { role: 'category', label: { zh: '类目列', en: 'Category' } },
  { role: 'units', label: { zh: '件数列', en: 'Units' } },
  { role: 'keyword', label: { zh: '关键词列', en: 'Keyword' } },
  { role: 'value', label: { zh: '热度值列', en: 'Interest' } },
  { role: 'title', label: { zh: '标题列', en: 'Title' } },
] as const

/** Which column was taken as what; nothing is stored until a person has said yes, or chosen others. */
function Columns({ view, asked, sent }: { view: View; asked: NonNullable<SourcesPageProps['asked']>; sent: Sent }) {
  const { kept, fields, preview } = asked
  const chosen = new Map(preview.columns.map(({ role, column }) => [role, column]))
  const options = [
    { value: '', label: say(view, { zh: '（没有）', en: '(none)' }) },
    ...preview.found.map((column) => ({ value: column, label: column })),
  ]
  return (
    <form class="form section" method="post" action="/console/uploads" encType="multipart/form-data">
      <h2>{say(view, { zh: '请确认各列含义', en: 'Which column is what?' })}</h2>
      <p>
        {preview.columns.length
          ? say(view, {
              zh: `这像是一张销售表：将读取 ${count(view, preview.kept)} 个商品，略过 ${count(view, preview.leftOut)} 条。确认之前不会保存。`,
              en: `This looks like a table of sales: ${count(view, preview.kept)} products would be read, ${count(view, preview.leftOut)} entries left out. Nothing is stored until you confirm.`,
            })
          : say(view, {
              zh: '无法判断各列含义，尚未保存。销售表请选日期、商品或类目、件数；热度表请选日期、关键词、热度值；标题表请选日期、标题。',
              en: 'It is not clear which columns count, and nothing was stored. For sales choose date, product or category, and units; for interest date, keyword and interest; for titles date and title.',
            })}
      </p>
      {preview.notes.map((note) => (
        <p class="how">{say(view, note)}</p>
      ))}
      <input type="hidden" name="kept" value={kept} />
      {Object.entries(fields)
        .filter(([name]) => name !== 'kept' && !name.startsWith('column-'))
        .map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
      <div class="fields">
        {ROLES.map(({ role, label }) => (
          <Field
            view={view}
            sent={sent}
            name={`column-${role}`}
            label={label}
            value={chosen.get(role) ?? ''}
            options={options}
          />
        ))}
      </div>
      <button type="submit" class="primary">
        {say(view, { zh: '确认并保存', en: 'Confirm and store' })}
      </button>
    </form>
  )
}

export function SourcesPage({ view, sources, mayAct, feed, upload, uploaded, asked }: SourcesPageProps) {
  const formats = FORMATS.map((value) => ({ value, label: formatWord(view, value) }))
  return (
    <Layout view={view} title={say(view, { zh: '来源', en: 'Sources' })} face="console">
      <Heading
        title={say(view, { zh: '来源', en: 'Sources' })}
        lead={say(view, {
          zh: '订阅源会自动读取；导出文件可以上传。外来文字只当数据，不当指令。',
          en: 'Feeds are read by themselves; exports can be uploaded. What comes from outside is data, never an instruction.',
        })}
      />
      {uploaded ? <Brought view={view} uploaded={uploaded} /> : null}
      {asked ? <Columns view={view} asked={asked} sent={upload} /> : null}
      <Table
        rows={sources}
        empty={say(view, { zh: '还没有来源。', en: 'No sources yet.' })}
        columns={[
          {
            head: say(view, { zh: '来源', en: 'Source' }),
            cell: (source) => (
              <>
                <a href={`/console/sources/${source.id}`}>{source.name}</a>
                {source.lastError ? <span class="how bad">{say(view, source.lastError)}</span> : null}
              </>
            ),
          },
          { head: say(view, { zh: '方式', en: 'Kind' }), cell: ({ kind }) => wordFor(view, SOURCE_KIND, kind) },
          { head: say(view, { zh: '格式', en: 'Format' }), cell: ({ format }) => formatWord(view, format) },
          {
            head: say(view, { zh: '状态', en: 'State' }),
            cell: (source) => <SourceState view={view} source={source} />,
          },
          {
            head: say(view, { zh: '上次读取', en: 'Last read' }),
            cell: ({ lastFetchedAt }) => <Time view={view} at={lastFetchedAt} />,
          },
        ]}
      />
      {mayAct ? (
        <div class="two section">
          <form class="form" method="post" action="/console/sources">
            <h2>{say(view, { zh: '添加订阅源', en: 'Add a feed' })}</h2>
            <Refusal view={view} sent={feed} fields={['name', 'url', 'everyMinutes']} />
            <Field view={view} sent={feed} name="name" label={{ zh: '名称', en: 'Name' }} required maxLength={120} />
            <Field
              view={view}
              sent={feed}
              name="url"
              type="url"
              label={{ zh: '地址', en: 'Address' }}
              required
              hint={{
                zh: 'RSS、Atom 或 JSON Feed 的完整地址。',
                en: 'The whole address of an RSS, Atom or JSON feed.',
              }}
            />
            <div class="fields">
              <Field view={view} sent={feed} name="lang" label={{ zh: '语言', en: 'Language' }} options={LANGS} />
              <Field
                view={view}
                sent={feed}
                name="everyMinutes"
                type="number"
                label={{ zh: '间隔（分钟）', en: 'Every … minutes' }}
                value={60}
                min={5}
                required
              />
            </div>
            <button type="submit" class="primary">
              {say(view, { zh: '添加', en: 'Add' })}
            </button>
          </form>
          <form class="form" method="post" action="/console/uploads" encType="multipart/form-data">
            <h2>{say(view, { zh: '上传文件', en: 'Upload a file' })}</h2>
            <Refusal view={view} sent={upload} fields={['name', 'file', 'dates']} />
            <Field
              view={view}
              sent={upload}
              name="name"
              label={{ zh: '来源名称', en: 'Name of the source' }}
              maxLength={120}
              hint={{
                zh: '不填则按文件类型命名：同类文件归入同一来源，历史得以延续。',
                en: 'Without one it is named by the kind of file: files of a kind are one source, with one history.',
              }}
            />
            <div class="fields">
              <Field view={view} sent={upload} name="format" label={{ zh: '格式', en: 'Format' }} options={formats} />
              <Field view={view} sent={upload} name="lang" label={{ zh: '语言', en: 'Language' }} options={LANGS} />
              <Field view={view} sent={upload} name="region" label={{ zh: '地区', en: 'Region' }} maxLength={60} />
              <Field
                view={view}
                sent={upload}
                name="dates"
                label={{ zh: '日期顺序', en: 'Dates like 5/2/25' }}
                options={[
                  { value: 'auto', label: say(view, { zh: '自动判断', en: 'as the table shows' }) },
                  { value: 'month-first', label: say(view, { zh: '月在前', en: 'month first' }) },
                  { value: 'day-first', label: say(view, { zh: '日在前', en: 'day first' }) },
                ]}
              />
            </div>
            <Field
              view={view}
              sent={upload}
              name="file"
              type="file"
              label={{ zh: '文件', en: 'File' }}
              required
              hint={{
                zh: 'Google Trends、Pinterest、热搜榜、销售表等（CSV、.xlsx、JSON），最大 5 MB。',
                en: 'Google Trends, Pinterest, hot-search lists, tables of sales and the like (CSV, .xlsx, JSON); at most 5 MB.',
              }}
            />
            <button type="submit" class="primary">
              {say(view, { zh: '上传', en: 'Upload' })}
            </button>
          </form>
        </div>
      ) : null}
    </Layout>
  )
}

export interface SourcePageProps {
  view: View
  /** What failed for good about it, and waits to be tried again. */
  troubles?: readonly StandingTrouble[]
  source: Source
  ingests: readonly Ingest[]
  mayAct: boolean
  sent: Sent
}

export function SourcePage({ view, source, ingests, mayAct, sent, troubles }: SourcePageProps) {
  const href = safeHref(source.url)
  const act = (path: string, label: { zh: string; en: string }) => (
    <form method="post" action={`/console/sources/${source.id}/${path}`}>
      <button type="submit" class="second small">
        {say(view, label)}
      </button>
    </form>
  )
  return (
    <Layout view={view} title={source.name} face="console">
      <Heading title={source.name} eyebrow={<a href="/console/sources">{say(view, { zh: '来源', en: 'Sources' })}</a>}>
        <SourceState view={view} source={source} />
        {mayAct && source.kind === 'feed' ? (
          <>
            {source.enabled ? act('fetch', { zh: '立即读取', en: 'Read it now' }) : null}
            {source.enabled
              ? act('disable', { zh: '停用', en: 'Switch off' })
              : act('enable', { zh: '启用', en: 'Switch on' })}
          </>
        ) : null}
      </Heading>
      <Refusal view={view} sent={sent} />
      {source.lastError ? <p class="refusal">{say(view, source.lastError)}</p> : null}
      <Troubles view={view} rows={troubles?.filter(({ trouble }) => trouble.en !== source.lastError?.en)} />
      <Facts
        rows={[
          [
            say(view, { zh: '地址', en: 'Address' }),
            href ? (
              <a href={href} rel="noreferrer nofollow">
                {source.url}
              </a>
            ) : (
              (source.url ?? '–')
            ),
          ],
          [say(view, { zh: '格式', en: 'Format' }), formatWord(view, source.format)],
          [say(view, { zh: '上次读取', en: 'Last read' }), <Time view={view} at={source.lastFetchedAt} />],
          [say(view, { zh: '下次读取', en: 'Next' }), <Time view={view} at={source.nextFetchAt} />],
          [say(view, { zh: '连续失败', en: 'Failures in a row' }), count(view, source.failures)],
        ]}
      />
      <section class="section">
        <h2>{say(view, { zh: '读取记录', en: 'Readings' })}</h2>
        <Table
          rows={ingests}
          empty={say(view, { zh: '还没有读取。', en: 'Not read yet.' })}
          columns={[
            { head: say(view, { zh: '时间', en: 'When' }), cell: ({ at }) => <Time view={view} at={at} /> },
            {
              head: say(view, { zh: '条数', en: 'Entries' }),
              number: true,
              cell: ({ itemsSeen }) => count(view, itemsSeen),
            },
            { head: say(view, { zh: '新', en: 'New' }), number: true, cell: ({ itemsNew }) => count(view, itemsNew) },
            { head: 'kB', number: true, cell: ({ bytes }) => count(view, bytes / 1000, 1) },
            {
              head: say(view, { zh: '说明', en: 'Notes' }),
              cell: ({ notes, error }) => (
                <>
                  {error ? <span class="bad">{say(view, error)}</span> : null}
                  {notes.map((note) => (
                    <span class="how">{say(view, note)}</span>
                  ))}
                </>
              ),
            },
          ]}
        />
      </section>
    </Layout>
  )
}
