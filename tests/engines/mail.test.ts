/** Every way for letters to leave the house keeps the same promises; the real one against a real server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Letter, Mailer } from '../../src/engines/ports.ts'
import { MAIL, openMailer } from '../../src/engines/registry.ts'
import { readMailFolder } from '../support/letters.ts'

const FROM = 'Firstcut <noreply@firstcut.invalid>'
const letter = (change: Partial<Letter> = {}): Letter => ({
  id: '0198c0de-0000-7000-8000-000000000001',
  to: 'mei@example.com',
  lang: 'zh',
  subject: '请确认您的预订：双排扣军大衣',
  body: '您好，\n.一行以点开头\n军绿 · L × 3\nhttp://shop.example/p?id=1&token=a=b\n',
  ...change,
})

interface Arrived {
  id: string
  to: string
  subject: string
  text: string
}

/** A post office on this machine: what it took, and what it refuses from now on. */
interface Post {
  url: string | undefined
  arrived(): Promise<Arrived[]>
  refuse(): void
  close(): Promise<void>
}

const ACCOUNT = { user: 'house', pass: 'p@ss/word' }
const AUTH = `${ACCOUNT.user}:${encodeURIComponent(ACCOUNT.pass)}`
/** The test server signs its own certificate, which nobody else trusts. */
const TRUSTING = '?tls.rejectUnauthorized=false'

async function smtpServer(
  how: SMTPServerOptions,
  url: (port: number) => string,
): Promise<Post & { secure: boolean[]; port: number }> {
  const letters: Arrived[] = []
  const secure: boolean[] = []
  let refuses = false
  const server = new SMTPServer({
    logger: false,
    onAuth: ({ username, password }, _, done) =>
      username === ACCOUNT.user && password === ACCOUNT.pass
        ? done(null, { user: username })
        : done(new Error('wrong user or password')),
    onRcptTo: (_, __, done) => (refuses ? done(new Error('no such mailbox')) : done()),
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        secure.push(session.secure)
        PostalMime.parse(Buffer.concat(parts)).then(({ messageId = '', to, subject = '', text = '' }) => {
          letters.push({
            id: messageId.replace(/^<|@firstcut>$/g, ''),
            to: to?.[0]?.address ?? '',
            subject,
            text: text.replaceAll('\r\n', '\n'),
          })
          done()
        }, done)
      })
    },
    ...how,
  })
  server.on('error', () => {}) // a client that hangs up is what is tested
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: url(port),
    port,
    secure,
    arrived: async () => letters,
    refuse: () => void (refuses = true),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

let folder: string
let post: Post
let mailer: Mailer
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'firstcut-mail-'))))
afterEach(async () => {
  mailer?.close?.()
  await post?.close()
  rmSync(folder, { recursive: true, force: true })
})
const open = (url: string | undefined = post.url): Mailer =>
  (mailer = openMailer({ url, folder: join(folder, 'mail'), from: FROM }))

const inFolder = async (): Promise<Post> => ({
  url: undefined,
  arrived: async () =>
    (await readMailFolder(join(folder, 'mail'))).map((each) => ({
      ...each,
      text: each.text.replaceAll('\r\n', '\n'),
    })),
  refuse: () => writeFileSync(join(folder, 'mail'), 'a file where the folder should be'),
  close: async () => {},
})
const plain = () => smtpServer({ authOptional: true, hideSTARTTLS: true }, (port) => `smtp://127.0.0.1:${port}`)
const startTls = () => smtpServer({ authOptional: false }, (port) => `smtp://${AUTH}@127.0.0.1:${port}${TRUSTING}`)
const tls = () => smtpServer({ secure: true }, (port) => `smtps://${AUTH}@127.0.0.1:${port}${TRUSTING}`)

/** One line for each way; `smtp` and `smtps` are what the address begins with. */
const WAYS = [
  { way: 'a folder', begin: inFolder, protocol: undefined },
  { way: 'SMTP in the clear, inside a house', begin: plain, protocol: 'smtp' },
  { way: 'SMTP with STARTTLS and a password', begin: startTls, protocol: 'smtp' },
  { way: 'SMTP over TLS with a password', begin: tls, protocol: 'smtps' },
]

test('every adapter that is registered is held to this contract, by each of its protocols', () => {
  const registered = MAIL.flatMap(({ protocols }) => protocols)
  expect(new Set(WAYS.flatMap(({ protocol }) => protocol ?? []))).toEqual(new Set(registered))
})

