import { refusals } from '../../core/errors.ts'
import { catalogue } from '../../core/messages.ts'

/** What is refused at the door, before any stage is asked. */
export const refused = refusals({
  'uploads.empty': { status: 422, en: 'Choose a file.', zh: '请选择要上传的文件。' },
  'uploads.no-file': {
    status: 422,
    en: 'Choose a file and send it as the field "file".',
    zh: '请选择文件，并以 file 字段提交。',
  },
  'uploads.too-large': {
    status: 413,
    en: 'The file is too large. At most {mb} MB can be sent at once.',
    zh: '文件过大，每次最多 {mb} MB。',
  },
  'uploads.multipart': {
    status: 415,
    en: 'Send the file as multipart/form-data.',
    zh: '请以 multipart/form-data 提交文件。',
  },
  'campaigns.days': {
    status: 422,
    en: 'A campaign lasts 1 to 120 days. Choose a number of days.',
    zh: '预售天数为 1–120 天，请重新填写。',
  },
  'approvals.unchanged': {
    status: 422,
    en: 'Nothing changed.{why}{limit}{again}',
    zh: '没有改动。{why}{limit}{again}',
  },
  'people.confirm': {
    status: 422,
    en: 'This is not the e-mail above. Type it once more to erase what is held on it.',
    zh: '与上面的邮箱不一致。请再输入一次该邮箱以确认匿名化。',
  },
  'preorders.more-price': {
    status: 422,
    en: 'From which price on do you take these pieces as well? Choose it, or clear the numbers below.',
    zh: '降到什么价格才加这些件数？请选择价格，或清空下方件数。',
  },
  'preorders.empty': {
    status: 422,
    en: 'Fill in how many you want of at least one size and colour.',
    zh: '请至少填写一个尺码和配色的件数。',
  },
  'input.too-many': {
    status: 413,
    en: 'There are more than {most} fields in that. Send fewer at once.',
    zh: '提交的字段超过 {most} 个，请减少后再提交。',
  },
  'input.too-deep': {
    status: 422,
    en: 'That is nested more than {deepest} deep. Send what the documentation shows.',
    zh: '内容嵌套超过 {deepest} 层，请按接口文档提交。',
  },
  'input.charset': {
    status: 415,
    en: 'Send it in UTF-8; this is {said}. Convert the text, and leave "charset" out of Content-Type or say utf-8.',
    zh: '请使用 UTF-8 编码；当前为{said}。请转换编码，Content-Type 中不写 charset 或写 utf-8。',
  },
  'input.malformed': { status: 400, en: 'The request could not be read: {what}.', zh: '请求无法解析：{what}。' },
  'input.encoding': {
    status: 415,
    en: 'Send it as it is, without Content-Encoding: {encoding} is not unpacked here.',
    zh: '请直接提交，不使用 Content-Encoding；此处不解压 {encoding}。',
  },
  'input.accept': {
    status: 406,
    en: 'This address answers with {type}, which "Accept" leaves out. Send Accept: {type}, or no Accept at all.',
    zh: '该地址返回 {type}，而请求的 Accept 不包含它。请发送 Accept: {type}，或不发送 Accept。',
  },
  'input.nothing': {
    status: 422,
    en: 'Nothing is named that is to change. Send a JSON object with at least one field.',
    zh: '没有要修改的内容，请提交至少含一个字段的 JSON 对象。',
  },
  'idempotency.key': {
    status: 400,
    en: 'Send an Idempotency-Key header of 1 to 255 characters, new for each request and the same when you repeat it.',
    zh: '请在请求头中提供 Idempotency-Key（1–255 个字符）：每个新请求使用新值，重试时保持不变。',
  },
  'identity.host': {
    status: 403,
    en: 'The first account is made at {baseUrl} or on the machine itself. To use another name, set BASE_URL to it and start again, or run "firstcut accounts add".',
    zh: '首个账号只能在 {baseUrl} 或本机上创建。如需使用其他域名，请先设置 BASE_URL 并重启，或运行 firstcut accounts add。',
  },
  'identity.confirm': {
    status: 403,
    en: 'This needs you to prove once more who you are: your password, or a code of your app. Open /confirm, then do it again.',
    zh: '此操作需要再次验证身份（密码或验证码）。请打开 /confirm 验证后重新操作。',
  },
  'input.method': {
    status: 405,
    en: '{method} is not possible at this address; it takes {offered}.',
    zh: '该地址不支持 {method}，可用方法：{offered}。',
  },
  'identity.origin': {
    status: 403,
    en: 'This form was sent from another site. Open the page here and send it again.',
    zh: '该表单来自其他网站。请在本站打开页面后重新提交。',
  },
  'not-found': { status: 404, en: 'There is nothing at this address.', zh: '该地址不存在任何内容。' },
  'input.address': {
    status: 400,
    en: 'This address cannot be read: a part of it is too long or wrongly encoded. Check the link.',
    zh: '无法识别该地址：其中一部分过长或编码有误，请检查链接。',
  },
  'identity.key': {
    status: 401,
    en: 'This API key is unknown, was revoked, or its time is over. Ask an admin for a new one.',
    zh: '该 API 密钥不存在、已被撤销或已到期，请联系管理员重新获取。',
  },
  'partners.own-key': {
    status: 403,
    en: 'This is for partners alone: send your own key (fcp_…) as "Authorization: Bearer …". The house looks at a partner by its id.',
    zh: '此接口仅供合作方使用：请在 Authorization: Bearer 中提供合作方密钥（fcp_…）。商家请按合作方 id 查看。',
  },
  'factories.signed-out': {
    status: 401,
    en: 'You are not signed in any more. Open your link again, then repeat what you did last.',
    zh: '登录已失效。请重新打开链接进入，再重复刚才的操作。',
  },
  'factories.token': {
    status: 401,
    en: 'Send the portal token as "Authorization: Portal …". Ask the house for a new one if it is lost.',
    zh: '请以 Authorization: Portal … 提供工厂端令牌；如遗失请联系商家重新签发。',
  },
  'input.too-large': { status: 413, en: 'That is too large. Send less at once.', zh: '内容过大，请减小后再提交。' },
  'input.format': {
    status: 415,
    en: 'This format is not understood here. Send JSON to the API (Content-Type: application/json), and forms as application/x-www-form-urlencoded.',
    zh: '不支持该格式。接口请以 JSON（Content-Type: application/json）提交，表单请以 application/x-www-form-urlencoded 提交。',
  },
  'input.too-often': {
    status: 429,
    en: 'Too many requests. Wait a minute and try again.',
    zh: '请求过于频繁，请稍后再试。',
  },
  'input.unstorable': {
    status: 422,
    en: 'A text contains a character that cannot be stored (NUL). Remove it and send again.',
    zh: '文本中含有无法保存的字符（NUL），请删除后重新提交。',
  },
  internal: {
    status: 500,
    en: 'Something went wrong on our side. Nothing was changed; please try again.',
    zh: '服务器出现错误，未做任何更改，请重试。',
  },
})

/** What stands inside those sentences. */
export const words = catalogue({
  'unchanged.again': {
    en: 'Say it another way, for example “longer, navy, no belt”.',
    zh: '请换一种说法，例如“短一点，领子换成布的”。',
  },
  'unchanged.anew': { en: 'Have a new design made instead, see below.', zh: '可以改为另做一款，见下方。' },
  'unchanged.limit': { en: 'It is at the limit of what the block allows.', zh: '已到允许范围的边界。' },
})
