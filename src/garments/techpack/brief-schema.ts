/**
 * The production brief's published form, `firstcut.brief/2`. Every member carries its name in both languages
 * (`title`, `x-title-zh`): the completeness gate names missing fields with them, so a field and its words cannot part.
 */
import { z } from 'zod'
import { CURRENCIES } from '../../core/values.ts'
import { CATEGORIES } from '../categories/index.ts'
import { GENDERS, MATERIAL_ROLES, MEASURE_CODES, SEASONS } from '../types.ts'

export const BRIEF_SCHEMA = 'firstcut.brief/2'

const named = <T extends z.ZodType>(schema: T, en: string, zh: string, description?: string): T =>
  schema.meta({ title: en, 'x-title-zh': zh, ...(description ? { description } : {}) })

const text = () => z.string().regex(/\S/)
const hash = () => z.string().regex(/^[0-9a-f]{64}$/)
const both = () => z.object({ zh: named(text(), 'Chinese', '中文'), en: named(text(), 'English', '英文') })
const mm = () => z.number().positive()
const price = () => z.int().positive()
const count = () => z.int().positive()
const hex = () => z.string().regex(/^#[0-9a-fA-F]{6}$/)
const bySize = (value: z.ZodType<number>) => z.record(z.string(), value)

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

const order = z.object({
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

const style = z.object({
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

const cover = z.object({
  brand: named(text(), 'brand', '品牌'),
  revision: named(count(), 'revision', '版次'),
  revisions: named(
    z
      .array(
        z.object({
          revision: named(count(), 'revision', '版次'),
          date: named(z.iso.date(), 'date', '日期'),
          by: named(text(), 'author', '修订人'),
          change: named(both(), 'change', '修订内容'),
        }),
      )
      .min(1),
    'revision log',
    '修订记录',
  ),
  story: named(both(), 'description', '款式说明'),
})

const flats = z.object({
  front: named(text(), 'front flat', '正面款式图', 'Name of a file in files'),
  back: named(text(), 'back flat', '背面款式图', 'Name of a file in files'),
  details: named(
    z.array(z.object({ slot: named(text(), 'feature', '部位'), words: named(both(), 'detail', '细节') })).min(1),
    'details',
    '细节说明',
  ),
  callouts: named(
    z
      .array(
        z.object({
          n: named(
            count(),
            'callout number',
            '标注序号',
            'As on the flats: down the left, down the right, then the back',
          ),
          view: named(z.enum(['front', 'back', 'inside']), 'view', '视图'),
          words: named(both(), 'callout', '标注'),
          operation: named(count(), 'operation', '工序', 'Number of its row in construction').optional(),
        }),
      )
      .min(1),
    'callouts',
    '工艺标注',
  ),
})

const colourway = z.object({
  id: named(text(), 'colourway id', '配色编号'),
  name: named(both(), 'colourway name', '配色名称'),
  parts: named(
    z
      .array(
        z.object({
          part: named(text(), 'part', '部位'),
          name: named(both(), 'part name', '部位名称'),
          hex: named(hex(), 'sRGB colour', 'sRGB 颜色'),
          lab: named(z.tuple([z.number(), z.number(), z.number()]), 'CIELAB colour', 'CIELAB 颜色', 'D65, 2°'),
        }),
      )
      .min(1),
    'colours by part',
    '各部位颜色',
  ),
})

const bomRow = z.object({
  code: named(text(), 'code', '物料编码'),
  role: named(z.enum([...MATERIAL_ROLES, 'trim', 'label', 'packaging']), 'group', '类别'),
  name: named(both(), 'material name', '物料名称'),
  specification: named(both(), 'specification', '规格', 'Never vague: "180 gsm 100% cotton jersey", not "cotton"'),
  cloth: named(
    z.object({
      composition: named(
        z
          .array(
            z.object({
              fibre: named(text(), 'fibre', '纤维'),
              percent: named(z.number().positive().max(100), 'percent', '含量'),
            }),
          )
          .min(1),
        'composition',
        '成分',
      ),
      gsm: named(z.number().positive(), 'weight g/m²', '克重'),
      widthMm: named(mm(), 'width', '门幅'),
      usableWidthMm: named(mm(), 'usable width', '有效门幅'),
      shrinkageWarp: named(z.number(), 'shrinkage warp %', '经向缩率'),
      shrinkageWeft: named(z.number(), 'shrinkage weft %', '纬向缩率'),
      nap: named(z.boolean(), 'nap', '倒顺毛'),
    }),
    'cloth data',
    '面料参数',
    'Present where the row is a cloth',
  ).optional(),
  supplierRef: named(text(), 'supplier reference', '供应商货号'),
  placement: named(both(), 'placement', '使用部位'),
  unit: named(z.enum(['m', 'pc', 'set']), 'unit', '单位'),
  consumption: named(bySize(z.number().positive()), 'consumption by size', '各码单耗', 'Per garment, waste included'),
  wastePercent: named(z.number().nonnegative(), 'waste %', '损耗率'),
  orderQuantity: named(z.number().positive(), 'quantity for the order', '订单用量'),
  colours: named(z.record(z.string(), hex()), 'colours by colourway', '各配色颜色'),
})

const measureRow = z.object({
  letter: named(text(), 'letter', '字母'),
  code: named(z.enum(MEASURE_CODES), 'measure', '测量代码'),
  name: named(both(), 'point of measure', '测量部位'),
  how: named(both(), 'how to measure', '测量方法'),
  toleranceMm: named(mm(), 'tolerance', '公差', '± mm'),
  baseMm: named(mm(), 'base size value', '基码尺寸'),
})

const gradeRow = z.object({
  code: named(z.enum(MEASURE_CODES), 'measure', '测量代码'),
  values: named(bySize(mm()), 'values by size', '各码尺寸', 'mm'),
  rule: named(z.enum(['even', 'stepped']), 'grade rule', '放码规则', 'even: one step throughout; stepped: as listed'),
  steps: named(z.array(z.number()), 'grade steps', '档差', 'mm from each size to the next'),
})

export const constructionRow = z.object({
  n: named(count(), 'number', '序号'),
  operation: named(both(), 'operation', '工序'),
  stitch: named(z.string().regex(/^\d{3}$/), 'stitch type (ISO 4915)', '线迹 (ISO 4915)'),
  stitchName: named(both(), 'stitch name', '线迹名称'),
  seam: named(
    z.string().regex(/^(\d\.\d{2}(\.\d{2})?|-)$/),
    'seam type (ISO 4916)',
    '缝型 (ISO 4916)',
    'A hyphen where nothing is joined: a buttonhole',
  ),
  stitchesPerCm: named(
    z.number().nonnegative(),
    'stitches per cm',
    '针距 (针/cm)',
    '0 where stitches are counted by the piece: a button',
  ),
  allowanceMm: named(z.number().nonnegative(), 'seam allowance', '缝份'),
  finish: named(both(), 'finish', '整理要求'),
})
export type ConstructionRow = z.infer<typeof constructionRow>

const operationRow = z.object({
  n: named(count(), 'number', '序号'),
  code: named(text(), 'code', '工序代码', 'The same over sizes and versions of a style'),
  phase: named(z.enum(['cut', 'fuse', 'sew', 'finish', 'pack']), 'phase', '阶段'),
  name: named(both(), 'operation', '工序'),
  machine: named(both(), 'machine', '设备'),
  stitch: named(
    z
      .string()
      .regex(/^\d{3}$/)
      .nullable(),
    'stitch type (ISO 4915)',
    '线迹 (ISO 4915)',
  ),
  seam: named(
    z
      .string()
      .regex(/^\d\.\d{2}(\.\d{2})?$/)
      .nullable(),
    'seam type (ISO 4916)',
    '缝型 (ISO 4916)',
  ),
  mm: named(
    z.number().nonnegative(),
    'length',
    '长度',
    'mm per garment of the base size; 0 where counted by the piece',
  ),
  minutes: named(z.number().nonnegative(), 'standard minutes', '标准工时', 'Per garment of the base size'),
  note: named(both().nullable(), 'note', '备注'),
})

const positionRow = z.object({
  piece: named(text(), 'piece', '裁片代码'),
  name: named(both(), 'name of the piece', '裁片'),
  what: named(both(), 'mark', '标记'),
  count: named(count(), 'how many in a row', '数量'),
  fromTop: named(bySize(mm()), 'from the highest point', '距最高点', 'mm down, on the sew line'),
  fromEdge: named(bySize(z.number().nonnegative()), 'from the nearer edge', '距近边', 'mm, on the sew line'),
  spacing: named(bySize(z.number().nonnegative()).nullable(), 'spacing', '间距', 'mm from each of a row to the next'),
  size: named(
    z
      .record(
        z.string(),
        z.object({
          width: named(z.number().nonnegative(), 'width', '宽'),
          height: named(z.number().nonnegative(), 'height', '高'),
        }),
      )
      .nullable(),
    'extent',
    '大小',
    'mm',
  ),
})

const artwork = z.object({
  statement: named(both(), 'statement', '说明', 'Says so where there is no artwork'),
  items: named(
    z.array(
      z.object({
        name: named(both(), 'artwork', '图案'),
        technique: named(both(), 'technique', '工艺'),
        placement: named(both(), 'placement', '位置'),
        widthMm: named(mm(), 'width', '宽'),
        heightMm: named(mm(), 'height', '高'),
        file: named(text(), 'file', '文件'),
      }),
    ),
    'artworks',
    '图案清单',
  ),
})

const labels = z.object({
  items: named(
    z
      .array(
        z.object({
          kind: named(z.enum(['brand', 'size', 'care', 'fibre', 'origin', 'hangtag']), 'label', '标类'),
          words: named(both(), 'words on the label', '标签内容'),
          placement: named(both(), 'placement', '位置'),
          widthMm: named(mm(), 'width', '宽'),
          heightMm: named(mm(), 'height', '高'),
          attach: named(both(), 'how it is attached', '固定方式'),
        }),
      )
      .min(5),
    'labels',
    '标签',
  ),
  gb5296: named(
    z.object({
      maker: named(text(), 'name of the maker', '制造者名称'),
      makerAddress: named(text(), 'address of the maker', '制造者地址'),
      productName: named(both(), 'product name', '产品名称'),
      size: named(text(), 'size designation', '产品号型'),
      fibre: named(both(), 'fibre composition', '纤维成分及含量'),
      care: named(
        z
          .array(
            z.object({ code: named(text(), 'code', '代码'), words: named(both(), 'care instruction', '维护方法') }),
          )
          .min(1),
        'care (GB/T 8685)',
        '维护方法 (GB/T 8685)',
      ),
      standard: named(text(), 'product standard', '执行的产品标准'),
      safetyClass: named(z.enum(['A', 'B', 'C']), 'safety class (GB 18401)', '安全类别 (GB 18401)'),
      storage: named(both(), 'storage', '使用和贮藏注意事项'),
    }),
    'GB 5296.4 items',
    'GB 5296.4 标识项目',
  ),
})

const packing = z.object({
  folding: named(both(), 'folding', '折叠方式'),
  unit: named(both(), 'unit packing', '单件包装'),
  carton: named(
    z.object({
      maxUnits: named(count(), 'units per carton', '每箱件数'),
      maxKg: named(z.number().positive(), 'carton weight limit', '每箱限重'),
      sizeMm: named(z.tuple([mm(), mm(), mm()]), 'carton size', '外箱尺寸'),
    }),
    'carton',
    '外箱',
  ),
  assortment: named(both(), 'assortment', '装箱配比'),
  marks: named(both(), 'carton marks', '箱唛'),
  cartons: named(count(), 'cartons expected', '预计箱数'),
})

const comments = z.object({
  required: named(both(), 'sample required', '样衣要求'),
  items: named(
    z.array(
      z.object({
        sample: named(text(), 'sample', '样衣'),
        date: named(z.iso.date(), 'date', '日期'),
        by: named(text(), 'author', '评语人'),
        words: named(both(), 'comment', '评语'),
        done: named(z.boolean(), 'settled', '已解决'),
      }),
    ),
    'comment list',
    '评语清单',
  ),
})

const plan = z.object({
  class: named(z.enum(['critical', 'major', 'minor']), 'fault class', '疵点类别'),
  aql: named(z.union([z.literal(0), z.literal(2.5), z.literal(4)]), 'AQL', '接收质量限'),
  letter: named(text(), 'code letter', '样本量字码'),
  planLetter: named(text(), 'plan letter', '方案字码'),
  sample: named(count(), 'sample size', '样本量'),
  accept: named(z.int().nonnegative(), 'acceptance number', '接收数'),
  reject: named(count(), 'rejection number', '拒收数'),
  every: named(z.boolean(), 'whole lot', '全检'),
})
const quality = z.object({
  inspection: named(
    z.object({
      standard: named(z.literal('ISO 2859-1'), 'sampling standard', '抽样标准'),
      level: named(z.literal('II'), 'inspection level', '检验水平'),
      procedure: named(text(), 'procedure', '检验方式'),
      lot: named(count(), 'lot size', '批量'),
      draw: named(count(), 'garments to draw', '抽样件数'),
      plans: named(z.array(plan).length(3), 'sampling plans', '抽样方案'),
    }),
    'inspection',
    '检验',
  ),
  measureSample: named(count(), 'garments to measure', '测量件数'),
  defects: named(
    z
      .array(
        z.object({
          class: named(z.enum(['critical', 'major', 'minor']), 'fault class', '疵点类别'),
          words: named(both(), 'fault', '疵点'),
        }),
      )
      .min(3),
    'defect list',
    '疵点清单',
  ),
})

const marker = z.object({
  role: named(z.enum(MATERIAL_ROLES), 'material', '用料'),
  file: named(text(), 'marker drawing', '排料图'),
  widthMm: named(mm(), 'marker width', '排料幅宽'),
  lengthMm: named(mm(), 'marker length', '排料长度'),
  utilisation: named(z.number().positive().max(1), 'utilisation', '利用率'),
  mix: named(bySize(z.int().nonnegative()), 'garments by size', '各码件数', 'In one ply'),
  plies: named(count(), 'plies', '铺布层数'),
})

const piece = z.object({
  id: named(text(), 'piece', '裁片'),
  name: named(both(), 'piece name', '裁片名称'),
  role: named(z.enum(MATERIAL_ROLES), 'material', '用料'),
  count: named(count(), 'count', '片数'),
  mirrored: named(z.int().nonnegative(), 'of them mirrored', '其中对称片数'),
})

export const FILE_KINDS = [
  'tech-pack',
  'qc-sheet',
  'pattern-svg',
  'pattern-pdf',
  'pattern-dxf',
  'marker',
  'flat',
  'picture',
  'artwork',
] as const
const file = z.object({
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

/** The whole brief, complete. What a factory's system may rely on; members may be added within a version. */
export const briefSchema = z.object({
  schema: named(z.literal(BRIEF_SCHEMA), 'schema', '格式版本'),
  id: named(text(), 'brief id', '生产单编号'),
  issuedAt: named(z.iso.datetime({ offset: true }), 'issued at', '签发时间'),
  order: named(order, 'order', '订单'),
  style: named(style, 'style', '款式'),
  techPack: named(
    z.object({
      cover: named(cover, 'cover', '封面'),
      flats: named(flats, 'flats', '款式图'),
      colourways: named(z.array(colourway).min(1), 'colourways', '配色'),
      bom: named(z.array(bomRow).min(1), 'bill of materials', '物料清单'),
      measures: named(z.array(measureRow).min(1), 'points of measure', '测量部位'),
      grading: named(z.array(gradeRow).min(1), 'graded specification', '放码规格'),
      construction: named(z.array(constructionRow).min(1), 'construction', '缝制工艺'),
      operations: named(
        z.object({
          minutes: named(z.number().positive(), 'standard minutes in all', '总标准工时'),
          rows: named(z.array(operationRow).min(1), 'operations in order', '工序'),
        }),
        'order of operations',
        '工序表',
        'Estimated by us unless the house measured its own; a factory plans by its own times. Absent for styles made before seams were declared',
      ).optional(),
      positions: named(
        z.array(positionRow),
        'positions of marks',
        '部位定位',
        'Where pockets, buttons and roll lines lie on their piece',
      ).optional(),
      artwork: named(artwork, 'artwork', '图案'),
      labels: named(labels, 'labels', '标识'),
      packing: named(packing, 'packing', '包装'),
      comments: named(comments, 'sample comments', '样衣评语'),
      quality: named(quality, 'quality control', '质量控制'),
    }),
    'tech pack',
    '工艺单',
  ),
  pieces: named(z.array(piece).min(1), 'cut pieces', '裁片表'),
  markers: named(z.array(marker).min(1), 'markers', '排料'),
  files: named(z.array(file).min(1), 'files', '文件'),
})
export type Brief = z.infer<typeof briefSchema>
export type BriefFile = Brief['files'][number]

/** A value of which any part may still be missing: what the completeness gate is for. */
export type Incomplete<T> = T extends readonly (infer U)[]
  ? readonly Incomplete<U>[]
  : T extends object
    ? { [K in keyof T]?: Incomplete<T[K]> | null | undefined }
    : T
export type BriefDraft = Incomplete<Brief>

/**
 * Version 1, in which briefs were sent before: it named the buyers' price, which is no factory's business. Briefs of that
 * time stay as they were sent.
 */
export const briefSchema1 = briefSchema.extend({
  schema: named(z.literal('firstcut.brief/1'), 'schema', '格式版本'),
  order: named(
    order.extend({
      rung: named(
        z.object({
          fromUnits: named(count(), 'units from which the rung counts', '阶梯起始件数'),
          unitPrice: named(price(), 'buyer price at this rung', '该阶梯销售单价'),
        }),
        'price rung',
        '价格阶梯',
        'The rung of the price ladder that the lot reached, in minor units of the currency',
      ),
    }),
    'order',
    '订单',
  ),
})

const SCHEMAS = { 1: briefSchema1, 2: briefSchema } as const
export type BriefVersion = keyof typeof SCHEMAS
export const BRIEF_VERSION = 2 satisfies BriefVersion

/** The JSON Schema (2020-12) of a version of the brief, as published in docs/brief.schema.json and brief.schema.1.json. */
export function briefJsonSchema(version: BriefVersion = BRIEF_VERSION): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(SCHEMAS[version], { target: 'draft-2020-12', io: 'input' })
  return {
    $schema,
    $id: `urn:firstcut:schema:brief:${version}`,
    title: 'Firstcut production brief',
    'x-title-zh': 'Firstcut 生产单',
    ...rest,
  }
}
/** Its text. */
export const briefJsonSchemaFile = (version: BriefVersion = BRIEF_VERSION): string =>
  `${JSON.stringify(briefJsonSchema(version), null, 2)}\n`
