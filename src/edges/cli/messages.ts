import { refusals } from '../../core/errors.ts'
import { catalogue } from '../../core/messages.ts'

/** What the terminal refuses, or ends with. */
export const refused = refusals({
  'cli.no-request': {
    status: 409,
    en: 'Nobody asks to cancel {number} at the moment.',
    zh: '订单 {number} 目前没有待答复的取消请求。',
  },
  'security.log-changed': {
    status: 409,
    en: 'The security log is not what was written. {faults} Keep a copy of the database and find out why.',
    zh: '安全日志与写入时不一致。{faults}请保留数据库副本并查明原因。',
  },
})

/** What the terminal says beside its tables. */
export const words = catalogue({
  'backup.sealed': {
    en: 'The master secret {id} is in it, sealed under BACKUP_PASSPHRASE. Keep those words.',
    zh: '主密钥 {id} 已用 BACKUP_PASSPHRASE 封存在备份中。请妥善保管该口令。',
  },
  'backup.no-secret': {
    en: 'The master secret is not in it. Keep SECRET (or the file DATA_DIR/secret) with the id {id} elsewhere: without it factories’ secrets cannot be opened and buyers’ links do not fit.',
    zh: '备份中不含主密钥。请另行保管编号为 {id} 的 SECRET（或 DATA_DIR/secret 文件）：没有它，工厂密钥无法解开，买家链接会失效。',
  },
  'backups.sealed': { en: 'secret sealed', zh: '含密钥' },
  'backups.no-secret': { en: 'no secret', zh: '不含密钥' },
  'secrets.writes': { en: 'writes', zh: '写入' },
  'secrets.links': { en: 'links until {day}', zh: '链接有效至 {day}' },
  'secrets.reads': { en: 'reads', zh: '只读' },
  'people.erased': { en: 'erased', zh: '已匿名化' },
  'people.counts': {
    en: '{preorders} pre-orders, {inquiries} inquiries, {letters} letters, {accounts} accounts',
    zh: '预订 {preorders}，提问 {inquiries}，邮件 {letters}，账号 {accounts}',
  },
  'people.stays': { en: 'stays', zh: '暂留' },
  'trends.none': {
    en: 'Nothing stands out in the week of {newest}.',
    zh: '{newest} 当周没有突出的趋势。',
  },
  'trends.older': {
    en: 'Nothing stands out in the week of {newest}; these are of the week of {shown}.',
    zh: '{newest} 当周没有突出的趋势；以下为 {shown} 当周。',
  },
})
