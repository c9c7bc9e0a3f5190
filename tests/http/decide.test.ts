/** What may not be approved, and what may not be uploaded: tried over HTTP, by the API and by the pages' own forms. */
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../src/core/values.ts'
import { styles, styleVersions } from '../../src/db/schema.ts'
import { DEFAULT_RULES, styleHash, type GateResult } from '../../src/garments/index.ts'
import { sampleStyle, type SampleStyle } from './pages-samples.tsx'
import { testServer, type TestServer } from '../support/server.ts'

let server: TestServer
let style: SampleStyle
let cookie = ''
beforeAll(async () => {
  style = sampleStyle()
  server = await testServer({ role: 'web' })
  const first = await post('/first-run', form({ name: 'Lin', email: 'lin@example.com', password: 'nothing-is-cut' }))
  cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
})
afterAll(() => server.close())

const form = (fields: Record<string, string>) => new URLSearchParams(fields)
const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { accept: 'text/html', origin: server.url, ...(cookie ? { cookie } : {}), ...headers },
  })
const api = (path: string, body: BodyInit, lang = 'en') =>
  fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    body,
    headers: {
      authorization: `Bearer ${server.key}`,
      'accept-language': lang,
      ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
    },
  })
const page = async (path: string, lang: string) =>
  (
    await fetch(`${server.url}${path}`, { headers: { cookie: `${cookie}; lang=${lang}`, 'accept-language': lang } })
  ).text()

/** A style with one gate that is not passed. */
async function propose(verdict: GateResult['verdict']): Promise<string> {
  const { db, clock } = server.app.line.context
  const id = newId()
  const { spec, derived } = style
  const reason = { zh: '与旧款几乎相同', en: 'Almost the same as an older style' }
  await db.write(async (tx) => {
    const row = {
      id,
      number: `FC-26-D${id.slice(-5)}`,
      category: spec.category,
      state: 'proposed' as const,
      version: 1,
    }
    await tx.insert(styles).values({ ...row, trendIds: [], createdAt: clock.now() })
    await tx.insert(styleVersions).values({
      id: newId(),
      styleId: id,
      version: 1,
      spec,
      derived,
      rules: DEFAULT_RULES,
      gates: [{ gate: 'G6', verdict, score: 0.4, reason, evidence: {}, version: '1' }],
      hash: styleHash(spec, derived, DEFAULT_RULES),
      geometryFile: 'g'.repeat(64),
      pictures: [],
      generation: {},
      createdAt: clock.now(),
    })
  })
  return id
}
const stateOf = async (id: string) => {
  const answer = await fetch(`${server.url}/api/v1/styles/${id}`, {
    headers: { authorization: `Bearer ${server.key}` },
  })
  return ((await answer.json()) as { style: { state: string } }).style.state
}
const terms = { thresholdUnits: '200', minBuyers: '10', perBuyerCap: '50', campaignDays: '20', promisedDays: '35' }

describe('a version that a gate blocks', () => {
  let id: string
  beforeAll(async () => void (id = await propose('block')))

  test.each([{}, { secondLook: true }])('cannot be approved by the API, whatever is ticked: %j', async (more) => {
    const answer = await api(`/styles/${id}/approve`, JSON.stringify({ version: 1, ...more }))
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ code: 'approvals.blocked', gates: ['G6'] })
    expect(await stateOf(id)).toBe('proposed')
  })

  test('cannot be approved by sending its page’s form all the same', async () => {
    const answer = await post(`/console/styles/${id}/approve`, form({ version: '1', secondLook: 'yes', ...terms }))
    expect(answer.status).toBe(409)
    expect(await answer.text()).toMatch(/cannot be approved|不能通过/)
    expect(await stateOf(id)).toBe('proposed')
  })

  test.each([
    ['zh', '与旧款几乎相同', '不可通过'],
    ['en', 'Almost the same as an older style', 'Block'],
  ])('has its reason and a dead button on its page: %s', async (lang, reason, verdict) => {
    const html = await page(`/console/styles/${id}`, lang)
    expect(html).toContain(`G6: ${reason}`)
    expect(html).toContain(verdict)
    expect(html).toMatch(/<button type="submit" class="primary wide" disabled/)
  })
})

describe('a version that wants a second look', () => {
  let id: string
  beforeEach(async () => void (id = await propose('review')))

  test('is not approved without one, and is with it, by the API', async () => {
    const without = await api(`/styles/${id}/approve`, JSON.stringify({ version: 1 }), 'zh')
    expect(without.status).toBe(409)
    expect(await without.json()).toMatchObject({ code: 'approvals.second-look', field: 'secondLook', gates: ['G6'] })
    expect(await stateOf(id)).toBe('proposed')
    expect((await api(`/styles/${id}/approve`, JSON.stringify({ version: 1, secondLook: true }))).status).toBe(200)
    expect(await stateOf(id)).toBe('approved')
  })

  test('is not approved by its page without the tick, and is with it', async () => {
    const html = await page(`/console/styles/${id}`, 'zh')
    expect(html).toContain('以上各项我已复核')
    const without = await post(`/console/styles/${id}/approve`, form({ version: '1', ...terms }))
    expect(without.status).toBe(409)
    expect(await without.text()).toMatch(/look again|请再次确认/)
    expect(await stateOf(id)).toBe('proposed')
    const ticked = await post(`/console/styles/${id}/approve`, form({ version: '1', secondLook: 'yes', ...terms }))
    expect(ticked.headers.get('location')).toBe(`/console/styles/${id}?done=approved`)
    expect(await stateOf(id)).toBe('approved')
  })
})

