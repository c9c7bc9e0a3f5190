/**
 * The papers of a garment as a factory gets them: every file of its brief, for an order of so many.
 *
 *   npm run tech-pack -- [--folder PLACE] [--category coat] [--gender men] [--units 120] [--sheets NAME]
 *
 * `--sheets NAME` also draws the pages of the tech pack, four on a sheet, into docs/pictures/NAME-1.webp and so on; it needs
 * pdftoppm (poppler-utils).
 */
import { execFileSync } from 'node:child_process'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import {
  BLOCKS,
  type Category,
  DEFAULT_RULES,
  deriveStyle,
  type Gender,
  MATERIALS,
  sampleSpec,
  styleHash,
} from '../src/garments/index.ts'
import { encodeLabelled } from '../src/garments/labelled.ts'
import { packshotInput, renderPackshot } from '../src/garments/packshot/index.ts'
import { flatsFor, laysFor, techPackFiles, type TechPackInput } from '../src/garments/techpack/index.ts'

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: join(tmpdir(), 'firstcut-tech-pack') },
    category: { type: 'string', default: 'coat' },
    gender: { type: 'string', default: 'men' },
    units: { type: 'string', default: '120' },
    sheets: { type: 'string' },
  },
})
const units = Number(values.units)
if (!Number.isInteger(units) || units < 1)
  throw new RangeError(`--units must be a whole number from 1, not "${values.units}"`)
if (!BLOCKS.some(({ category, gender }) => category === values.category && gender === values.gender))
  throw new RangeError(
    `there is no ${values.category} for ${values.gender}; there are: ${BLOCKS.map(({ category, gender }) => `${category} ${gender}`).join(', ')}`,
  )
const ISSUED = '2026-11-22T02:00:00Z'

/** An order spread over sizes and colours, the middle sizes most. */
function quantitiesOf(sizes: readonly string[], ways: readonly string[]) {
  const weights = sizes.map((_, i) => 1 + Math.min(i, sizes.length - 1 - i))
  const whole = weights.reduce((sum, weight) => sum + weight, 0) * ways.length
  const lines = ways.flatMap((colourway) =>
    sizes.map((size, i) => ({ size, colourway, units: Math.floor(((weights[i] ?? 1) * units) / whole) })),
  )
  const middle = lines[Math.floor(sizes.length / 2)]
  if (middle) middle.units += units - lines.reduce((sum, line) => sum + line.units, 0)
  return lines.filter((line) => line.units > 0)
}

async function inputOf(category: Category, gender: Gender): Promise<TechPackInput> {
  const lined = category === 'coat' ? { zh: '双排扣大衣（全里）', en: 'Double-breasted coat, fully lined' } : undefined
  const sample = sampleSpec(category, gender, MATERIALS, lined ? { names: lined } : {})
  const fusible = MATERIALS['fusible-woven-60']
  // A sample takes the first interlining of the library, which is a shirt collar's.
  const asked = lined && fusible ? { ...sample, materials: { ...sample.materials, interlining: fusible } } : sample
  const made = deriveStyle(asked, DEFAULT_RULES)
  const { spec, derived, draft } = made
  const hash = styleHash(spec, derived, DEFAULT_RULES)
  const quantities = quantitiesOf(
    spec.sizes.list,
    spec.colourways.map(({ id }) => id),
  )
  const bySize = Object.fromEntries(
    spec.sizes.list.map((size) => [size, quantities.filter((line) => line.size === size).reduce((sum, line) => sum + line.units, 0)]), // prettier-ignore
  )
  const style = { id: '01938f00-0000-7000-8000-0000000000aa', number: 'FC-26W-0107', version: 1, hash: { approved: hash, sold: hash, sent: hash }, spec, derived, draft } // prettier-ignore
  const base = draft.sizes.find(({ size }) => size === spec.sizes.base)
  if (!base) throw new Error(`no draft of ${spec.sizes.base}`)
  const shot = async (view: 'front' | 'back'): Promise<Uint8Array> =>
    encodeLabelled(await renderPackshot(packshotInput(spec, base, spec.colourways[0]?.id ?? '', view, { sizePx: 1024, scale: 1 })), { format: 'png', widthPx: 1024, label: { contentProducer: 'Firstcut', produceId: `${category}-${view}`, digitalSourceType: 'algorithmicMedia' } }) // prettier-ignore
  return {
    id: '01938f00-0000-7000-8000-000000000001',
    issuedAt: ISSUED,
    order: {
      number: 'PO-2026-0042',
      lot: 1,
      currency: 'CNY',
      price: { basis: 'cmt', unit: 168_00 },
      quantities,
      totalUnits: units,
      shipBy: '2026-12-18',
      shipTo: { name: '杭州分拨中心', contact: '李婷', phone: '+86 571 0000 0000', lines: ['余杭区文一西路 969 号 3 号库'], city: '杭州', region: '浙江', postalCode: '311121', country: 'CN' }, // prettier-ignore
    },
    style,
    house: { brand: 'FIRSTCUT', maker: '初裁服饰（杭州）有限公司', makerAddress: '浙江省杭州市余杭区文一西路 969 号', origin: { zh: '中国制造', en: 'Made in China' } }, // prettier-ignore
    revisions: [{ revision: 1, date: '2026-11-22', by: 'FIRSTCUT', change: { zh: '首版', en: 'First issue' } }],
    lays: laysFor(style, bySize),
    flats: flatsFor(style),
    pictures: { front: await shot('front'), back: await shot('back') },
  }
}

/** Pages on sheets of two by two. */
async function drawSheets(folder: string, name: string): Promise<void> {
  const pages = join(folder, 'pages')
  await mkdir(pages, { recursive: true })
  execFileSync('pdftoppm', ['-r', '80', '-png', join(folder, 'techpack.pdf'), join(pages, 'page')])
  const files = (await readdir(pages)).sort().map((file) => join(pages, file))
  const { width = 0, height = 0 } = await sharp(files[0]).metadata()
  for (let i = 0; i < files.length; i += 4) {
    const four = files.slice(i, i + 4)
    const rows = Math.ceil(four.length / 2)
    const sheet = sharp({ create: { width: width * 2 + 8, height: height * rows + 8 * (rows - 1), channels: 3, background: '#8a8f99' } }) // prettier-ignore
    const placed = four.map((input, n) => ({ input, left: (n % 2) * (width + 8), top: Math.floor(n / 2) * (height + 8) })) // prettier-ignore
    const file = new URL(`../docs/pictures/${name}-${i / 4 + 1}.webp`, import.meta.url)
    await writeFile(file, await sheet.composite(placed).webp({ quality: 60 }).toBuffer())
  }
  await rm(pages, { recursive: true })
}

await mkdir(values.folder, { recursive: true })
for (const { name, bytes } of await techPackFiles(await inputOf(values.category as Category, values.gender as Gender)))
  await writeFile(join(values.folder, name), bytes)
if (values.sheets) await drawSheets(values.folder, values.sheets)
console.log(`${values.folder}: the papers of ${units} × ${values.category}, ${values.gender}`)
