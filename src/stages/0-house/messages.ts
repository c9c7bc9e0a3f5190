import { refusals } from '../../core/errors.ts'
import { catalogue } from '../../core/messages.ts'

/** What the house refuses, and what to do about it. */
export const refused = refusals({
  'sale-terms.none': {
    status: 404,
    en: 'There are no such terms of sale.',
    zh: '没有该版本的预售条款。',
  },
  'sale-terms.moved-on': {
    status: 409,
    en: 'Somebody has changed the terms meanwhile. Reload the page, look at what they say now and change that.',
    zh: '期间条款已被他人更改。请刷新页面，查看最新内容后再修改。',
  },
  'backup.name': {
    status: 422,
    en: 'Give the backup a name that ends in .tar.',
    zh: '备份文件名请以 .tar 结尾。',
  },
  'identity.again': {
    status: 401,
    en: 'This took too long. Sign in once more.',
    zh: '操作超时，请重新登录。',
  },
  'house.invalid': {
    status: 422,
    en: 'The setting {field} cannot be that: {why}.',
    zh: '设置项{field}的取值有误：{why}。',
  },
  'identity.busy': {
    status: 503,
    en: 'Too many people are signing in at this moment. Wait a few seconds and try again.',
    zh: '当前登录人数过多，请稍等几秒后重试。',
  },
  'identity.code': {
    status: 422,
    en: 'This code is not right, was used already, or its time is over. Take the next one your app shows.',
    zh: '验证码不正确、已使用或已过期。请使用验证器显示的下一个验证码。',
  },
  'identity.common-password': {
    status: 422,
    en: 'This password is one of the first that are tried: it is common, a pattern, or made of your name, address or ours. Take a few words that do not belong together.',
    zh: '这个密码太容易被猜中：它是常见密码、有规律的组合，或由您的姓名、邮箱或本产品名构成。请换成几个互不相关的词。',
  },
  'identity.current': {
    status: 422,
    en: 'That is not your present password. Check it and try again.',
    zh: '当前密码不正确，请检查后重试。',
  },
  'identity.last-admin': {
    status: 409,
    en: 'This is the last admin: nobody could make accounts any more. Give somebody else that role first.',
    zh: '这是最后一位管理员，停用或改角色后将无人能管理账号。请先将其他账号设为管理员。',
  },
  'identity.no-second-factor': {
    status: 409,
    en: 'There is no second factor to have codes for. Turn it on first.',
    zh: '尚未开启两步验证，请先开启。',
  },
  'identity.not-first': {
    status: 409,
    en: 'The first account exists already. Sign in, or ask an admin for an account.',
    zh: '首个账号已创建。请登录，或联系管理员开通账号。',
  },
  'identity.proof': {
    status: 422,
    en: 'That is neither your password nor a code that counts now. Try again.',
    zh: '密码或验证码不正确，请重试。',
  },
  'identity.reset-gone': {
    status: 410,
    en: 'This link was used already or is older than an hour. Ask for a new letter.',
    zh: '该链接已使用或已超过一小时，请重新申请。',
  },
  'identity.self': {
    status: 409,
    en: 'This is your own account; you could not undo it. Ask another admin.',
    zh: '这是您自己的账号，操作后将无法自行恢复。请由其他管理员操作。',
  },
  'identity.taken': {
    status: 409,
    en: 'There is an account with this e-mail already.',
    zh: '该邮箱已注册账号。',
  },
  'identity.wrong': {
    status: 401,
    en: 'E-mail and password do not match. Check both and try again.',
    zh: '邮箱或密码不正确，请检查后重试。',
  },
  'people.email': {
    status: 422,
    en: 'Give one e-mail address, e.g. somebody@example.com, or the telephone number of an order by telephone.',
    zh: '请填写一个邮箱地址，例如 somebody@example.com；用手机预订的请填写手机号。',
  },
  'secrets.given': {
    status: 409,
    en: 'The master secret comes from the environment. On every node put a new one into SECRET_PREVIOUS and restart; then make it SECRET and the old one SECRET_PREVIOUS and restart; then run this again.',
    zh: '主密钥来自环境变量。请先在所有节点把新密钥写入 SECRET_PREVIOUS 并重启，再把新密钥设为 SECRET、旧密钥设为 SECRET_PREVIOUS 并重启，然后重新运行本命令。',
  },
  'security.head': {
    status: 422,
    en: 'Give the head as the verification printed it: a number, a colon and 64 digits or letters a–f.',
    zh: '请按校验时输出的格式填写链头：序号、冒号和 64 位十六进制字符。',
  },
})

/** What the house says about its own work, and in its letters. */
export const words = catalogue({
  'kept.last-admin': {
    en: 'It is the last admin that works. Make another one first.',
    zh: '这是最后一个启用的管理员账号；请先建立另一个。',
  },
  'kept.needed': {
    en: 'It is about an order that is still under way and has not been sent yet.',
    zh: '该邮件与仍在进行的预订有关，尚未寄出。',
  },
  'held.letters': {
    en: 'What a letter says is cleared from the database when it is sent: where text is empty it was sent (or its master key is lost), and only whoever it went to has the words. Letters that wait are here in full.',
    zh: '邮件寄出后，其内容即从数据库清除；此处 text 为空的邮件已寄出（或其主密钥已丢失），内容只在收件人处。等待寄出的邮件附有全文。',
  },
  'held.elsewhere': {
    en: 'Views are counted for a style, not for persons. Of refused requests only hashes are kept, for 30 days. Backups hold earlier data until they are removed; after a restore it is erased again.',
    zh: '浏览量只按款式计数，不记录是谁。被拒的预订请求只保存校验值，30 天后清除。备份在保留期内仍含有此前的数据，恢复后会再次匿名化。',
  },
  'letter.reset.subject': {
    en: 'A new password for signing in',
    zh: '重设登录密码',
  },
  'letter.reset.body': {
    en: '{name},\n\nopen this link within an hour to set a new password; it works once:\n\n{link}\n\nEverywhere you are signed in, you will be signed out. If you did not ask for this, leave this letter alone: nothing changes.\n',
    zh: '{name}：\n\n请在一小时内打开以下链接设置新密码，链接只能使用一次：\n\n{link}\n\n设置后，所有设备上的登录都会失效。如果不是您本人操作，请忽略此邮件，密码不会改变。\n',
  },
  'letters-stuck': {
    en: '{n, plural, one {A letter} other {# letters}} about this could not be sent, however often it was tried: the mail server took nothing.',
    zh: '有 {n} 封相关邮件多次尝试后仍未能发出：邮件服务器未接收。',
  },
})