/** A PNG of two colours: small as a file, as large as one likes when it is unpacked. */
function bomb(edge: number, filled = true): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(edge, 0)
  header.writeUInt32BE(edge, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const rows = filled ? deflateSync(Buffer.alloc((Math.ceil(edge / 8) + 1) * edge), { level: 9 }) : Buffer.alloc(0)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
const plain = (background: string, edge = 300) =>
  sharp({ create: { width: edge, height: edge, channels: 3, background } })
/** Something worn, on a wall. */
const navyOnWall = async () => {
  const garment = await plain('#1f2a44', 180).png().toBuffer()
  return plain('#e9e7e4')
    .composite([{ input: garment, gravity: 'centre' }])
    .jpeg()
    .toBuffer()
}
const upload = (bytes: Uint8Array<ArrayBuffer>, name = 'a.png', type = 'image/png') => {
  const body = new FormData()
  body.set('version', '1')
  body.set('file', new Blob([bytes], { type }), name)
  return body
}
const own = (bytes: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

describe('a reference picture', () => {
  let id: string
  beforeAll(async () => void (id = await propose('pass')))

  test('gives its garment’s colour, not its wall’s, as a preview that can be applied', async () => {
    const answer = await api(`/styles/${id}/reference`, upload(own(await navyOnWall()), 'a.jpg', 'image/jpeg'))
    expect(answer.status).toBe(200)
    const shown = (await answer.json()) as Record<string, unknown>
    expect(shown).toMatchObject({
      by: 'rules',
      colours: [{ id: 'navy', name: { zh: '藏青', en: 'Navy' }, share: expect.any(Number) }],
      changes: [{ field: 'colourways' }],
      preview: expect.any(String),
    })
    const html = await (await post(`/console/styles/${id}/reference`, upload(own(await navyOnWall())))).text()
    expect(html).toContain('id="preview"')
    expect(html).toContain(`name="sentence" value="${String(shown['sentence'])}"`)
  })

  const LIMITS = /PNG, JPEG or WebP, at most 5 MB and 40 megapixels, at least 64 pixels/
  test.each<[string, () => Promise<Buffer> | Buffer, number, string, RegExp]>([
    ['a text that is called a picture', () => Buffer.from('hello, I am a picture'), 415, 'designs.reference-format', LIMITS],
    ['a drawing with a program in it', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), 415, 'designs.reference-format', LIMITS],
    ['a GIF', () => plain('#ff0000').gif().toBuffer(), 415, 'designs.reference-format', LIMITS],
    ['a TIFF', () => plain('#ff0000').tiff().toBuffer(), 415, 'designs.reference-format', LIMITS],
    ['half a JPEG', async () => (await sharp(Buffer.from(Array.from({ length: 300 * 300 * 3 }, (_, i) => (i * 7919) % 256)), { raw: { width: 300, height: 300, channels: 3 } }).jpeg().toBuffer()).subarray(0, 9000), 422, 'designs.reference-broken', LIMITS],
    ['a PNG with nothing in it', () => bomb(300, false), 422, 'designs.reference-broken', LIMITS],
    ['a signature and no more', () => Buffer.from('89504e470d0a1a0a', 'hex'), 422, 'designs.reference-broken', LIMITS],
    ['one that unpacks to 400 million pixels', () => bomb(20_000), 413, 'designs.reference-too-large', LIMITS],
    ['one that says it has 3.6 billion', () => bomb(60_000, false), 413, 'designs.reference-too-large', LIMITS],
    ['one of 20 pixels', () => plain('#ff0000', 20).png().toBuffer(), 422, 'designs.reference-too-small', LIMITS],
    ['one of 6 MB', () => Buffer.concat([bomb(300), Buffer.alloc(6 * 1024 * 1024)]), 413, 'uploads.too-large', /At most 5 MB/],
  ])('%s is refused at once, with the limits named', async (_, make, status, code, said) => {
    const bytes = own(await make())
    const began = performance.now()
    const answer = await api(`/styles/${id}/reference`, upload(bytes))
    expect(performance.now() - began).toBeLessThan(3000)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code, field: 'file', detail: expect.stringMatching(said) })
    const html = await (await post(`/console/styles/${id}/reference`, upload(bytes), { 'accept-language': 'zh' })).text()
    expect(html).toMatch(/class="field-error"[^>]*>[^<]*5 MB/)
  }) // prettier-ignore

  test('sent where none is taken, or something else sent where one is, is told what to send', async () => {
    const elsewhere = await api(`/styles/${id}/reject`, upload(own(await navyOnWall())))
    expect(elsewhere.status).toBe(415)
    expect(await elsewhere.json()).toMatchObject({ code: 'input.format', detail: expect.stringContaining('JSON') })
    const json = await api(`/styles/${id}/reference`, JSON.stringify({ version: 1 }))
    expect(json.status).toBe(415)
    expect(await json.json()).toMatchObject({ code: 'uploads.multipart' })
  })

  test('that is missing is asked for; nothing of all this is kept', async () => {
    const empty = new FormData()
    empty.set('version', '1')
    expect((await api(`/styles/${id}/reference`, empty)).status).toBe(422)
    const old = upload(own(await navyOnWall()))
    old.set('version', '7')
    expect(await (await api(`/styles/${id}/reference`, old)).json()).toMatchObject({ code: 'approvals.moved-on' })
    expect(await stateOf(id)).toBe('proposed')
  })
})
