/** What is held on a person: looked for, handed out, erased. */
import type { Localized } from '../../../core/values.ts'
import type { Erasure, Preview } from '../../../stages/0-house/people/planning.ts'
import type { Kept } from '../../../stages/0-house/upkeep.ts'
import { PRIVACY_PATH } from '../../../core/notice.ts'
import { Layout } from '../layout.tsx'
import { Facts, Field, Heading, NOTHING_SENT, Refusal, Told, type Sent } from '../parts.tsx'
import { count, say, type View } from '../view.ts'

export interface PeoplePageProps {
  view: View
  sent: Sent
  /** The person who was looked for, with what would go and stay. */
  found: { email: string; preview: Preview; confirm: Sent } | undefined
  done: Erasure | undefined
}

const KINDS: Readonly<Record<keyof Preview['erased'], Localized>> = {
  preorders: { zh: '已结束的预订', en: 'Pre-orders that have ended' },
  inquiries: { zh: '咨询', en: 'Questions' },
  letters: { zh: '邮件', en: 'Letters' },
  accounts: { zh: '工作台账号', en: 'Accounts of the console' },
}
const KEPT: Readonly<Record<Kept['what'], Localized>> = {
  preorder: { zh: '预订', en: 'Pre-order' },
  letter: { zh: '邮件', en: 'Letter' },
  account: { zh: '账号', en: 'Account' },
  factory: { zh: '工厂', en: 'Factory' },
  partner: { zh: '合作方', en: 'Partner' },
}

const Counts = ({ view, of }: { view: View; of: Preview['erased'] }) => (
  <Facts
    rows={(Object.keys(KINDS) as (keyof typeof KINDS)[]).map(
      (kind) => [say(view, KINDS[kind]), <span class="num">{count(view, of[kind])}</span>] as const,
    )}
  />
)

const Stays = ({ view, kept }: { view: View; kept: readonly Kept[] }) =>
  kept.length ? (
    <>
      <h3>{say(view, { zh: '暂时保留，以及原因', en: 'What stays for now, and why' })}</h3>
      <ul>
        {kept.map(({ what, id, why }) => (
          <li>
            {say(view, KEPT[what])} <code class="mono">{id}</code>
            {say(view, { zh: '：', en: ': ' })}
            {say(view, why)}
          </li>
        ))}
      </ul>
    </>
  ) : null

const isNothing = ({ erased, kept }: Preview) => !kept.length && Object.values(erased).every((n) => n === 0)

function Found({ view, email, preview, confirm }: { view: View } & NonNullable<PeoplePageProps['found']>) {
  if (isNothing(preview))
    return (
      <p class="empty">{say(view, { zh: `没有保存与 ${email} 有关的内容。`, en: `Nothing is held on ${email}.` })}</p>
    )
  return (
    <section class="section stack">
      <h2>{email}</h2>
      <form method="post" action="/console/people/export">
        <input type="hidden" name="email" value={email} />
        <button type="submit" class="second">
          {say(view, { zh: '导出全部内容（JSON）', en: 'Take away everything held (JSON)' })}
        </button>
      </form>
      <form class="form stack" method="post" action="/console/people/erase">
        <h3>{say(view, { zh: '匿名化后不再与此人有关', en: 'What becomes nobody’s' })}</h3>
        <Refusal view={view} sent={confirm} fields={['confirm']} />
        <Counts view={view} of={preview.erased} />
        <Stays view={view} kept={preview.kept} />
        <p>
          {say(view, {
            zh: '件数、批次和价格不变。无法撤销；备份中仍有此前的数据，恢复后会再次匿名化。',
            en: 'Counts, lots and prices stay as they are. It cannot be taken back; backups hold earlier data, which is erased again when one is put back.',
          })}
        </p>
        <input type="hidden" name="email" value={email} />
        <Field
          view={view}
          sent={confirm}
          name="confirm"
          label={{ zh: '再输入一次该邮箱以确认', en: 'Type the e-mail once more to confirm' }}
          required
          maxLength={254}
          autoComplete="off"
        />
        <button type="submit" class="danger">
          {say(view, { zh: '匿名化', en: 'Erase' })}
        </button>
      </form>
    </section>
  )
}

export function PeoplePage({ view, sent, found, done }: PeoplePageProps) {
  const title = say(view, { zh: '个人数据', en: 'Data of people' })
  return (
    <Layout view={view} title={title} face="console">
      <Heading
        title={title}
        lead={say(view, {
          zh: '有人索取或要求删除其信息时在此办理。请先确认提出者就是该邮箱的主人。',
          en: 'For when somebody asks for what is held on them, or to have it erased. Make sure first that the address is theirs.',
        })}
      >
        <a href={PRIVACY_PATH}>{say(view, { zh: '隐私说明', en: 'Privacy notice' })}</a>
      </Heading>
      {done ? (
        <div role="status">
          <Told>{say(view, { zh: '已匿名化。', en: 'Erased.' })}</Told>
          <Counts view={view} of={done.erased} />
          <Stays view={view} kept={done.kept} />
        </div>
      ) : null}
      <form class="stack" method="post" action="/console/people">
        <Refusal view={view} sent={sent} fields={['email']} />
        <Field
          view={view}
          sent={found ? NOTHING_SENT : sent}
          name="email"
          label={{ zh: '邮箱', en: 'E-mail' }}
          value={found?.email}
          required
          maxLength={254}
          autoComplete="off"
        />
        <button type="submit" class="primary">
          {say(view, { zh: '查看保存了什么', en: 'See what is held' })}
        </button>
      </form>
      {found ? <Found view={view} {...found} /> : null}
    </Layout>
  )
}
