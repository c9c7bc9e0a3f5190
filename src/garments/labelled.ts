/**
 * The only way out for picture bytes. Every picture that leaves is marked three times: visibly (GB 45438-2025 §5, EU AI
 * Act Art. 50), in XMP (TC260:AIGC and IPTC DigitalSourceType), and, when the operator has a certificate, by a C2PA
 * manifest. Any later re-encoding drops the last two, so nothing may resize or convert what comes from here.
 */
import { loadSharp } from '../core/sharp.ts'
import type { Sharp } from 'sharp'
import { problem } from '../core/errors.ts'
import { readManifest, signManifest } from './packshot/c2pa.ts'
import { MARK_GLYPH_HEIGHT, MARK_HEIGHT, MARK_PATH, MARK_WIDTH } from './packshot/mark.ts'

export const PICTURE_FORMATS = ['png', 'jpeg', 'webp', 'avif'] as const
export type PictureFormat = (typeof PICTURE_FORMATS)[number]

/** IPTC digital source types: our renderer, a trained model, or a mixture of both. */
export const SOURCE_TYPES = [
  'algorithmicMedia',
  'trainedAlgorithmicMedia',
  'compositeWithTrainedAlgorithmicMedia',
] as const
export type DigitalSourceType = (typeof SOURCE_TYPES)[number]
const IPTC = 'http://cv.iptc.org/newscodes/digitalsourcetype/'

export interface Label {
  /** Name or code of the service that made the picture (GB 45438 ContentProducer). */
  contentProducer: string
  /** Number of the picture within that service. */
  produceId: string
  digitalSourceType: DigitalSourceType
}
/** PEM: the certificate chain, leaf first, and the leaf's private key (P-256 or P-384). */
export interface Credentials {
  certificates: string
  key: string
}
export interface LabelledOptions {
  format: PictureFormat
  widthPx: number
  quality?: number
  label: Label
  c2pa?: Credentials
}
/** Raw sRGB bytes, or an encoded picture from outside. */
export type SourcePicture = { width: number; height: number; data: Uint8Array } | Uint8Array

/** Share of the short side that the mark's characters are high; the law asks for 5 %. */
const MARK_SHARE = 0.054

/** Box and outlines of the visible mark for a picture size, px. */
export function markPlace(width: number, height: number): { x: number; y: number; w: number; h: number; svg: string } {
  const short = Math.min(width, height)
  // a narrow picture keeps the legal height as long as the words fit its width
  const glyph = Math.max(Math.ceil(short * MARK_SHARE), 6)
  const scale = Math.min(glyph / MARK_GLYPH_HEIGHT, (width * 0.94) / MARK_WIDTH)
  const pad = Math.round(glyph * 0.3)
  const w = Math.round(MARK_WIDTH * scale) + 2 * pad
  const h = Math.round(MARK_HEIGHT * scale) + pad
  const x = Math.max(0, width - w - Math.round(short * 0.016))
  const y = Math.max(0, height - h - Math.round(short * 0.016))
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}"><rect width="${w}" height="${h}" rx="${pad * 0.6}" fill="#fff" fill-opacity=".5"/>` +
    `<path transform="translate(${pad} ${pad / 2}) scale(${scale})" d="${MARK_PATH}" fill="#1d1c1a" fill-opacity=".8"/></svg>`
  return { x, y, w, h, svg }
}

