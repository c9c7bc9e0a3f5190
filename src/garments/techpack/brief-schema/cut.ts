/** What is cut, and the files that say how: pieces, markers, files. */
import { z } from 'zod'
import { MATERIAL_ROLES } from '../../types.ts'
import { bySize, both, count, hash, mm, named, text } from './words.ts'

export const marker = z.object({
  role: named(z.enum(MATERIAL_ROLES), 'material', '用料'),
  file: named(text(), 'marker drawing', '排料图'),
  widthMm: named(mm(), 'marker width', '排料幅宽'),
  lengthMm: named(mm(), 'marker length', '排料长度'),
  utilisation: named(z.number().positive().max(1), 'utilisation', '利用率'),
  mix: named(bySize(z.int().nonnegative()), 'garments by size', '各码件数', 'In one ply'),
  plies: named(count(), 'plies', '铺布层数'),
})

export const piece = z.object({
  id: named(text(), 'piece', '裁片'),
  name: named(both(), 'piece name', '裁片名称'),
  role: named(z.enum(MATERIAL_ROLES), 'material', '用料'),
  count: named(count(), 'count', '片数'),
  mirrored: named(z.int().nonnegative(), 'of them mirrored', '其中对称片数'),
})

const FILE_KINDS = [
  'tech-pack',
  'qc-sheet',
  'pattern-svg',
  'pattern-pdf',
  'pattern-dxf',
  'marker',
  'flat',
  'picture',
  'artwork',
  'packing-list',
  'carton-marks',
  'stickers',
] as const
export const file = z.object({
  name: named(z.string().regex(/^[a-z0-9][a-z0-9._-]*$/i), 'file name', '文件名'),
  kind: named(z.enum(FILE_KINDS), 'kind', '类型'),
  mime: named(z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/), 'media type', '媒体类型'),
  sha256: named(hash(), 'SHA-256', 'SHA-256'),
  bytes: named(count(), 'bytes', '字节数'),
  url: named(
    z.url({ protocol: /^https?$/ }).nullable(),
    'link',
    '链接',
    'Signed and expiring; null in the brief.json that lies beside the files',
  ),
})
