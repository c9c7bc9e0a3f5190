import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fromHosts, openNames } from '../../src/engines/names.ts'

/** A real name server on loopback: `silent.*` is never answered, `no.*` does not exist, `four.*` has no IPv6 answer. */
let server: Socket
let port = 0

function answer(question: Buffer): Buffer | undefined {
  const labels: string[] = []
  let at = 12
  for (let length = question[at] ?? 0; length; at += length + 1, length = question[at] ?? 0)
    labels.push(question.subarray(at + 1, at + 1 + length).toString())
  const type = question.readUInt16BE(at + 1)
  const [first] = labels
  if (first === 'silent' || (first === 'four' && type === 28)) return undefined
  const missing = first === 'no'
  const header = Buffer.alloc(12)
  question.copy(header, 0, 0, 2)
  header.writeUInt16BE(missing ? 0x8183 : 0x8180, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(missing ? 0 : 1, 6)
  const data =
    type === 28
      ? Buffer.from([0x20, 1, 0xd, 0xb8, ...Array.from({ length: 11 }, () => 0), 7])
      : Buffer.from([192, 0, 2, 7])
  const record = Buffer.alloc(12)
  record.writeUInt16BE(0xc00c, 0)
  record.writeUInt16BE(type, 2)
  record.writeUInt16BE(1, 4)
  record.writeUInt32BE(60, 6)
  record.writeUInt16BE(data.length, 10)
  return Buffer.concat([header, question.subarray(12, at + 5), ...(missing ? [] : [record, data])])
}

beforeAll(async () => {
  server = createSocket('udp4')
  server.on('message', (question, from) => {
    const bytes = answer(question)
    if (bytes) server.send(bytes, from.port, from.address)
  })
  server.bind(0, '127.0.0.1')
  await once(server, 'listening')
  port = server.address().port
})
afterAll(() => void server.close())

const names = (deadlineMs = 1000) => openNames({ servers: [`127.0.0.1:${port}`], hostsFile: '/nowhere', deadlineMs })

test('a name has all its addresses, of both kinds', async () => {
  expect(await names()('shop.example', false)).toEqual(
    expect.arrayContaining([
      { address: '192.0.2.7', family: 4 },
      { address: '2001:db8::7', family: 6 },
    ]),
  )
})

test('twenty names that nobody answers about hold up no other, and end at their deadline', async () => {
  const find = names(1500)
  const began = performance.now()
  const dead = Array.from({ length: 20 }, (_, n) =>
    find(`silent.factory-${n}.example`, false).then(
      () => 'found',
      (error: unknown) => (error as { code?: string }).code,
    ),
  )
  for (let n = 0; n < 50; n++) await find(`shop-${n}.example`, false)
  expect(performance.now() - began).toBeLessThan(1000)
  expect(new Set(await Promise.all(dead))).toEqual(new Set(['ETIMEOUT']))
  expect(performance.now() - began).toBeLessThan(3000)
})

test('a name server that drops questions about IPv6 costs a moment, not the name', async () => {
  const began = performance.now()
  expect(await names(5000)('four.example', false)).toEqual([{ address: '192.0.2.7', family: 4 }])
  expect(performance.now() - began).toBeLessThan(1000)
})

test('a name that does not exist is said not to', async () => {
  await expect(names()('no.example', false)).rejects.toMatchObject({ code: 'ENOTFOUND' })
})

test('the hosts file comes first, whatever its spacing, comments and case', () => {
  const text =
    '127.0.0.1 localhost\n::1\tlocalhost ip6-localhost\n# 10.0.0.1 gone\n10.0.0.9   Factory.LAN mill # ours\n'
  expect(fromHosts(text, 'factory.lan')).toEqual([{ address: '10.0.0.9', family: 4 }])
  expect(fromHosts(text, 'localhost')).toEqual([
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ])
  expect(fromHosts(text, 'gone')).toEqual([])
})