const escape = (s: string): string =>
  s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function xmpOf(label: Label): string {
  // seven strings, all present: GB 45438-2025 annex E
  const aigc = {
    Label: '1',
    ContentProducer: label.contentProducer,
    ProduceID: label.produceId,
    ReservedCode1: '',
    ContentPropagator: label.contentProducer,
    PropagateID: label.produceId,
    ReservedCode2: '',
  }
  return (
    `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">` +
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""` +
    ` xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"` +
    ` xmlns:dc="http://purl.org/dc/elements/1.1/" Iptc4xmpExt:DigitalSourceType="${IPTC}${label.digitalSourceType}">` +
    `<TC260:AIGC>${escape(JSON.stringify(aigc))}</TC260:AIGC>` +
    `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">AI design, not yet made</rdf:li>` +
    `<rdf:li xml:lang="zh-CN">AI设计，尚未生产</rdf:li></rdf:Alt></dc:description>` +
    `</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
  )
}

function encode(picture: Sharp, o: LabelledOptions): Sharp {
  switch (o.format) {
    case 'png':
      return picture.png({ compressionLevel: 8 })
    case 'jpeg':
      return picture.jpeg({ quality: o.quality ?? 86, mozjpeg: false, chromaSubsampling: '4:4:4' })
    case 'webp':
      return picture.webp({ quality: o.quality ?? 82, effort: 2 })
    case 'avif':
      return picture.avif({ quality: o.quality ?? 58, effort: 1 })
  }
}

/** Lays the visible mark on raw pixels, in its own box only: compositing would walk the whole picture. */
async function drawMark(data: Uint8Array, width: number, height: number, channels: number): Promise<void> {
  const sharp = await loadSharp()
  const { x, y, svg } = markPlace(width, height)
  const mark = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const [w, h] = [Math.min(mark.info.width, width - x), Math.min(mark.info.height, height - y)]
  for (let row = 0; row < h; row++)
    for (let column = 0; column < w; column++) {
      const i = (row * mark.info.width + column) * 4
      const j = ((y + row) * width + x + column) * channels
      const alpha = mark.data[i + 3]! / 255
      for (let c = 0; c < Math.min(3, channels); c++)
        data[j + c] = Math.round(data[j + c]! * (1 - alpha) + mark.data[i + c]! * alpha)
    }
}

/**
 * Scales, marks, encodes, signs. Never enlarges. Throws `pictures.*` problems for a picture that cannot be read, a width
 * outside 64–4096 or an empty producer or number.
 */
export async function encodeLabelled(source: SourcePicture, o: LabelledOptions): Promise<Buffer> {
  if (!o.label.contentProducer.trim() || !o.label.produceId.trim())
    throw problem('pictures.label', 422, {
      en: 'A picture needs the name of its producer and its own number in the label. Set both.',
      zh: '图片标识缺少生成者名称或编号，请补全。',
    })
  if (!Number.isInteger(o.widthPx) || o.widthPx < 64 || o.widthPx > 4096)
    throw problem(
      'pictures.width',
      422,
      {
        en: `A picture can be 64 to 4096 pixels wide, not ${o.widthPx}.`,
        zh: `图片宽度须为 64–4096 像素，当前为 ${o.widthPx}。`,
      },
      { field: 'widthPx' },
    )
  const sharp = await loadSharp()
  const input =
    source instanceof Uint8Array
      ? sharp(source, { limitInputPixels: 50_000_000, failOn: 'error' })
          .rotate()
          .flatten({ background: '#f2f0ed' })
          .toColourspace('srgb')
      : sharp(source.data, { raw: { width: source.width, height: source.height, channels: 3 } })
  let scaled: { data: Buffer; info: { width: number; height: number; channels: number } }
  try {
    if (!(source instanceof Uint8Array) && source.width <= o.widthPx)
      // the right size already: a copy, because the mark is drawn on it
      scaled = { data: Buffer.from(source.data), info: { width: source.width, height: source.height, channels: 3 } }
    else
      scaled = await input
        .resize({ width: o.widthPx, withoutEnlargement: true, kernel: 'lanczos3' })
        .raw()
        .toBuffer({ resolveWithObject: true })
  } catch {
    throw problem('pictures.unreadable', 422, {
      en: 'This is not a picture we can read. Send PNG, JPEG, WebP or AVIF of at most 50 megapixels.',
      zh: '无法读取该图片。请提供不超过 5000 万像素的 PNG、JPEG、WebP 或 AVIF。',
    })
  }
  const { width, height, channels } = scaled.info
  await drawMark(scaled.data, width, height, channels)
  const marked = sharp(scaled.data, { raw: { width, height, channels: channels as 3 } }).withXmp(xmpOf(o.label))
  const bytes = await encode(marked, o).toBuffer()
  if (!o.c2pa) return bytes
  return signManifest(bytes, `image/${o.format}`, o.c2pa, {
    title: o.label.produceId,
    generator: o.label.contentProducer,
    digitalSourceType: IPTC + o.label.digitalSourceType,
  })
}

/** The label as it is found in stored bytes. */
export interface FoundLabel {
  format: string
  width: number
  height: number
  aigc: Readonly<Record<string, string>> | undefined
  digitalSourceType: string | undefined
  /** Luminance range 0–255 inside the mark's place and its height as a share of the short side. */
  visible: { contrast: number; share: number; present: boolean }
  c2pa: { state: string; digitalSourceType: string | undefined } | undefined
}

const unescape = (s: string): string =>
  s
    .replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')

/** Reads all three marks back from encoded bytes (gate G8): what is not in the bytes is not reported. */
export async function readLabel(bytes: Uint8Array): Promise<FoundLabel> {
  const sharp = await loadSharp()
  const picture = sharp(bytes)
  const meta = await picture.metadata()
  const width = meta.width ?? 0
  const height = meta.height ?? 0
  const xmp = meta.xmp ? meta.xmp.toString('utf8') : ''
  const json = /<TC260:AIGC>([^<]*)<\/TC260:AIGC>/.exec(xmp)?.[1] ?? /TC260:AIGC="([^"]*)"/.exec(xmp)?.[1]
  let aigc: Record<string, string> | undefined
  if (json) {
    try {
      const parsed: unknown = JSON.parse(unescape(json))
      if (parsed && typeof parsed === 'object')
        aigc = Object.fromEntries(Object.entries(parsed).map(([k, v]) => [k, String(v)]))
    } catch {
      aigc = undefined
    }
  }
  const type = /DigitalSourceType(?:="|>)([^"<]*)/.exec(xmp)?.[1]
  const place = markPlace(width, height)
  const region = await picture
    .extract({
      left: place.x,
      top: place.y,
      width: Math.min(place.w, width - place.x),
      height: Math.min(place.h, height - place.y),
    })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const visible = markContrast(region.data, region.info.width, region.info.height, place)
  return {
    format: meta.format === 'heif' ? 'avif' : (meta.format ?? 'unknown'),
    width,
    height,
    aigc,
    digitalSourceType: type ? type.replace(IPTC, '') : undefined,
    visible: { ...visible, share: (place.h * (MARK_GLYPH_HEIGHT / MARK_HEIGHT)) / Math.min(width, height) },
    c2pa: await readManifest(bytes, `image/${meta.format === 'heif' ? 'avif' : meta.format}`),
  }
}

/**
 * Is the mark there? Its ink must be darker than its plate, row by row of the plate's left padding: both are drawn by us,
 * so the plate is light and about a quarter of the box is ink.
 */
function markContrast(
  data: Buffer,
  w: number,
  h: number,
  place: { h: number },
): { contrast: number; present: boolean } {
  const histogram = new Uint32Array(256)
  for (const v of data) histogram[v]!++
  const quantile = (share: number): number => {
    let rest = Math.floor(data.length * share)
    for (let v = 0; v < 256; v++) {
      rest -= histogram[v]!
      if (rest < 0) return v
    }
    return 255
  }
  const low = quantile(0.04)
  const high = quantile(0.7)
  const middle = (low + high) / 2
  let ink = 0
  for (let v = 0; v < middle; v++) ink += histogram[v]!
  // letters begin and end between the paddings: the outermost columns are plate only
  let edge = 0
  const pad = Math.max(1, Math.round(place.h * 0.12))
  for (let y = pad; y < h - pad; y++) for (let x = 1; x < pad; x++) if ((data[y * w + x] ?? 0) < middle) edge++
  const share = ink / Math.max(1, data.length)
  const contrast = high - low
  return { contrast, present: contrast > 60 && share > 0.08 && share < 0.42 && edge < pad * h * 0.1 }
}
