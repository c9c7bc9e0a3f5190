import { refusals } from '../../core/errors.ts'

/** What this stage refuses, and what to do about it. */
export const refused = refusals({
  'production.parcel': {
    status: 422,
    en: 'Carrier and tracking number are one line each, without a web address: they stand in the letters to the buyers. Give the name and the number only.',
    zh: '承运商和运单号会写进给买家的邮件，各须为一行文字，不能包含网址。请只填写名称和单号。',
  },
  'production.report-ahead': {
    status: 422,
    en: 'The report says it happened on {at}, and that has not come yet. Send the time it happened (a planned time goes into details.expectedAt), or set the sender’s clock by NTP.',
    zh: '报告中的时间 {at} 尚未到来。请填写实际发生的时间（预计时间请填入 details.expectedAt），或用 NTP 校准发送方时钟。',
  },
  'production.cancelled': {
    status: 409,
    en: 'Order {number} is cancelled; there is nothing to report on it.',
    zh: '订单 {number} 已取消，无需再报告进度。',
  },
  'production.not-yours-yet': {
    status: 409,
    en: 'Order {number} is "{state}": nobody makes it now. Accept the offer first, then report, and send this report again.',
    zh: '订单 {number} 当前为“{state}”，尚未由贵厂承接。请先接单，再重新发送本报告。',
  },
})