describe.each(WAYS)('letters by $way', ({ begin }) => {
  beforeEach(async () => void (post = await begin()))

  test('arrive with every character, also a line that begins with a dot', async () => {
    await open().send(letter())
    const { id, to, subject, body } = letter()
    const [arrived] = await post.arrived()
    expect(arrived).toMatchObject({ id, to, subject })
    expect(arrived?.text.trimEnd()).toBe(body.trimEnd())
  })

  test('sent again are known by their id', async () => {
    const { send } = open()
    await send(letter())
    await send(letter())
    expect(new Set((await post.arrived()).map(({ id }) => id))).toEqual(new Set([letter().id]))
  })

  test('go beside each other', async () => {
    const { send } = open()
    const ids = Array.from({ length: 12 }, (_, n) => letter().id.replace(/..$/, String(10 + n)))
    await Promise.all(ids.map((id) => send(letter({ id, lang: 'en', subject: `Letter ${id}`, body: 'Hello.' }))))
    expect((await post.arrived()).map(({ id }) => id).sort()).toEqual(ids)
  })

  test('that were not taken are an error, so that they are sent later', async () => {
    post.refuse()
    await expect(open().send(letter())).rejects.toThrow()
  })

  test('never carry a second header in their subject or another recipient', async () => {
    await open().send(letter({ subject: 'Hello\r\nBcc: everybody@example.com', body: 'x' }))
    const [arrived, ...more] = await post.arrived()
    expect(more).toEqual([])
    expect(arrived).toMatchObject({ to: 'mei@example.com', subject: 'Hello Bcc: everybody@example.com' })
  })
})

describe('a mail server', () => {
  test.each([
    { way: 'STARTTLS', begin: startTls },
    { way: 'TLS', begin: tls },
  ])('with $way reads nothing in the clear', async ({ begin }) => {
    const server = await begin()
    post = server
    await open().send(letter())
    expect(server.secure).toEqual([true])
  })

  test.each([
    { way: 'STARTTLS', begin: startTls },
    { way: 'TLS', begin: tls },
  ])('whose certificate nobody vouches for gets no letter and no password ($way)', async ({ begin }) => {
    post = await begin()
    await expect(open(post.url?.replace(TRUSTING, '')).send(letter())).rejects.toThrow(/certificate/)
    expect(await post.arrived()).toEqual([])
  })

  test('that does not know the password takes nothing, and says so', async () => {
    post = await startTls()
    await expect(open(post.url?.replace(AUTH, 'house:wrong')).send(letter())).rejects.toThrow(/wrong user or password/)
    expect(await post.arrived()).toEqual([])
  })

  test('that says nothing keeps no letter that comes after one nobody waits for any more', async () => {
    const server = await plain()
    post = server
    const sockets: Socket[] = []
    // The first caller hears nothing; whoever calls after it is put through.
    const exchange = createServer((socket) => {
      sockets.push(socket.on('error', () => {}))
      if (sockets.length === 1) return
      const onward = connect(server.port, '127.0.0.1')
      socket.on('close', () => onward.destroy()) // the server would wait half a minute for it to hang up
      socket.pipe(onward).pipe(socket)
    })
    await new Promise<void>((resolve) => exchange.listen(0, '127.0.0.1', resolve))
    const { send } = open(`smtp://127.0.0.1:${(exchange.address() as AddressInfo).port}`)
    const waiting = new AbortController()
    const lost = expect(send(letter(), waiting.signal)).rejects.toThrow()
    await vi.waitUntil(() => sockets.length === 1)
    waiting.abort()
    await send(letter({ subject: 'the next one' }))
    expect((await post.arrived()).map(({ subject }) => subject)).toEqual(['the next one'])
    for (const socket of sockets) socket.destroy()
    await lost
    await new Promise((resolve) => exchange.close(resolve))
  })

  test('of a kind that no adapter speaks is refused with the configuration', async () => {
    const { readConfig } = await import('../../src/config.ts')
    post = await inFolder()
    expect(() => readConfig({ SMTP_URL: 'pigeon://loft', DATA_DIR: folder })).toThrow(/SMTP_URL/)
  })
})

describe('a mail server with many letters to take', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => letter({ id: `id-${n}`, to: `buyer${n}@example.com` }))

  test('is asked over as many connections as the mailer says, each for letter after letter', async () => {
    let connections = 0
    let alive = 0
    let most = 0
    post = await smtpServer(
      {
        authOptional: true,
        hideSTARTTLS: true,
        onConnect(_session, done) {
          connections++
          most = Math.max(most, ++alive)
          done()
        },
        onClose: () => void alive--,
        // Slow enough that nobody is done before the last has begun.
        onMailFrom: (_address, _session, done) => void setTimeout(done, 20),
      },
      (port) => `smtp://127.0.0.1:${port}?maxConnections=20`,
    )
    const smtp = open()
    expect(smtp.atOnce).toBe(20)
    await Promise.all(many(100).map((each) => smtp.send(each)))
    expect(new Set((await post.arrived()).map(({ id }) => id)).size).toBe(100)
    expect(most).toBeLessThanOrEqual(20)
    expect(connections).toBeLessThanOrEqual(20)
  })

  test('that takes four at a time gets all of them, once each', async () => {
    post = await smtpServer(
      { authOptional: true, hideSTARTTLS: true, maxClients: 4, onRcptTo: (_a, _s, done) => void setTimeout(done, 5) },
      (port) => `smtp://127.0.0.1:${port}`,
    )
    const smtp = open()
    const sent = await Promise.allSettled(many(40).map((each) => smtp.send(each)))
    const arrived = (await post.arrived()).map(({ id }) => id)
    expect(new Set(arrived).size).toBe(arrived.length)
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(arrived.length)
    expect(arrived.length).toBe(40)
  })

  test('is asked for fewer at a time where that was too many', async () => {
    post = await smtpServer(
      { authOptional: true, hideSTARTTLS: true, maxClients: 4, onRcptTo: (_a, _s, done) => void setTimeout(done, 5) },
      (port) => `smtp://127.0.0.1:${port}?maxConnections=16`,
    )
    const smtp = open()
    await Promise.all(many(16).map((each) => smtp.send(each)))
    expect(smtp.atOnce).toBeLessThan(16)
    expect(smtp.atOnce).toBeGreaterThan(0)
  })
})

