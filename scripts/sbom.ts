/** A bill of materials (CycloneDX) of what the product runs with, from the lockfile. npm names it by its folder; we by our name. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const { name } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string }
const asked = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--omit=dev', '--package-lock-only']
const bom = JSON.parse(execFileSync('npm', asked, { encoding: 'utf8', maxBuffer: 64e6 })) as {
  metadata: { component: { name: string } }
}
bom.metadata.component.name = name
process.stdout.write(`${JSON.stringify(bom, null, 2)}\n`)
