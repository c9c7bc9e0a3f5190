/** What is ordered, of which style, and where it goes. */
import { z } from 'zod'
import { CURRENCIES } from '../../../core/values.ts'
import { CATEGORIES } from '../../categories/index.ts'
import { GENDERS, SEASONS } from '../../types.ts'
import { both, count, hash, named, price, text } from './words.ts'

const quantityRow = z.object({
  size: named(text(), 'size', '尺码'),
  colourway: named(text(), 'colourway', '配色', 'Id of a colourway in techPack.colourways'),
  units: named(count(), 'units', '件数'),
  gtin: named(z.string().regex(/^\d{14}$|^\d{13}$|^\d{12}$|^\d{8}$/), 'GTIN', '商品条码').optional(),
})

const address = z.object({
  name: named(text(), 'consignee', '收货单位'),
  contact: named(text(), 'contact person', '联系人').optional(),
  phone: named(text(), 'telephone', '电话').optional(),
  lines: named(z.array(text()).min(1), 'street address', '街道地址'),
  city: named(text(), 'city', '城市'),
  region: named(text(), 'province or region', '省/地区').optional(),
  postalCode: named(text(), 'postal code', '邮政编码').optional(),
  country: named(z.string().regex(/^[A-Z]{2}$/), 'country', '国家', 'ISO 3166-1 alpha-2'),
  gln: named(z.string().regex(/^\d{13}$/), 'GLN', '全球位置码').optional(),
})

export const order = z.object({
  number: named(text(), 'production order number', '生产订单号'),
  lot: named(count(), 'lot number', '批次号'),
  currency: named(z.enum(CURRENCIES), 'currency', '币种', 'ISO 4217; every amount is in its minor unit'),
  price: named(
    z.object({
      basis: named(
        z.enum(['cmt', 'full-package']),
        'price basis',
        '计价方式',
        'cmt: labour and trims only, cloth supplied; full-package: the factory buys the cloth',
      ),
      unit: named(price(), 'unit price', '单价'),
      total: named(price(), 'order total', '订单总额'),
    }),
    'price offer',
    '加工报价',
  ),
  quantities: named(z.array(quantityRow).min(1), 'quantities by size and colourway', '尺码配色数量'),
  totalUnits: named(count(), 'total units', '总件数'),
  shipBy: named(z.iso.date(), 'ship-by date', '最迟发货日期'),
  shipTo: named(address, 'ship-to address', '收货地址'),
  answerBy: named(z.iso.datetime({ offset: true }), 'answer deadline', '答复期限').optional(),
  notes: named(both(), 'notes', '备注').optional(),
})

export const style = z.object({
  id: named(text(), 'style id', '款式编号'),
  number: named(text(), 'style number', '款号'),
  version: named(count(), 'style version', '款式版本'),
  names: named(both(), 'style name', '品名'),
  category: named(z.enum(CATEGORIES), 'category', '品类'),
  gender: named(z.enum(GENDERS), 'gender', '性别'),
  season: named(z.enum(SEASONS), 'season', '季节'),
  sizes: named(
    z.object({
      system: named(text(), 'size system', '号型系统'),
      base: named(text(), 'base size', '基码'),
      list: named(z.array(text()).min(1), 'size list', '尺码表'),
    }),
    'sizes',
    '尺码',
  ),
  hash: named(
    z.object({
      approved: named(hash(), 'hash of the approved style', '审批版本哈希'),
      sold: named(hash(), 'hash of the style that was sold', '销售版本哈希'),
      sent: named(hash(), 'hash of the style that is sent', '下发版本哈希'),
      geometry: named(hash(), 'hash of the patterns', '版型哈希'),
    }),
    'hashes',
    '哈希',
    'SHA-256; approved = sold = sent, or the brief is refused',
  ),
})
