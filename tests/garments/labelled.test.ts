import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { encodeLabelled, markPlace, PICTURE_FORMATS, readLabel } from '../../src/garments/labelled.ts'
import type { Credentials, Label } from '../../src/garments/labelled.ts'

const folder = mkdtempSync(join(tmpdir(), 'labelled-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const has = (tool: string, flag: string): boolean => spawnSync(tool, [flag]).status === 0

/** A grey gradient with a darker garment-like block, 640 × 800. */
const picture = () => {
  const [width, height] = [640, 800]
  const data = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++)
    data.fill(i % width > 160 && i % width < 480 ? 70 + (i % 13) : 190 + ((i / width) % 40), i * 3, i * 3 + 3)
  return { width, height, data }
}
const label: Label = {
  contentProducer: '星线 "Firstcut" & <Co>',
  produceId: 'img-018f-7',
  digitalSourceType: 'algorithmicMedia',
}

describe('a picture that leaves the house', () => {
  test.each(PICTURE_FORMATS)(
    'says in its %s bytes that it is an AI design: seven strings, source type, visible mark',
    async (format) => {
      const bytes = await encodeLabelled(picture(), { format, widthPx: 512, label })
      const found = await readLabel(bytes)
      expect(found).toMatchObject({ format, width: 512, height: 640, digitalSourceType: 'algorithmicMedia' })
      expect(found.aigc).toEqual({
        Label: '1',
        ContentProducer: label.contentProducer,
        ProduceID: label.produceId,
        ReservedCode1: '',
        ContentPropagator: label.contentProducer,
        PropagateID: label.produceId,
        ReservedCode2: '',
      })
      expect(found.visible.present).toBe(true)
      expect(found.visible.share).toBeGreaterThanOrEqual(0.05)
      expect(found.c2pa).toBeUndefined()
    },
  )

  test('shows its mark on dark, light and busy pictures alike, and an unmarked picture is not taken for a marked one', async () => {
    const width = 400
    for (const paint of [() => 8, () => 252, (i: number) => (i * 7919) % 256]) {
      const data = Uint8Array.from({ length: width * width * 3 }, (_, i) => paint(i))
      const marked = await encodeLabelled({ width, height: width, data }, { format: 'jpeg', widthPx: width, label })
      expect((await readLabel(marked)).visible.present).toBe(true)
      const bare = await sharp(data, { raw: { width, height: width, channels: 3 } })
        .jpeg()
        .toBuffer()
      expect((await readLabel(bare)).visible.present).toBe(false)
    }
  })

  test('keeps the mark inside the frame and at least 5 % of the short side high, square or tall', () => {
    for (const [w, h] of [
      [1024, 1024],
      [820, 1024],
      [320, 320],
      [1600, 900],
    ] as const) {
      const m = markPlace(w, h)
      expect(m.x + m.w).toBeLessThanOrEqual(w)
      expect(m.y + m.h).toBeLessThanOrEqual(h)
      expect(m.h * 0.9).toBeGreaterThanOrEqual(Math.min(w, h) * 0.05)
    }
  })

  test('loses its metadata when somebody converts it afterwards: why nothing may', async () => {
    const bytes = await encodeLabelled(picture(), { format: 'webp', widthPx: 320, label })
    const converted = await sharp(bytes).resize(200).webp().toBuffer()
    expect((await readLabel(converted)).aigc).toBeUndefined()
  })

  test('may come from a model as an encoded file, and says so', async () => {
    const { width, height, data } = picture()
    const encoded = await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer()
    const bytes = await encodeLabelled(encoded, {
      format: 'jpeg',
      widthPx: 256,
      label: { ...label, digitalSourceType: 'trainedAlgorithmicMedia' },
    })
    expect((await readLabel(bytes)).digitalSourceType).toBe('trainedAlgorithmicMedia')
  })

  test('is refused when it is not a picture, too wide, or without a producer', async () => {
    await expect(
      encodeLabelled(new Uint8Array([1, 2, 3]), { format: 'png', widthPx: 256, label }),
    ).rejects.toMatchObject({ code: 'pictures.unreadable', status: 422 })
    await expect(encodeLabelled(picture(), { format: 'png', widthPx: 9000, label })).rejects.toMatchObject({
      code: 'pictures.width',
    })
    await expect(
      encodeLabelled(picture(), { format: 'png', widthPx: 256, label: { ...label, contentProducer: ' ' } }),
    ).rejects.toMatchObject({ code: 'pictures.label' })
  })

  test.skipIf(!has('exiftool', '-ver'))('is read by exiftool too, in every format (needs exiftool)', async () => {
    for (const format of PICTURE_FORMATS) {
      const file = join(folder, `label.${format}`)
      writeFileSync(file, await encodeLabelled(picture(), { format, widthPx: 320, label }))
      const [read] = JSON.parse(
        execFileSync('exiftool', ['-j', '-XMP:all', '-struct', '-u', file], { encoding: 'utf8' }),
      ) as Record<string, string>[]
      expect(JSON.parse(read?.['Aigc'] ?? '{}'), format).toMatchObject({ Label: '1', ProduceID: label.produceId })
      expect(read?.['DigitalSourceType'], format).toMatch(/algorithmicMedia$/)
    }
  })
})

/** A certificate authority and a signing certificate for this test only. */
function testCredentials(): Credentials {
  const at = (name: string): string => join(folder, name)
  const ssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'pipe' })
  writeFileSync(
    at('ca.cnf'),
    '[req]\ndistinguished_name=dn\n[dn]\n[ca]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n[leaf]\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,emailProtection\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n',
  )
  for (const name of ['ca', 'leaf'])
    ssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', at(`${name}.key`))
  ssl(
    'req',
    '-new',
    '-x509',
    '-key',
    at('ca.key'),
    '-subj',
    '/O=Test/CN=Test CA',
    '-days',
    '30',
    '-config',
    at('ca.cnf'),
    '-extensions',
    'ca',
    '-out',
    at('ca.pem'),
  )
  ssl(
    'req',
    '-new',
    '-key',
    at('leaf.key'),
    '-subj',
    '/O=Test/CN=Test Signer',
    '-config',
    at('ca.cnf'),
    '-out',
    at('leaf.csr'),
  )
  ssl(
    'x509',
    '-req',
    '-in',
    at('leaf.csr'),
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-days',
    '20',
    '-extfile',
    at('ca.cnf'),
    '-extensions',
    'leaf',
    '-out',
    at('leaf.pem'),
  )
  return {
    certificates: readFileSync(at('leaf.pem'), 'utf8') + readFileSync(at('ca.pem'), 'utf8'),
    key: readFileSync(at('leaf.key'), 'utf8'),
  }
}

