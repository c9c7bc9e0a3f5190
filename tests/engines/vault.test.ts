/** What is sealed and signed keeps its promises wherever the master keys come from. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { masterKey, printKeys, type MasterKey } from '../../src/core/master-keys.ts'
import { givenKeys, openKeyFile } from '../../src/engines/keyring.ts'
import type { KeyRing, Vault } from '../../src/engines/ports.ts'
import { openVault } from '../../src/engines/vault.ts'

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'firstcut-keys-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const NOW = new Date('2026-11-16T08:00:00Z')
const HOUR = 3_600_000
let files = 0
const inFile = (keys: readonly MasterKey[]): KeyRing => {
  const file = join(folder, `secret-${files++}`)
  writeFileSync(file, printKeys(keys))
  return openKeyFile(file)
}

const RINGS = [
  { way: 'from the environment', ring: givenKeys },
  { way: 'in a file of ours', ring: inFile },
]

describe.each(RINGS)('master keys $way', ({ ring }) => {
  const master = randomBytes(32)
  const open = (bytes: Buffer = master): Vault => openVault(ring([masterKey(bytes)]), () => NOW)

  test('what was sealed opens again, also after a restart with the same master secret', () => {
    const [vault, restarted] = [open(), open(Buffer.from(master))]
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (secret) => {
        expect(restarted.open(vault.seal(secret))).toBe(Buffer.from(secret).toString('utf8'))
      }),
    )
  })

  test('sealing twice gives different texts, none of which shows the secret', () => {
    const vault = open()
    const [one, two] = [vault.seal('whsec_hush'), vault.seal('whsec_hush')]
    expect(one).not.toBe(two)
    expect(Buffer.from(one.slice(3), 'base64url').toString('latin1')).not.toContain('hush')
  })

  test('another master secret, a changed bit or a cut text opens nothing and says what to do', () => {
    const vault = open()
    const sealed = vault.seal('whsec_hush')
    const [version, id, text = ''] = sealed.split('.')
    const bytes = Buffer.from(text, 'base64url')
    const flipped = Array.from(bytes, (byte, at) => {
      const copy = Buffer.from(bytes)
      copy[at] = byte ^ 1
      return `${version}.${id}.${copy.toString('base64url')}`
    })
    const withoutId = flipped.map((each) => `v1.${each.split('.')[2]}`)
    for (const bad of [...flipped, ...withoutId, sealed.slice(0, 20), 'v2.xx', '', `${sealed}AAAA`])
      expect(() => vault.open(bad)).toThrow(/master key/)
    expect(() => open(randomBytes(32)).open(sealed)).toThrow(/master key/)
  })

  test('a text from before keys had ids opens still', () => {
    const vault = open()
    expect(vault.open(`v1.${vault.seal('whsec_hush').split('.')[2]}`)).toBe('whsec_hush')
  })

  test('a token holds for its purpose and subject only', () => {
    const vault = open()
    const token = vault.sign('brief-file', 'order/a.pdf/99')
    expect(vault.verify('brief-file', 'order/a.pdf/99', token)).toBe(true)
    expect(vault.verify('brief-file', 'order/b.pdf/99', token)).toBe(false)
    expect(vault.verify('buyer', 'order/a.pdf/99', token)).toBe(false)
    expect(vault.verify('brief-fil', 'eorder/a.pdf/99', token)).toBe(false)
    for (const bad of ['', 'x', token.slice(1), `${token}AA`])
      expect(vault.verify('brief-file', 'order/a.pdf/99', bad)).toBe(false)
    expect(open(randomBytes(32)).verify('brief-file', 'order/a.pdf/99', token)).toBe(false)
  })

  test('an older key still opens what it sealed; what it signed holds until its time is over', () => {
    const old = open()
    const [sealed, token] = [old.seal('whsec_hush'), old.sign('buyer', 'p1')]
    const fresh = masterKey(randomBytes(32))
    const beside = (until: number) =>
      openVault(ring([fresh, { ...masterKey(master), until: new Date(+NOW + until) }]), () => NOW)
    expect(beside(HOUR).writes()).toBe(fresh.id)
    expect(beside(HOUR).open(sealed)).toBe('whsec_hush')
    expect(beside(HOUR).verify('buyer', 'p1', token)).toBe(true)
    expect(beside(HOUR).signAll('buyer', 'p1')).toContainEqual({ key: masterKey(master).id, token })
    expect(beside(-HOUR).verify('buyer', 'p1', token)).toBe(false)
    expect(beside(-HOUR).open(sealed), 'a text has no time').toBe('whsec_hush')
    const without = openVault(ring([fresh]), () => NOW)
    expect(() => without.open(sealed)).toThrow(/master key/)
    expect(without.verify('buyer', 'p1', token)).toBe(false)
  })

  test('a ring without a key seals nothing', () => {
    const none: KeyRing = { ...ring([masterKey(master)]), keys: () => [] }
    expect(() => openVault(none).seal('x')).toThrow(/master key/)
  })
})

test('a key that is added to the file seals from then on, also in a process that has it open; one that is forgotten opens nothing', () => {
  const ring = inFile([masterKey(randomBytes(32))])
  const vault = openVault(ring, () => NOW)
  const sealed = vault.seal('whsec_hush')
  const before = vault.writes()
  const id = ring.change?.add(new Date(+NOW + HOUR))
  expect(vault.writes()).toBe(id)
  expect(vault.open(sealed)).toBe('whsec_hush')
  ring.change?.forget([before])
  expect(() => vault.open(sealed)).toThrow(/master key/)
  expect(vault.open(vault.seal('whsec_new'))).toBe('whsec_new')
})

test('a master secret of another length is refused', () => {
  expect(() => openVault(randomBytes(31))).toThrow(/32 bytes/)
})