describe('a letter that nobody waits for any more', () => {
  /** A mail server that takes its time over each recipient, and says who has been named. */
  async function slowServer(waitMs: (to: string) => number, connections: number) {
    const named: string[] = []
    let alive = 0
    const server = await smtpServer(
      {
        authOptional: true,
        hideSTARTTLS: true,
        onConnect: (_session, done) => (alive++, done()),
        onClose: () => void alive--,
        onRcptTo({ address }, _session, done) {
          named.push(address)
          setTimeout(done, waitMs(address))
        },
      },
      (port) => `smtp://127.0.0.1:${port}?maxConnections=${connections}`,
    )
    post = server
    return { named, alive: () => alive }
  }
  const to = (name: string) => letter({ id: name, to: `${name}@example.com` })
  const arrived = async () => (await post.arrived()).map(({ id }) => id).sort()

  test('is not taken later, and its connection is not kept', async () => {
    const server = await slowServer(() => 200, 5)
    const waiting = new AbortController()
    const lost = open().send(to('lost'), waiting.signal)
    await vi.waitUntil(() => server.named.length === 1)
    waiting.abort()
    await expect(lost).rejects.toThrow()
    await vi.waitUntil(() => server.alive() === 0)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await arrived()).toEqual([])
  })

  test('costs no other letter: those on their way and those that just begin go on, once each', async () => {
    const server = await slowServer((address) => (address.startsWith('lost') ? 60_000 : 100), 12)
    const { send } = open()
    const waiting = new AbortController()
    const lost = expect(send(to('lost'), waiting.signal)).rejects.toThrow()
    const under = Array.from({ length: 6 }, (_, n) => `under-way-${n}`)
    const sent = under.map((name) => send(to(name)))
    await vi.waitUntil(() => server.named.length === 7)
    const late = Array.from({ length: 4 }, (_, n) => `beginning-${n}`)
    sent.push(...late.map((name) => send(to(name))))
    // They are handed over, and on no connection yet.
    await new Promise<void>((resolve) => process.nextTick(resolve))
    waiting.abort()
    await lost
    await Promise.all(sent)
    expect(await arrived()).toEqual([...late, ...under])
  })

  test('is not sent where it was still waiting for the others', async () => {
    const server = await slowServer(() => 100, 1)
    const { send } = open()
    const waiting = new AbortController()
    const first = send(to('first'))
    await vi.waitUntil(() => server.named.length === 1)
    const second = expect(send(to('second'), waiting.signal)).rejects.toThrow()
    waiting.abort()
    await first
    await second
    await send(to('third'))
    expect(await arrived()).toEqual(['first', 'third'])
  })
})

describe('closing', () => {
  test('a mailer whose letters wait for each other: what is under way is sent, nobody waits for ever', async () => {
    post = await smtpServer(
      { authOptional: true, hideSTARTTLS: true, onRcptTo: (_a, _s, done) => void setTimeout(done, 100) },
      (port) => `smtp://127.0.0.1:${port}?maxConnections=2`,
    )
    const smtp = open()
    const all = ['a', 'b', 'c', 'd', 'e'].map((id) => smtp.send(letter({ id })))
    await new Promise((resolve) => setTimeout(resolve, 50))
    await smtp.close()
    const states = (await Promise.allSettled(all)).map(({ status }) => status)
    expect(states).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected', 'rejected'])
    expect((await post.arrived()).map(({ id }) => id).sort()).toEqual(['a', 'b'])
  })

  test('a folder waits for a letter that came while it closed', async () => {
    post = await inFolder()
    const folderMailer = open()
    const first = folderMailer.send(letter({ id: letter().id.replace(/1$/, '2') }))
    const closing = folderMailer.close()
    const late = folderMailer.send(letter())
    await closing
    expect(await post.arrived()).toHaveLength(2)
    await Promise.all([first, late])
  })
})
