/**
 * C2PA manifests, signed here without a network. The library was made for browsers' workers: it reads its input through
 * FileReaderSync, which Node does not have, and asks its signer first for the claim's signature and then for a COSE one.
 */
import { createPrivateKey, sign, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { problem } from '../../core/errors.ts'

const SETTINGS = JSON.stringify({ verify: { verify_after_sign: false, verify_trust: false } })
const RESERVED = 10_240

/** Bytes as the Blob the library expects, kept at hand for the synchronous reader. */
class Bytes extends Blob {
  readonly held: Uint8Array
  constructor(held: Uint8Array, type: string) {
    super([new Uint8Array(held)], { type })
    this.held = held
  }
  override get size(): number {
    return this.held.length
  }
  override slice(from = 0, to = this.held.length, type = ''): Blob {
    return new Bytes(this.held.subarray(from, to), type)
  }
}

async function library() {
  const lib = await import('@contentauth/c2pa-wasm')
  if (!Reflect.has(globalThis, 'FileReaderSync'))
    Reflect.set(
      globalThis,
      'FileReaderSync',
      class {
        readAsArrayBuffer(blob: Bytes): ArrayBuffer {
          return new Uint8Array(blob.held).buffer
        }
      },
    )
  // calling it again is harmless: the module keeps its one instance
  lib.initSync({ module: readFileSync(createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm')) })
  return lib
}

// The four CBOR shapes a COSE_Sign1 needs (RFC 8949 §3).
function head(major: number, n: number): Buffer {
  if (n < 24) return Buffer.from([(major << 5) | n])
  return n < 256 ? Buffer.from([(major << 5) | 24, n]) : Buffer.from([(major << 5) | 25, n >> 8, n & 255])
}
const bytesOf = (b: Uint8Array): Buffer => Buffer.concat([head(2, b.length), b])
const textOf = (s: string): Buffer => Buffer.concat([head(3, Buffer.byteLength(s)), Buffer.from(s)])

interface Signing {
  alg: 'es256' | 'es384'
  hash: 'sha256' | 'sha384'
  protectedHeader: Buffer
  key: KeyObject
}

function signing(certificates: string, pem: string): Signing {
  const chain = certificates.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  const refuse = (): Error =>
    problem('pictures.certificate', 500, {
      en: 'The C2PA certificate or key cannot be used. Configure a PEM chain, leaf first, with its P-256 or P-384 private key.',
      zh: 'C2PA 证书或私钥不可用。请配置 PEM 证书链（叶证书在前）及对应的 P-256 或 P-384 私钥。',
    })
  if (chain.length === 0) throw refuse()
  let key: KeyObject
  let ders: Buffer[]
  try {
    key = createPrivateKey(pem)
    ders = chain.map((c) => new X509Certificate(c).raw)
  } catch {
    throw refuse()
  }
  const curve = key.asymmetricKeyDetails?.namedCurve
  if (curve !== 'prime256v1' && curve !== 'secp384r1') throw refuse()
  const p256 = curve === 'prime256v1'
  // COSE algorithm: −7 = ES256, −35 = ES384 (RFC 9053); header 33 = x5chain (RFC 9360)
  const alg = p256 ? Buffer.from([0x26]) : Buffer.from([0x38, 0x22])
  const certs = ders.length === 1 ? bytesOf(ders[0]!) : Buffer.concat([head(4, ders.length), ...ders.map(bytesOf)])
  return {
    alg: p256 ? 'es256' : 'es384',
    hash: p256 ? 'sha256' : 'sha384',
    protectedHeader: Buffer.concat([head(5, 2), head(0, 1), alg, head(0, 33), certs]),
    key,
  }
}

/** COSE_Sign1 over the claim, padded to exactly the space the manifest reserved for it. */
function coseSign1(s: Signing, claim: Uint8Array): Uint8Array<ArrayBuffer> {
  const toSign = Buffer.concat([
    head(4, 4),
    textOf('Signature1'),
    bytesOf(s.protectedHeader),
    bytesOf(Buffer.alloc(0)),
    bytesOf(claim),
  ])
  const signature = sign(s.hash, toSign, { key: s.key, dsaEncoding: 'ieee-p1363' })
  const build = (pad: number): Buffer =>
    Buffer.concat([
      Buffer.from([0xd2]),
      head(4, 4),
      bytesOf(s.protectedHeader),
      head(5, 1),
      textOf('pad'),
      bytesOf(Buffer.alloc(pad)),
      Buffer.from([0xf6]),
      bytesOf(signature),
    ])
  const room = RESERVED - build(0).length
  if (room < 0)
    throw problem('pictures.certificate', 500, {
      en: 'The C2PA certificate chain is too long for a picture. Configure a chain of at most two or three certificates.',
      zh: 'C2PA 证书链过长，无法写入图片。请使用不超过两到三级的证书链。',
    })
  let out = build(room - 2)
  out = build(room - 2 - (out.length - RESERVED))
  return new Uint8Array(out)
}

/** Signs encoded bytes; the last step a picture ever takes. Adds about 11 kB and 10–60 ms. */
export async function signManifest(
  bytes: Uint8Array,
  mime: string,
  credentials: { certificates: string; key: string },
  about: { title: string; generator: string; digitalSourceType: string },
): Promise<Buffer> {
  const s = signing(credentials.certificates, credentials.key)
  const lib = await library()
  const definition = {
    claim_generator_info: [{ name: about.generator, version: '1' }],
    title: about.title,
    format: mime,
    assertions: [
      {
        label: 'c2pa.actions.v2',
        data: {
          actions: [
            {
              action: 'c2pa.created',
              digitalSourceType: about.digitalSourceType,
              softwareAgent: { name: about.generator, version: '1' },
            },
          ],
        },
      },
    ],
  }
  const builder = lib.WasmBuilder.fromJson(JSON.stringify(definition), SETTINGS)
  try {
    const signed = await builder.sign(
      {
        alg: s.alg,
        reserveSize: RESERVED,
        sign: async (data) =>
          // a ready-made Sig_structure is signed as it is; a bare claim is wrapped by us
          Buffer.from(data.slice(0, 14)).includes('Signature1')
            ? new Uint8Array(sign(s.hash, data, { key: s.key, dsaEncoding: 'ieee-p1363' }))
            : coseSign1(s, data),
      },
      [],
      mime,
      new Bytes(bytes, mime),
    )
    return Buffer.from(signed)
  } finally {
    builder.free()
  }
}

/** The manifest found in the bytes: its validation state ('Valid', 'Invalid' …) and the source type it claims. */
export async function readManifest(
  bytes: Uint8Array,
  mime: string,
): Promise<{ state: string; digitalSourceType: string | undefined } | undefined> {
  // every C2PA manifest store is a JUMBF box labelled "c2pa": without it there is nothing to parse
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('jumdc2pa')) return undefined
  const lib = await library()
  try {
    const reader = await lib.WasmReader.fromBytes(mime, new Uint8Array(bytes), SETTINGS)
    const found = JSON.parse(reader.json()) as { validation_state?: string }
    reader.free()
    const text = JSON.stringify(found)
    const type = /digitalsourcetype\/([A-Za-z]+)/.exec(text)?.[1]
    return { state: found.validation_state ?? 'Unknown', digitalSourceType: type }
  } catch {
    return { state: 'Invalid', digitalSourceType: undefined }
  }
}
