import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openVault } from '../../src/engines/vault.ts'

const master = randomBytes(32)
const vault = openVault(master)

test('what was sealed opens again, also after a restart with the same master secret', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (secret) => {
      expect(openVault(Buffer.from(master)).open(vault.seal(secret))).toBe(Buffer.from(secret).toString('utf8'))
    }),
  ))

test('sealing twice gives different texts, none of which shows the secret', () => {
  const [one, two] = [vault.seal('whsec_hush'), vault.seal('whsec_hush')]
  expect(one).not.toBe(two)
  expect(Buffer.from(one.slice(3), 'base64url').toString('latin1')).not.toContain('hush')
})

test('another master secret, a changed bit or a cut text opens nothing and says what to do', () => {
  const sealed = vault.seal('whsec_hush')
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  const flipped = Array.from(bytes, (byte, at) => {
    const copy = Buffer.from(bytes)
    copy[at] = byte ^ 1
    return `v1.${copy.toString('base64url')}`
  })
  for (const bad of [...flipped, sealed.slice(0, 20), 'v2.xx', '', `${sealed}AAAA`])
    expect(() => vault.open(bad)).toThrow(/master key/)
  expect(() => openVault(randomBytes(32)).open(sealed)).toThrow(/master key/)
})

test('a token holds for its purpose and subject only', () => {
  const token = vault.sign('brief-file', 'order/a.pdf/99')
  expect(vault.verify('brief-file', 'order/a.pdf/99', token)).toBe(true)
  expect(vault.verify('brief-file', 'order/b.pdf/99', token)).toBe(false)
  expect(vault.verify('buyer', 'order/a.pdf/99', token)).toBe(false)
  expect(vault.verify('brief-fil', 'eorder/a.pdf/99', token)).toBe(false)
  for (const bad of ['', 'x', token.slice(1), `${token}AA`])
    expect(vault.verify('brief-file', 'order/a.pdf/99', bad)).toBe(false)
  expect(openVault(randomBytes(32)).verify('brief-file', 'order/a.pdf/99', token)).toBe(false)
})

test('a master secret of another length is refused', () => {
  expect(() => openVault(randomBytes(31))).toThrow(/32 bytes/)
})
