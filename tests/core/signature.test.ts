import { Webhook } from 'standardwebhooks'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { newSecret, newSigningKey, publicKeyOf, signMessage, verifyMessage } from '../../src/core/signature.ts'

// The published vectors of Standard Webhooks 1.0.0.
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
const AT = new Date(1614265330 * 1000)
const BODY = '{"test": 2432232314}'
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const V1 = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
const SK = 'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=='
const PK = 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4='
const V1A = 'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=='

const headers = (signature: string, change: Record<string, string | undefined> = {}) => ({
  'webhook-id': ID,
  'webhook-timestamp': '1614265330',
  'webhook-signature': signature,
  ...change,
})
const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return 'passed'
}
const check = (signature: string, change = {}, keys = [SECRET, PK], now = AT) =>
  codeOf(() => verifyMessage(keys, headers(signature, change), BODY, now))

describe('the published vectors', () => {
  test('a symmetric secret makes the v1 signature', () =>
    expect(signMessage([SECRET], ID, AT, BODY)['webhook-signature']).toBe(V1))
  test('a signing key makes the v1a signature', () => {
    expect(signMessage([SK], ID, AT, BODY)['webhook-signature']).toBe(V1A)
    expect(publicKeyOf(SK)).toBe(PK)
  })
  test('both verify, alone and together', () => {
    for (const signature of [V1, V1A, `${V1} ${V1A}`]) expect(check(signature)).toBe('passed')
  })
})

describe('what must be refused', () => {
  test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('a message without %s', (name) =>
    expect(check(V1, { [name]: undefined })).toBe('signature.missing'),
  )
  test.each(['hello', '', '-5', '1614265330.5', ' 1614265330', '1e9'])('the timestamp "%s"', (timestamp) =>
    expect(check(V1, { 'webhook-timestamp': timestamp })).toBe('signature.timestamp'),
  )
  test.each([-301, 301, 3600])('a clock that is %i seconds away', (seconds) =>
    expect(check(V1, {}, [SECRET], new Date(AT.getTime() + seconds * 1000))).toBe('signature.stale'),
  )
  test.each([
    ['an empty signature', 'v1,'],
    ['nothing at all', ' '],
    ['a prefix of the right one', V1.slice(0, 20)],
    ['the right one with a tail', `${V1}A`],
    ['the right bytes under the wrong version', V1.replace('v1,', 'v1a,')],
    ['an unknown version', V1.replace('v1,', 'v2,')],
    ['a v1a signature of another length', 'v1a,AAAA'],
    ['no version', V1.slice(3)],
  ])('%s', (_, signature) => expect(check(signature)).toBe('signature.wrong'))
  test('a body that was changed by one byte', () =>
    expect(codeOf(() => verifyMessage([SECRET], headers(V1), `${BODY} `, AT))).toBe('signature.wrong'))
  test('a signature for another id', () => expect(check(V1, { 'webhook-id': 'msg_other' })).toBe('signature.wrong'))
  test('a signature of somebody else', () => expect(check(V1, {}, [newSecret()])).toBe('signature.wrong'))
  test.each([SECRET.slice(0, -4), 'whsec_', 'whsec_short', SK.slice(0, -8), 'whsec_!!!!', SECRET.slice(6)])(
    'a truncated or malformed key: %s',
    (key) => expect(() => signMessage([key], ID, AT, BODY)).toThrow(TypeError),
  )
  test('an id that would blur what was signed', () =>
    expect(() => signMessage([SECRET], 'a.b', AT, BODY)).toThrow(TypeError))
})

describe('what must pass', () => {
  test.each([-300, 300])('a clock that is %i seconds away', (seconds) =>
    expect(check(V1, {}, [SECRET], new Date(AT.getTime() + seconds * 1000))).toBe('passed'),
  )
  test.each([`v1,AAAA ${V1}`, `${V1} v1,AAAA`, `nonsense ${V1}`, `v1a,AAAA v2,x ${V1}`])(
    'a right signature beside wrong ones: %s',
    (signature) => expect(check(signature)).toBe('passed'),
  )
  test('a body as bytes', () => expect(verifyMessage([SECRET], headers(V1), Buffer.from(BODY), AT).id).toBe(ID))
})

test('during a rotation a receiver with either secret accepts', () => {
  const [old, fresh] = [newSecret(), newSecret()]
  const signed = { ...signMessage([fresh, old], 'msg_1', AT, BODY) }
  for (const keys of [[old], [fresh], [old, fresh]])
    expect(verifyMessage(keys, signed, BODY, AT)).toEqual({ id: 'msg_1', at: AT })
})

test('a fresh signing key signs and its public half verifies', () => {
  const pair = newSigningKey()
  const signed = { ...signMessage([pair.secret], 'msg_1', AT, BODY) }
  expect(verifyMessage([pair.public], signed, BODY, AT).id).toBe('msg_1')
})

test('the reference library and ours accept each other, whatever the body', () => {
  const now = new Date(Math.floor((performance.timeOrigin + performance.now()) / 1000) * 1000) // theirs looks at this machine's clock
  fc.assert(
    fc.property(fc.jsonValue(), fc.uuid(), (value, id) => {
      const body = JSON.stringify(value)
      const secret = newSecret()
      const library = new Webhook(secret)
      const ours = { ...signMessage([secret, newSigningKey().secret], id, now, body) }
      library.verify(body, ours)
      const theirs = {
        'webhook-id': id,
        'webhook-timestamp': ours['webhook-timestamp'],
        'webhook-signature': library.sign(id, now, body),
      }
      expect(verifyMessage([secret], theirs, body, now).id).toBe(id)
    }),
    { numRuns: 60 },
  )
})
