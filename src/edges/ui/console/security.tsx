import { SECURITY_ACTS, type SecurityAct } from '../../../core/security.ts'
import type { LogRow, Verdict } from '../../../stages/0-house/security.ts'
import { Layout } from '../layout.tsx'
import { Heading, More, Table, Time, Told, Values } from '../parts.tsx'
import { ACT, ACT_GROUP, faultWords } from '../security-words.ts'
import { count, say, type View } from '../view.ts'
import { who, wordFor, type ActorNames } from '../words.ts'

export interface SecurityPageProps {
  view: View
  rows: readonly LogRow[]
  act: string | undefined
  about: string | undefined
  names: ActorNames
  more: string | undefined
  verdict: Verdict | undefined
}

function Verified({ view, verdict }: { view: View; verdict: Verdict }) {
  const { rows, head, faults } = verdict
  if (faults.length)
    return (
      <div class="refusal" role="alert">
        <p>
          {say(view, {
            zh: '日志与写入时不一致，请保留数据库副本并查明原因：',
            en: 'The log is not what was written. Keep a copy of the database and find out why:',
          })}
        </p>
        <ul>
          {faults.slice(0, 50).map((fault) => (
            <li>{say(view, faultWords(fault))}</li>
          ))}
        </ul>
      </div>
    )
  return (
    <Told>
      {say(view, {
        zh: `${count(view, rows)} 条全部完好。请把链头抄到别处保存：`,
        en: `All ${count(view, rows)} rows are as they were written. Keep the head somewhere else: `,
      })}
      <code class="mono">{head ? `${head.seq}:${head.hash}` : '–'}</code>
    </Told>
  )
}

function Filter({ view, act, about }: Pick<SecurityPageProps, 'view' | 'act' | 'about'>) {
  const acts = Object.keys(SECURITY_ACTS) as SecurityAct[]
  const groups = [...new Set(acts.map((each) => each.split('.')[0] ?? each))]
  return (
    <form method="get" action="/console/security" class="row">
      <label>
        <span class="hidden">{say(view, { zh: '事项', en: 'Act' })}</span>
        <select name="act">
          <option value="">{say(view, { zh: '全部', en: 'all' })}</option>
          {groups.map((group) => (
            <optgroup label={wordFor(view, ACT_GROUP, group)}>
              <option value={group} selected={group === act}>
                {wordFor(view, ACT_GROUP, group)} · {say(view, { zh: '全部', en: 'all' })}
              </option>
              {acts
                .filter((each) => each.startsWith(`${group}.`))
                .map((each) => (
                  <option value={each} selected={each === act}>
                    {say(view, ACT[each])}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      {about ? <input type="hidden" name="about" value={about} /> : null}
      <button type="submit" class="second small">
        {say(view, { zh: '查看', en: 'Show' })}
      </button>
    </form>
  )
}

/** The security log with its filter. Names are looked up now; the log itself holds ids. */
export function SecurityPage({ view, rows, act, about, names, more, verdict }: SecurityPageProps) {
  const query = new URLSearchParams({ ...(act ? { act } : {}), ...(about ? { about } : {}) }).toString()
  const named = (tag: string | null) =>
    tag === null ? (
      <span class="soft">–</span>
    ) : (
      <a href={`/console/security?about=${encodeURIComponent(tag)}`} title={tag}>
        {who(view, tag, names)}
      </a>
    )
  return (
    <Layout view={view} title={say(view, { zh: '安全日志', en: 'Security log' })} face="console">
      <Heading
        title={say(view, { zh: '安全日志', en: 'Security log' })}
        lead={say(view, {
          zh: '登录、账号、密钥、规则和工厂密钥的每次变更。只增不改，环环相扣；其中没有邮箱和姓名。',
          en: 'Sign-ins, accounts, keys, rules and factories’ secrets: every change. Only added to, each row chained to the one before; no e-mail and no name is in it.',
        })}
      >
        <Filter view={view} act={act} about={about} />
      </Heading>
      {verdict ? <Verified view={view} verdict={verdict} /> : null}
      <p class="row">
        <a class="button small" href={`/console/security?${query ? `${query}&` : ''}verify=yes`}>
          {say(view, { zh: '校验整条日志', en: 'Verify the whole log' })}
        </a>
        <a class="button small" href={`/console/security/export.csv${query ? `?${query}` : ''}`}>
          {say(view, { zh: '导出 CSV', en: 'Take away as CSV' })}
        </a>
        <a class="button small" href={`/console/security/export.ndjson${query ? `?${query}` : ''}`}>
          {say(view, { zh: '导出 NDJSON', en: 'Take away as NDJSON' })}
        </a>
        {about ? (
          <a href={`/console/security${act ? `?act=${encodeURIComponent(act)}` : ''}`}>
            {say(view, { zh: '不再只看', en: 'Not only of' })} {who(view, about, names)}
          </a>
        ) : null}
      </p>
      <Table
        rows={rows}
        empty={say(view, { zh: '没有记录。', en: 'Nothing is written down.' })}
        columns={[
          { head: '#', number: true, cell: ({ seq }) => seq },
          { head: say(view, { zh: '时间', en: 'When' }), cell: ({ at }) => <Time view={view} at={at} /> },
          {
            head: say(view, { zh: '事项', en: 'Act' }),
            cell: (row) => (
              <>
                {wordFor(view, ACT, row.act)}
                <span class="how mono">{row.act}</span>
              </>
            ),
          },
          { head: say(view, { zh: '谁', en: 'Who' }), cell: ({ actor }) => named(actor) },
          { head: say(view, { zh: '对象', en: 'To whom' }), cell: ({ subject }) => named(subject) },
          {
            head: say(view, { zh: '内容', en: 'What' }),
            cell: ({ details }) =>
              Object.keys(details).length ? <Values value={details} /> : <span class="soft">–</span>,
          },
        ]}
      />
      <More view={view} href={more} />
    </Layout>
  )
}
