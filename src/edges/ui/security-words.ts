/** Words of the security log. */
import type { SecurityAct } from '../../core/security.ts'
import type { Localized } from '../../core/values.ts'
import type { Fault } from '../../stages/0-house/security.ts'

/** What the part of an act's name before the dot is about. */
export const ACT_GROUP: Readonly<Record<string, Localized>> = {
  'sign-in': { zh: '登录', en: 'Signing in' },
  session: { zh: '会话', en: 'Sessions' },
  account: { zh: '账号', en: 'Accounts' },
  key: { zh: 'API 密钥', en: 'API keys' },
  house: { zh: '商家规则', en: 'House rules' },
  terms: { zh: '工厂条款', en: 'Terms for factories' },
  factory: { zh: '工厂', en: 'Factories' },
  campaign: { zh: '预售', en: 'Campaigns' },
  partner: { zh: '合作方', en: 'Partners' },
  people: { zh: '个人数据', en: 'Data of people' },
  backup: { zh: '备份', en: 'Backups' },
  secrets: { zh: '密钥库', en: 'Secrets' },
}

export const ACT: Readonly<Record<SecurityAct, Localized>> = {
  'sign-in.done': { zh: '登录', en: 'Signed in' },
  'sign-in.refused': { zh: '登录被拒绝', en: 'Sign-in refused' },
  'sign-in.confirmed': { zh: '再次验证身份', en: 'Confirmed who it is' },
  'session.ended': { zh: '会话结束', en: 'Sessions ended' },
  'account.made': { zh: '开通账号', en: 'Account made' },
  'account.role': { zh: '更改角色', en: 'Role changed' },
  'account.off': { zh: '停用账号', en: 'Account switched off' },
  'account.on': { zh: '启用账号', en: 'Account switched on' },
  'account.password': { zh: '更改密码', en: 'Password changed' },
  'account.reset-asked': { zh: '请求重设密码', en: 'Password reset asked for' },
  'account.second-factor': { zh: '两步验证变更', en: 'Second factor changed' },
  'account.recovery-used': { zh: '使用恢复码', en: 'Recovery code used' },
  'key.made': { zh: '创建 API 密钥', en: 'API key made' },
  'key.used-first': { zh: 'API 密钥首次使用', en: 'API key first used' },
  'key.revoked': { zh: '撤销 API 密钥', en: 'API key revoked' },
  'key.expired': { zh: 'API 密钥到期', en: 'API key expired' },
  'house.changed': { zh: '更改商家规则', en: 'House rules changed' },
  'sale-terms.changed': { zh: '更改预售条款', en: 'Pre-sale terms changed' },
  'terms.changed': { zh: '更改工厂条款', en: 'Terms for factories changed' },
  'factory.registered': { zh: '登记工厂', en: 'Factory registered' },
  'factory.changed': { zh: '更改工厂资料', en: 'Factory changed' },
  'factory.endpoint': { zh: '更改工厂接收地址', en: 'Factory endpoint changed' },
  'factory.secret-rotated': { zh: '轮换工厂密钥', en: 'Factory secret rotated' },
  'factory.secret-revoked': { zh: '作废工厂密钥', en: 'Factory secret revoked' },
  'factory.link-issued': { zh: '签发工厂端链接', en: 'Factory link issued' },
  'factory.link-revoked': { zh: '作废工厂端链接', en: 'Factory link revoked' },
  'factory.paused': { zh: '暂停工厂', en: 'Factory paused' },
  'factory.resumed': { zh: '恢复工厂', en: 'Factory resumed' },
  'campaign.made-for-few': { zh: '买家不足仍决定投产', en: 'Made although few bought it' },
  'campaign.stopped': { zh: '停止预售', en: 'Campaign stopped' },
  'campaign.taken-down': { zh: '下架', en: 'Campaign taken down' },
  'campaign.paused': { zh: '暂停预售', en: 'Campaign paused' },
  'campaign.resumed': { zh: '恢复预售', en: 'Campaign resumed' },
  'campaign.dated': { zh: '更改预售日期', en: 'Dates of a campaign changed' },
  'campaign.worded': { zh: '更正预售文案', en: 'Words of a campaign corrected' },
  'campaign.cap-raised': { zh: '提高每人上限', en: 'Cap per buyer raised' },
  'campaign.dispatched': { zh: '提前投产', en: 'Lot sent before its time' },
  'campaign.quoted': { zh: '批准大货预订', en: 'Order above the cap allowed' },
  'campaign.told': { zh: '通知买家', en: 'Buyers written to' },
  'campaign.asked': { zh: '申请操作，待第二人批准', en: 'Act on a campaign asked for' },
  'campaign.refused': { zh: '拒绝操作申请', en: 'Act on a campaign refused' },
  'campaign.undone': { zh: '撤销操作', en: 'Act on a campaign taken back' },
  'partner.made': { zh: '开通合作方', en: 'Partner made' },
  'partner.changed': { zh: '更改合作方资料', en: 'Partner changed' },
  'partner.stopped': { zh: '停用合作方', en: 'Partner stopped' },
  'partner.resumed': { zh: '恢复合作方', en: 'Partner resumed' },
  'partner.key-rolled': { zh: '更换合作方密钥', en: 'Key of a partner rolled' },
  'partner.agreed': { zh: '更改合作条件', en: 'Terms of a partner agreed' },
  'people.exported': { zh: '导出个人数据', en: 'Data of a person exported' },
  'people.erased': { zh: '删除个人数据', en: 'Data of a person erased' },
  'backup.written': { zh: '写入备份', en: 'Backup written' },
  'backup.restored': { zh: '恢复备份', en: 'Backup restored' },
  'secrets.rotated': { zh: '轮换系统密钥', en: 'Secret rotated' },
}

/** One finding of the verification, said of rows by their number. */
export function faultWords(fault: Fault): Localized {
  switch (fault.fault) {
    case 'changed':
      return { zh: `第 ${fault.seq} 条被改动。`, en: `Row ${fault.seq} was changed.` }
    case 'missing':
      return fault.seq === fault.to
        ? { zh: `第 ${fault.seq} 条缺失。`, en: `Row ${fault.seq} is missing.` }
        : { zh: `第 ${fault.seq} 至 ${fault.to} 条缺失。`, en: `Rows ${fault.seq} to ${fault.to} are missing.` }
    case 'moved':
      return {
        zh: `第 ${fault.seq} 条原本是第 ${fault.was} 条，位置被调换。`,
        en: `Row ${fault.seq} was written as row ${fault.was} and has changed places.`,
      }
    case 'not-linked':
      return {
        zh: `第 ${fault.seq} 条没有接在前一条之后。`,
        en: `Row ${fault.seq} was not written behind the one before it.`,
      }
    case 'head':
      return {
        zh: `链头与第 ${fault.seq} 条不符：日志结尾被改动。`,
        en: `The head does not agree with row ${fault.seq}: the end of the log was changed.`,
      }
  }
}
