/**
 * npm run worn: garments as they are worn, drawn from their own pieces, on one sheet; and which are not shown so, and why.
 *
 *   npm run worn -- [--only tee,dress-women] [--sides front,back] [--height 640] [--size 175/92A] [--out worn.webp] [--cache FOLDER] [--json]
 *
 * Drapes are kept in the folder by their hash: another colour or side needs no other drape. `--json` ends with a line for a machine.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import sharp from 'sharp'
import { isSide, SIDES, type Side, type WornPicture } from '../../src/garments/drape/worn/picture.ts'
import { drapeHash, isWorn, type KeptDrape } from '../../src/garments/drape/worn/worn.ts'
import { BLOCKS, draftStyle, MATERIALS, openStudio, sampleSpec } from '../../src/garments/index.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    sides: { type: 'string', default: 'front,back' },
    height: { type: 'string', default: '640' },
    size: { type: 'string' },
    out: { type: 'string', default: 'worn.webp' },
    cache: { type: 'string' },
    json: { type: 'boolean' },
  },
})
const only = values.only?.split(',')
const sides: Side[] = values.sides.split(',').filter(isSide)
if (!sides.length) throw new RangeError(`--sides takes ${Object.keys(SIDES).join(', ')}`)
if (values.cache) mkdirSync(values.cache, { recursive: true })
const heightPx = Math.max(80, Math.min(2048, Math.round(Number(values.height)) || 640))

/** Colours that go with the usual cloth of each garment; anything else is olive. */
const COLOURS: Readonly<Record<string, string>> = {
  tee: '#6f8f9f',
  sweatshirt: '#8a6a4f',
  shirt: '#b9c7d8',
  dress: '#7d2f3a',
  trousers: '#3c4250',
  chinos: '#a48a63',
  'pencil-skirt': '#2f3d36',
  'full-skirt': '#5a4a70',
  waistcoat: '#4a4d55', // prettier-ignore
}

const fileOf = (hash: string): string | undefined => values.cache && join(values.cache, `${hash}.drape`)
function keptOf(hash: string): KeptDrape | undefined {
  const file = fileOf(hash)
  return file && existsSync(file) ? (deserialize(readFileSync(file)) as KeptDrape) : undefined
}

/** Nobody waits at a command's end: a busy machine may take its time. */
const MOST_MS = 600_000

const studio = openStudio({ threads: 1 })
const rows: WornPicture[][] = []
let fellBack = 0
for (const block of BLOCKS) {
  const { category, gender } = block
  if (!(only?.some((word) => word === category || word === `${category}-${gender}`) ?? true)) continue
  const spec = sampleSpec(category, gender, MATERIALS)
  const label = values.size ?? spec.sizes.base
  const size = draftStyle(spec).sizes.find((each) => each.size === label)
  if (!size) continue
  const began = performance.now()
  const input = { size, gender, materials: spec.materials, seed: spec.seed }
  const kept = keptOf(drapeHash(input))
  const shell = COLOURS[category] ?? '#4a4f37'
  const colours = { shell, contrast: shell, rib: shell, lining: shell, button: '#2b241d', thread: shell }
  const outcome = await studio.worn({
    ...input,
    sides,
    colourings: [colours],
    heightPx,
    deadlineMs: MOST_MS,
    ...(kept ? { kept } : {}),
  })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const name = `${category} ${gender} ${label}`.padEnd(32)
  if (!isWorn(outcome)) {
    fellBack++
    console.log(`${name} not shown as worn (${seconds} s): ${outcome.why.en}`)
    continue
  }
  const file = fileOf(outcome.kept.hash)
  if (file && !kept) writeFileSync(file, serialize(outcome.kept))
  console.log(`${name} good (${seconds} s${kept ? ', drape kept from before' : ''})`)
  rows.push(outcome.pictures)
}
await studio.close()

if (rows.length) {
  // Garments side by side, up to four in a row, each with its sides.
  const [{ width, height }] = rows[0]! as [WornPicture]
  const across = Math.min(4, rows.length)
  const sheet = sharp({
    create: {
      width: across * sides.length * width,
      height: Math.ceil(rows.length / across) * height,
      channels: 3,
      background: '#f0efed',
    },
  }).composite(
    rows.flatMap((pictures, i) =>
      pictures.map(({ rgb }, j) => ({
        input: Buffer.from(rgb.buffer, rgb.byteOffset, rgb.length),
        raw: { width, height, channels: 3 as const },
        left: ((i % across) * sides.length + j) * width,
        top: Math.floor(i / across) * height,
      })),
    ),
  )
  await (values.out.endsWith('.png') ? sheet.png() : sheet.webp({ quality: 88 })).toFile(values.out)
}
const line = { garments: rows.length + fellBack, worn: rows.length, fellBack, sides }
console.log(values.json ? JSON.stringify(line) : `${rows.length} shown as worn, ${fellBack} as flat pictures`)
