import { isIP } from 'node:net'
import type { SmsAdapter, Texter } from '../../ports.ts'

/** How long each step may take, ms. */
const STEP_MS = { connectTimeout: 5_000, readTimeout: 10_000 }
/** Characters that a word in a template may have. */
const MOST_WORD = 35

interface Given {
  accessKeyId: string
  accessKeySecret: string
  endpoint: string
  /** In the clear only to a machine of one's own: a proxy, or the contract's server. */
  protocol: 'HTTP' | 'HTTPS'
  signName: string
  codeTemplate: string
  noticeTemplate: string
}

/** `aliyun://KEY_ID:KEY_SECRET@dysmsapi.aliyuncs.com?sign=…&code=SMS_1&notice=SMS_2`. @throws Error naming what is missing */
export function readAliyunUrl(url: string): Given {
  const { username, password, host, hostname, searchParams } = new URL(url)
  const [accessKeyId, accessKeySecret] = [username, password].map(decodeURIComponent)
  const named = { sign: searchParams.get('sign'), code: searchParams.get('code'), notice: searchParams.get('notice') }
  const missing = Object.entries({ 'key id': accessKeyId, 'key secret': accessKeySecret, ...named })
    .filter(([, value]) => !value)
    .map(([name]) => name)
  if (missing.length) throw new Error(`SMS_URL: ${missing.join(', ')} missing`)
  return {
    accessKeyId: accessKeyId ?? '',
    accessKeySecret: accessKeySecret ?? '',
    endpoint: host,
    protocol: hostname === 'localhost' || isIP(hostname) ? 'HTTP' : 'HTTPS',
    signName: named.sign ?? '',
    codeTemplate: named.code ?? '',
    noticeTemplate: named.notice ?? '',
  }
}

/** Loaded with the first message: most installations have none. */
async function openClient({ accessKeyId, accessKeySecret, endpoint, protocol }: Given) {
  // Packages in the older form: what they export is the default, and a class is the default of that.
  const [{ default: sdk }, { $OpenApiUtil }] = await Promise.all([
    import('@alicloud/dysmsapi20170525'),
    import('@alicloud/openapi-core'),
  ])
  const { default: Client, SendSmsRequest } = sdk
  const client = new Client(new $OpenApiUtil.Config({ accessKeyId, accessKeySecret, endpoint, protocol, ...STEP_MS }))
  return { client, SendSmsRequest }
}

/** A number as the provider writes it: without a country code in China, without the plus elsewhere. */
const written = (phone: string): string => (phone.startsWith('+86') ? phone.slice(3) : phone.slice(1))

/** Text messages by Alibaba Cloud's official SDK, each by a template that the provider has approved. */
export function openAliyun(url: string): Texter {
  const given = readAliyunUrl(url)
  let opened: ReturnType<typeof openClient> | undefined
  return {
    async send({ id, to, text, code }) {
      const { client, SendSmsRequest } = await (opened ??= openClient(given))
      const { body } = await client.sendSms(
        new SendSmsRequest({
          phoneNumbers: written(to),
          signName: given.signName,
          templateCode: code === undefined ? given.noticeTemplate : given.codeTemplate,
          templateParam: JSON.stringify(code === undefined ? { text: text.slice(0, MOST_WORD) } : { code }),
          outId: id,
        }),
      )
      if (body?.code !== 'OK')
        throw new Error(`the SMS provider says ${body?.code ?? 'nothing'}: ${body?.message ?? ''}`)
    },
    close: async () => {},
  }
}

export const aliyun: SmsAdapter = { protocols: ['aliyun'], open: ({ url }) => openAliyun(url) }
