/**
 * npm run drapes: every garment with a seam graph, sewn and hung on its form in its smallest, base and largest size, and
 * checked.
 *
 *   npm run drapes -- [--json] [--only tee,coat] [--sizes base] [--edge 18] [--pictures FOLDER]
 *
 * `--json` prints one line at the end, for a machine; `--pictures` writes a plain shaded picture of each from four sides.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { type DrapeFigures, faultsOf, figuresOf } from '../../src/garments/drape/checks.ts'
import { drape, type Draped, DrapeError } from '../../src/garments/drape/drape.ts'
import { BLOCKS, draftStyle, MATERIALS, sampleSpec } from '../../src/garments/index.ts'
import { fourSides } from './picture.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    only: { type: 'string' },
    sizes: { type: 'string', default: 'three' },
    edge: { type: 'string', default: '18' },
    pictures: { type: 'string' },
  },
})
const only = values.only?.split(',')
const blocks = BLOCKS.filter(
  ({ category, gender, recipe }) =>
    recipe.sewing && (only?.some((word) => word === category || word === `${category}-${gender}`) ?? true),
)
if (values.pictures) mkdirSync(values.pictures, { recursive: true })

const all: { figures: DrapeFigures | undefined; seconds: number; settled: boolean }[] = []
const text = (value: number, digits: number, width: number): string => value.toFixed(digits).padStart(width)

async function show(draped: Draped, name: string): Promise<void> {
  if (!values.pictures) return
  const { rgb, width, height } = fourSides(draped)
  await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(join(values.pictures, `${name}.png`))
}

console.log('garment                        gap mm  cross  form mm   mm/s  level %  length %     s  vertices  steps')
for (const block of blocks) {
  const spec = sampleSpec(block.category, block.gender, MATERIALS)
  const { sizes } = draftStyle(spec)
  const three = sizes.filter(({ size }, i) =>
    values.sizes === 'base' ? size === spec.sizes.base : i === 0 || i === sizes.length - 1 || size === spec.sizes.base,
  )
  for (const size of three) {
    const name = `${block.category} ${block.gender} ${size.size}`
    const began = performance.now()
    const input = { size, gender: block.gender, materials: spec.materials, seed: spec.seed }
    try {
      const draped = drape(input, { edge: Number(values.edge) })
      const seconds = (performance.now() - began) / 1000
      const figures = figuresOf(draped)
      const faults = faultsOf(figures)
      all.push({ figures, seconds, settled: faults.length === 0 })
      const { gapMm, crossings, nearestMm, speed, levelPercent, lengthPercent, level } = figures
      console.log(
        `${name.padEnd(30)}${text(gapMm, 2, 7)}${text(crossings, 0, 7)}${text(nearestMm, 2, 9)}${text(speed, 1, 7)}` +
          `${text(levelPercent, 1, 9)}${text(lengthPercent, 1, 10)}${text(seconds, 1, 6)}${text(draped.mesh.vertices, 0, 10)}` +
          `${text(draped.steps, 0, 7)}  ${faults.length ? `falls back: ${faults.join(', ')}` : 'good'}  (${level})`,
      )
      await show(draped, name.replaceAll(/[ /]/g, '-'))
    } catch (error) {
      if (!(error instanceof DrapeError)) throw error
      all.push({ figures: undefined, seconds: (performance.now() - began) / 1000, settled: false })
      console.log(`${name.padEnd(30)}  falls back: ${error.reason}: ${error.message}`)
    }
  }
}

const drapes = all.flatMap(({ figures }) => (figures ? [figures] : []))
const worst = (key: 'gapMm' | 'crossings' | 'levelPercent' | 'lengthPercent'): number =>
  Math.round(100 * Math.max(0, ...drapes.map((figures) => Math.abs(figures[key])))) / 100
const seconds = all.map((each) => each.seconds).toSorted((a, b) => a - b)
const settled = all.filter((each) => each.settled).length
const line = {
  styles: all.length,
  settled,
  fellBack: all.length - settled,
  worstGapMm: worst('gapMm'),
  crossings: drapes.reduce((sum, { crossings }) => sum + crossings, 0),
  worstLevelPercent: worst('levelPercent'),
  worstLengthPercent: worst('lengthPercent'),
  medianSeconds: Math.round(10 * (seconds[Math.floor(seconds.length / 2)] ?? 0)) / 10,
}
console.log(values.json ? JSON.stringify(line) : `${settled} of ${all.length} settled`)
