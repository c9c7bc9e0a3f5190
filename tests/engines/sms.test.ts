/** Every way for text messages to leave the house keeps the same promises; the real one against a server that checks. */
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readLetters } from '../../src/engines/mail/folder/index.ts'
import type { Letter } from '../../src/engines/ports.ts'
import { openMailer, SMS } from '../../src/engines/registry.ts'

const letter = (change: Partial<Letter> = {}): Letter => ({
  id: '0198c0de-0000-7000-8000-000000000001',
  to: 'tel:+8613800138000',
  lang: 'zh',
  subject: '您的验证码是 204816，10 分钟内有效。',
  body: '204816',
  ...change,
})

interface Arrived {
  to: string
  code?: string
  text?: string
}
interface Provider {
  url: string | undefined
  arrived(): Promise<Arrived[]>
  /** Says no to whatever comes. */
  refuse?(): void
  close(): Promise<void>
}

let folder: string
let provider: Provider
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'sms-'))))
afterEach(async () => {
  await provider?.close()
  rmSync(folder, { recursive: true, force: true })
})
const open = (url = provider.url) =>
  openMailer({ url: undefined, smsUrl: url, folder, from: 'Firstcut <noreply@firstcut.invalid>' })

const inFolder = async (): Promise<Provider> => ({
  url: undefined,
  arrived: async () => (await readLetters(folder, [letter().id])).map(({ to, text }) => ({ to, text: text.trim() })),
  close: async () => {},
})

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
/** As the provider's documents say it (V3, ACS3-HMAC-SHA256): every header that is signed, and the body's hash. */
function signatureOf({ method = '', url = '/', headers }: IncomingMessage, body: string, secret: string): string {
  const [, signed = ''] = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '') ?? []
  const { pathname, searchParams } = new URL(url, 'http://x')
  const encode = (text: string) =>
    encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  const query = [...searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&')
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`)
  const canonical = [method, pathname, query, lines.join(''), signed, sha256(body)].join('\n')
  return createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex')
}

const SECRET = 's3cret/with+signs'
async function aliyunServer(): Promise<Provider> {
  const messages: Arrived[] = []
  let refuses = false
  const server = createServer((request, reply) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      const [, given] = /Signature=([0-9a-f]+)/.exec(request.headers.authorization ?? '') ?? []
      const answer = (status: number, code: string) => {
        reply.writeHead(status, { 'content-type': 'application/json' })
        reply.end(JSON.stringify({ Code: code, Message: code, RequestId: 'r', BizId: 'b' }))
      }
      if (!given || given !== signatureOf(request, body, SECRET)) return answer(400, 'SignatureDoesNotMatch')
      if (request.headers['x-acs-action'] !== 'SendSms') return answer(400, 'InvalidAction')
      if (refuses) return answer(200, 'isv.BUSINESS_LIMIT_CONTROL')
      const { searchParams } = new URL(request.url ?? '/', 'http://x')
      const of = (name: string) => searchParams.get(name) ?? ''
      if (of('SignName') !== '首裁') return answer(200, 'isv.SMS_SIGNATURE_ILLEGAL')
      const given_ = JSON.parse(of('TemplateParam')) as Record<string, string>
      messages.push({ to: of('PhoneNumbers'), ...(of('TemplateCode') === 'SMS_CODE' ? { code: given_['code'] ?? '' } : { text: given_['text'] ?? '' }) }) // prettier-ignore
      answer(200, 'OK')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const query = `sign=${encodeURIComponent('首裁')}&code=SMS_CODE&notice=SMS_NOTICE`
  return {
    url: `aliyun://key:${encodeURIComponent(SECRET)}@127.0.0.1:${port}?${query}`,
    arrived: async () => messages,
    refuse: () => void (refuses = true),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const WAYS = [
  { way: 'the folder of letters', begin: inFolder, protocol: undefined, number: '+8613800138000' },
  { way: 'Alibaba Cloud', begin: aliyunServer, protocol: 'aliyun', number: '13800138000' },
]

test('every adapter that is registered is held to this contract: SMS by each of its protocols', () => {
  const registered = SMS.flatMap(({ protocols }) => protocols)
  expect(new Set(WAYS.flatMap(({ protocol }) => protocol ?? []))).toEqual(new Set(registered))
})

describe.each(WAYS)('text messages by $way', ({ begin, number }) => {
  beforeEach(async () => void (provider = await begin()))

  test('bring a code to the number it is for', async () => {
    await open().send(letter())
    const [arrived] = await provider.arrived()
    expect(arrived?.to).toBe(number)
    expect(arrived?.code ?? arrived?.text).toContain('204816')
  })

  test('bring a notice, of a letter its subject', async () => {
    await open().send(letter({ subject: '未达到起做量，预订已取消：双排扣军大衣', body: '您好，……' }))
    expect((await provider.arrived())[0]?.text).toContain('预订已取消：双排扣军大衣')
  })
})

describe('Alibaba Cloud', () => {
  beforeEach(async () => void (provider = await aliyunServer()))

  test('a message that was not taken is an error, so that it is sent later', async () => {
    provider.refuse?.()
    await expect(open().send(letter())).rejects.toThrow('isv.BUSINESS_LIMIT_CONTROL')
  })

  test('refuses a message that another secret has signed', async () => {
    const wrong = (provider.url ?? '').replace(encodeURIComponent(SECRET), 'another')
    await expect(open(wrong).send(letter())).rejects.toThrow('SignatureDoesNotMatch')
    expect(await provider.arrived()).toEqual([])
  })

  test('a number abroad is written with its country code', async () => {
    await open().send(letter({ to: 'tel:+447911123456' }))
    expect((await provider.arrived())[0]?.to).toBe('447911123456')
  })

  test('an address without its templates is told at the start', () => {
    expect(() => open('aliyun://key:secret@127.0.0.1:1?sign=x')).toThrow('SMS_URL: code, notice missing')
  })
})
