/**
 * Renders every category front and back, every texture close up, and the overcoat large, into docs/pictures/.
 * `npx tsx scripts/contact-sheet.ts [names…]`: with names, only those cells are printed as files of their own, for looking at.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { encodeLabelled } from '../src/garments/labelled.ts'
import { renderPackshot } from '../src/garments/packshot/index.ts'
import type { PackshotInput, RawPicture } from '../src/garments/packshot/index.ts'
import { TEXTURES } from '../src/garments/types.ts'
import type { Category, Gender, MaterialRole, Texture } from '../src/garments/types.ts'

const folder = new URL('../docs/pictures/', import.meta.url)
const label = (produceId: string) => ({
  contentProducer: 'Firstcut',
  produceId,
  digitalSourceType: 'algorithmicMedia' as const,
})

const garment = (
  category: Category,
  gender: Gender,
  textures: Partial<Record<MaterialRole, Texture | readonly [Texture, number]>>,
  colours: Record<string, string>,
  construction: Record<string, string> = {},
  measures: PackshotInput['measures'] = {},
): PackshotInput => ({
  category,
  gender,
  construction,
  measures,
  textures: Object.fromEntries(
    Object.entries(textures).map(([role, t]) => [
      role,
      typeof t === 'string' ? { texture: t, repeatMm: 0 } : { texture: t[0], repeatMm: t[1] },
    ]),
  ),
  colours,
  seed: 20,
  view: 'front',
  sizePx: 1024,
})

const WOMEN_COAT = {
  bodyLength: 1120,
  halfChest: 500,
  halfWaist: 440,
  halfHem: 660,
  shoulder: 400,
  sleeveLength: 600,
  halfBicep: 180,
  halfCuff: 135,
  armhole: 225,
  neckWidth: 165,
  waistLength: 400,
}
const CLOTHES: Record<string, PackshotInput> = {
  overcoat: garment(
    'coat',
    'men',
    { shell: 'melton', contrast: 'fur', lining: 'satin' },
    {
      shell: '#4f5636',
      contrast: '#6a452c',
      lining: '#2a211a',
      button: '#b5883c',
      buckle: '#c39a4e',
      thread: '#7d8060',
    },
    { closure: 'double-breasted', collar: 'fur', pocket: 'flap', belt: 'full', cuff: 'turn-up', shoulder: 'epaulette' },
    { bodyLength: 1130, halfChest: 555, halfWaist: 510, halfHem: 640, halfHip: 560 },
  ),
  coat: garment(
    'coat',
    'women',
    { shell: 'herringbone', lining: 'satin' },
    { shell: '#6d5a48', lining: '#3d2a22', button: '#2f2219' },
    { closure: 'double-breasted', collar: 'notched', pocket: 'welt', belt: 'none', cuff: 'plain' },
    WOMEN_COAT,
  ),
  jacket: garment(
    'jacket',
    'men',
    { shell: 'twill', lining: 'satin' },
    { shell: '#2b3a55', lining: '#161d2c', button: '#2a2420' },
    { closure: 'two-button', collar: 'notched', pocket: 'flap' },
  ),
  shirt: garment(
    'shirt',
    'men',
    { shell: ['stripe', 12] },
    { shell: '#f1f0ec', pattern: '#5d82b0', button: '#f2efe6' },
    { collar: 'classic', pocket: 'chest', closure: 'placket' },
  ),
  tee: garment(
    'tee',
    'men',
    { shell: 'jersey', rib: 'rib' },
    { shell: '#e4dfd3', rib: '#e4dfd3' },
    { pocket: 'chest' },
  ),
  sweatshirt: garment('sweatshirt', 'men', { shell: 'terry', rib: 'rib' }, { shell: '#8d3138' }),
  hoodie: garment('hoodie', 'men', { shell: 'fleece', rib: 'rib' }, { shell: '#868b90' }),
  'zip-hoodie': garment(
    'zip-hoodie',
    'women',
    { shell: 'terry', rib: 'rib' },
    { shell: '#2f4a3d', zip: '#b9bcc0' },
    {},
    { bodyLength: 640, halfChest: 510, shoulder: 400, sleeveLength: 590, halfBicep: 175, halfCuff: 85, armhole: 215 },
  ),
  trousers: garment('trousers', 'men', { shell: 'twill' }, { shell: '#3b3e45' }, { front: 'pleat' }),
  chinos: garment('chinos', 'men', { shell: 'denim' }, { shell: '#2c4064', buckle: '#b08850', thread: '#b98a4a' }),
  'pencil-skirt': garment('pencil-skirt', 'women', { shell: 'corduroy' }, { shell: '#7d4a2a' }),
  'full-skirt': garment('full-skirt', 'women', { shell: ['check', 64] }, { shell: '#7a2430' }),
  waistcoat: garment(
    'waistcoat',
    'men',
    { shell: ['houndstooth', 18], lining: 'satin' },
    { shell: '#4c4038', lining: '#3a2c28' },
  ),
  dress: garment('dress', 'women', { shell: 'satin', lining: 'satin' }, { shell: '#2f5d50' }),
}

async function tile(input: PackshotInput, px: number): Promise<RawPicture> {
  return renderPackshot({ ...input, sizePx: px })
}

async function sheet(name: string, pictures: readonly RawPicture[], columns: number, quality: number): Promise<void> {
  const cell = pictures[0]!.width
  const rows = Math.ceil(pictures.length / columns)
  const { data, info } = await sharp({
    create: {
      width: columns * cell,
      height: rows * cell + Math.ceil(rows * cell * 0.075),
      channels: 3,
      background: '#e9e7e4',
    },
  })
    .composite(
      pictures.map((p, i) => ({
        input: Buffer.from(p.data),
        raw: { width: p.width, height: p.height, channels: 3 as const },
        left: (i % columns) * cell,
        top: Math.floor(i / columns) * cell,
      })),
    )
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const bytes = await encodeLabelled(
    { width: info.width, height: info.height, data },
    { format: 'webp', widthPx: info.width, quality, label: label(name) },
  )
  await writeFile(new URL(`${name}.webp`, folder), bytes)
  console.log(name, `${info.width}×${info.height}`, `${Math.round(bytes.length / 1024)} kB`)
}

await mkdir(folder, { recursive: true })
const asked = process.argv.slice(2)
if (asked.length > 0) {
  for (const word of asked) {
    const [name, view = 'front'] = word.split(':') as [string, PackshotInput['view']?]
    const input = CLOTHES[name]
    if (!input) throw new Error(`There is no "${name}". There are: ${Object.keys(CLOTHES).join(', ')}.`)
    const p = await renderPackshot({ ...input, view })
    await sharp(p.data, { raw: { width: p.width, height: p.height, channels: 3 } })
      .png()
      .toFile(`${name}-${view}.png`)
    console.log(name, view, p.silhouette.coverage.toFixed(2))
  }
} else {
  const large = await renderPackshot({ ...CLOTHES['overcoat']!, scale: 2 })
  await writeFile(
    new URL('overcoat.webp', folder),
    await encodeLabelled(large, { format: 'webp', widthPx: 1024, quality: 86, label: label('overcoat') }),
  )
  const cells: RawPicture[] = []
  for (const input of Object.values(CLOTHES))
    for (const view of ['front', 'back'] as const) cells.push(await tile({ ...input, view }, 280))
  await sheet('contact-sheet', cells, 7, 64)
  const cloths: RawPicture[] = []
  for (const texture of TEXTURES)
    cloths.push(
      await tile(
        {
          ...garment('tee', 'men', { shell: texture }, { shell: texture === 'denim' ? '#2c4064' : '#7a5a48' }),
          view: 'detail-fabric',
        },
        260,
      ),
    )
  await sheet('textures', cloths, 6, 66)
}
