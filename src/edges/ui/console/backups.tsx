/** Backups there are, when the next is due, and making or verifying one while everything works. */
import type { Backups } from '../../../stages/0-house/actions.ts'
import { Layout } from '../layout.tsx'
import { Badge, Heading, Table, Time, Told } from '../parts.tsx'
import { count, say, type View } from '../view.ts'

const base = (file: string) => file.split(/[/\\]/).at(-1) ?? file
const megabytes = (view: View, bytes: number) => `${count(view, Math.max(1, Math.round(bytes / 1e6)))} MB`

type BackupList = Awaited<ReturnType<Backups['list']>>

function Verified({ view, checked }: { view: View; checked: BackupList['backups'][number]['checked'] }) {
  if (!checked) return <span class="soft">–</span>
  if (checked.state === 'under-way') return <>{say(view, { zh: '校验中…', en: 'being verified …' })}</>
  if (checked.state === 'good') return <Badge tone="good">{say(view, { zh: '完好', en: 'every byte is good' })}</Badge>
  return (
    <>
      <Badge tone="bad">{say(view, { zh: '不可用', en: 'not usable' })}</Badge>{' '}
      {checked.why ? say(view, checked.why) : null}
    </>
  )
}

function Backups({ view, rows }: { view: View; rows: BackupList['backups'] }) {
  return (
    <Table
      rows={rows}
      empty={say(view, { zh: '还没有备份。', en: 'There is no backup yet.' })}
      columns={[
        {
          head: say(view, { zh: '时间', en: 'When' }),
          cell: ({ manifest }) =>
            manifest ? (
              <Time view={view} at={new Date(manifest.takenAt)} />
            ) : (
              <Badge tone="bad">{say(view, { zh: '已损坏', en: 'broken' })}</Badge>
            ),
        },
        { head: say(view, { zh: '文件', en: 'File' }), cell: ({ file }) => <code class="mono">{base(file)}</code> },
        { head: say(view, { zh: '大小', en: 'Size' }), number: true, cell: ({ bytes }) => megabytes(view, bytes) },
        {
          head: say(view, { zh: '主密钥', en: 'Master secret' }),
          cell: ({ manifest }) =>
            manifest?.secret.sealed
              ? say(view, { zh: '已封存在内', en: 'sealed in it' })
              : say(view, { zh: '不含，请另存', en: 'not in it: keep it elsewhere' }),
        },
        {
          head: say(view, { zh: '校验', en: 'Verified' }),
          cell: ({ checked }) => <Verified view={view} checked={checked} />,
        },
        {
          head: '',
          cell: ({ file, checked }) => (
            <form method="post" action="/console/backups/verify">
              <input type="hidden" name="file" value={base(file)} />
              <button type="submit" class="second small" disabled={checked?.state === 'under-way'}>
                {say(view, { zh: '校验', en: 'Verify' })}
              </button>
            </form>
          ),
        },
      ]}
    />
  )
}

export function BackupsPage({ view, list }: { view: View; list: BackupList }) {
  const title = say(view, { zh: '备份', en: 'Backups' })
  const busy = list.underWay !== undefined || list.backups.some(({ checked }) => checked?.state === 'under-way')
  return (
    <Layout view={view} title={title} face="console" refreshSeconds={busy ? 3 : undefined}>
      <Heading
        title={title}
        lead={say(view, {
          zh: '数据库、文件和邮件，一份一个文件，不影响使用。请另存一份到别的机器。',
          en: 'Database, files and letters, one file each, made while everything works. Keep a copy on another machine.',
        })}
      >
        <form method="post" action="/console/backups">
          <button type="submit" class="primary" disabled={list.underWay !== undefined}>
            {say(view, { zh: '现在备份', en: 'Make one now' })}
          </button>
        </form>
      </Heading>
      {list.underWay ? (
        <Told>
          {say(view, { zh: '正在备份，可以离开本页。', en: 'One is being made. You may leave this page.' })}
          {list.underWay.total
            ? ` ${count(view, Math.floor((100 * list.underWay.done) / list.underWay.total))} %`
            : null}
        </Told>
      ) : null}
      {list.lastError ? (
        <p class="refusal" role="alert">
          {say(view, {
            zh: '上一次备份失败，请检查备份文件夹的空间和权限：',
            en: 'The last one failed. Look at the room and the permissions of the folder: ',
          })}
          {list.lastError}
        </p>
      ) : null}
      <p>
        {list.nextAt ? (
          <>
            {say(view, { zh: '下一次自动备份：', en: 'The next one by itself: ' })}
            <Time view={view} at={new Date(list.nextAt)} />
          </>
        ) : (
          say(view, {
            zh: '没有自动备份（BACKUP_EVERY_HOURS=0）。',
            en: 'None are made by themselves (BACKUP_EVERY_HOURS=0).',
          })
        )}
        {say(view, { zh: '　文件夹：', en: ' · Folder: ' })}
        <code class="mono">{list.folder}</code>
      </p>
      <Backups view={view} rows={list.backups} />
    </Layout>
  )
}
