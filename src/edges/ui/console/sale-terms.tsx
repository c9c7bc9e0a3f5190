/** The terms of sale, in both languages: each change a version, with who and when. */
import { TERMS_PATH } from '../shop/terms.tsx'
import { Layout } from '../layout.tsx'
import { Field, Heading, Refusal, Table, Told, type Sent } from '../parts.tsx'
import { moment, say, type View } from '../view.ts'

export interface SaleTermsPageProps {
  view: View
  /** Newest first. */
  versions: readonly { version: number; hash: string; zh: string; en: string; at: Date; by: string }[]
  /** What the program suggests to begin with. */
  suggested: { zh: string; en: string }
  names: ReadonlyMap<string, string>
  sent: Sent
  done: boolean
}

export function SaleTermsPage({ view, versions, suggested, names, sent, done }: SaleTermsPageProps) {
  const title = say(view, { zh: '预售条款', en: 'Terms of sale' })
  const [current] = versions
  const words = current ?? suggested
  return (
    <Layout view={view} title={title} face="console">
      <Heading
        title={title}
        lead={say(view, {
          zh: '买家下单时须同意的内容，中英文同时保存。每次修改生成新版本；之前的订单仍按当时同意的版本。',
          en: 'What buyers accept when they order, in both languages at once. Each change is a new version; what was ordered before stays with the one that was accepted.',
        })}
      />
      {done ? <Told>{say(view, { zh: '已保存。', en: 'Saved.' })}</Told> : null}
      {current ? null : (
        <p class="section-note">
          {say(view, {
            zh: '目前没有条款，下单时不要求同意。下面是按系统实际行为写的建议稿，保存后才生效。',
            en: 'There are none yet, and nobody is asked to accept any. Below is a draft that says what the program does; it holds once you save it.',
          })}
        </p>
      )}
      <form class="form stack" method="post" action="/console/sale-terms">
        <Refusal view={view} sent={sent} fields={['zh', 'en']} />
        <input type="hidden" name="after" value={String(current?.version ?? 0)} />
        <Field
          view={view}
          sent={sent}
          name="zh"
          label={{ zh: '中文', en: 'Chinese' }}
          value={words.zh}
          rows={10}
          required
        />
        <Field
          view={view}
          sent={sent}
          name="en"
          label={{ zh: '英文', en: 'English' }}
          value={words.en}
          rows={10}
          required
        />
        <button type="submit" class="primary">
          {say(view, { zh: '保存为新版本', en: 'Save as a new version' })}
        </button>
      </form>
      {versions.length ? (
        <section class="section">
          <h2>{say(view, { zh: '版本', en: 'Versions' })}</h2>
          <Table
            rows={versions}
            empty=""
            columns={[
              {
                head: say(view, { zh: '版本', en: 'Version' }),
                cell: ({ version }) => <a href={`${TERMS_PATH}/${version}`}>{version}</a>,
              },
              { head: say(view, { zh: '时间', en: 'When' }), cell: ({ at }) => moment(view, at) },
              { head: say(view, { zh: '修改人', en: 'Who' }), cell: ({ by }) => names.get(by) ?? by },
              { head: 'SHA-256', cell: ({ hash }) => <span class="mono">{hash.slice(0, 16)}…</span> },
            ]}
          />
        </section>
      ) : null}
    </Layout>
  )
}