describe('a signed picture', () => {
  test.skipIf(!has('openssl', 'version'))(
    'carries a valid manifest beside its labels, and one altered pixel byte breaks it (needs openssl)',
    async () => {
      const c2pa = testCredentials()
      for (const format of PICTURE_FORMATS) {
        const bytes = await encodeLabelled(picture(), { format, widthPx: 320, label, c2pa })
        const found = await readLabel(bytes)
        expect(found.c2pa, format).toEqual({ state: 'Valid', digitalSourceType: 'algorithmicMedia' })
        expect(found.aigc?.['ProduceID'], format).toBe(label.produceId)
        expect(found.visible.present, format).toBe(true)
      }
      const bytes = await encodeLabelled(picture(), { format: 'jpeg', widthPx: 320, label, c2pa })
      const altered = Buffer.from(bytes)
      altered[altered.length - 40] = (altered[altered.length - 40] ?? 0) ^ 0x10
      expect((await readLabel(altered)).c2pa?.state).toBe('Invalid')
    },
  )

  test('is refused with a sentence when the key is not one', async () => {
    await expect(
      encodeLabelled(picture(), { format: 'jpeg', widthPx: 128, label, c2pa: { certificates: 'no', key: 'no' } }),
    ).rejects.toMatchObject({ code: 'pictures.certificate' })
  })
})
