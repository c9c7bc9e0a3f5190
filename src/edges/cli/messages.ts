import { refusals } from '../../core/errors.ts'

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
