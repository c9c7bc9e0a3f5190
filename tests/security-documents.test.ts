/** What the documents promise about security is proven by tests that are there; the bill of materials is whole. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const security = readFileSync('docs/security.md', 'utf8')

test('every promise names where it is done, and the tests that prove it are there under their titles', () => {
  const rows = security.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| promise'))
  expect(rows.length).toBeGreaterThanOrEqual(14)
  for (const row of rows) {
    const [, , where = '', proof = ''] = row.split('|')
    for (const [, path = ''] of where.matchAll(/`([^`]+)`/g)) expect(existsSync(path), path).toBe(true)
    const proofs = proof.trim().split('<br>')
    expect(proofs.length, row).toBeGreaterThan(0)
    for (const each of proofs) {
      const [, file = '', title = ''] = /^`(tests\/[^`]+)`: (.+)$/.exec(each) ?? []
      expect(existsSync(file), each).toBe(true)
      expect(readFileSync(file, 'utf8'), file).toContain(`'${title}'`)
    }
  }
})

test('the runbooks are reached from where somebody looks', () => {
  const operating = readFileSync('docs/operating.md', 'utf8')
  for (const name of readdirSync('docs/runbooks')) expect(operating).toContain(`runbooks/${name}`)
  for (const link of ['docs/security.md', 'docs/runbooks']) expect(readFileSync('README.md', 'utf8')).toContain(link)
})

test('the bill of materials is CycloneDX, is ours, and has every library the product runs with', () => {
  const bom = JSON.parse(execFileSync('npm', ['run', '-s', 'sbom'], { encoding: 'utf8', maxBuffer: 64e6 })) as {
    bomFormat: string
    metadata: { component: { name: string; type: string } }
    components: { name: string; version: string }[]
  }
  expect(bom.bomFormat).toBe('CycloneDX')
  expect(bom.metadata.component).toMatchObject({ name: 'firstcut', type: 'application' })
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >
  const has = new Map(bom.components.map(({ name, version }) => [name, version]))
  for (const [name, version] of Object.entries(dependencies)) expect(has.get(name), name).toBe(version)
  expect(has.has('vitest')).toBe(false)
  expect(Object.keys(devDependencies)).toContain('vitest')
})
