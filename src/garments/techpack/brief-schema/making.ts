/** Sections about how it is made: materials, measures, grading, construction, operations, positions. */
import { z } from 'zod'
import { MATERIAL_ROLES, MEASURE_CODES } from '../../types.ts'
import { bySize, both, count, hex, mm, named, text } from './words.ts'

export const bomRow = z.object({
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
  weight: named(
    z.object({
      kgPerMetre: named(z.number().positive(), 'kg per metre', '每米重量', 'Over the full width'),
      consumption: named(bySize(z.number().positive()), 'kg by size', '各码用量 (kg)', 'Per garment'),
      orderQuantity: named(z.number().positive(), 'kg for the order', '订单用量 (kg)'),
    }),
    'by weight',
    '按重量',
    'Present where the cloth is a knit: mills sell those by weight',
  ).optional(),
  supplierRef: named(text(), 'supplier reference', '供应商货号'),
  placement: named(both(), 'placement', '使用部位'),
  unit: named(z.enum(['m', 'pc', 'set']), 'unit', '单位'),
  consumption: named(bySize(z.number().positive()), 'consumption by size', '各码单耗', 'Per garment, waste included'),
  wastePercent: named(z.number().nonnegative(), 'waste %', '损耗率'),
  orderQuantity: named(z.number().positive(), 'quantity for the order', '订单用量'),
  colours: named(z.record(z.string(), hex()), 'colours by colourway', '各配色颜色'),
})

export const measureRow = z.object({
  letter: named(text(), 'letter', '字母'),
  code: named(z.enum(MEASURE_CODES), 'measure', '测量代码'),
  name: named(both(), 'point of measure', '测量部位'),
  how: named(both(), 'how to measure', '测量方法'),
  toleranceMm: named(mm(), 'tolerance', '公差', '± mm'),
  baseMm: named(mm(), 'base size value', '基码尺寸'),
})

export const gradeRow = z.object({
  code: named(z.enum(MEASURE_CODES), 'measure', '测量代码'),
  values: named(bySize(mm()), 'values by size', '各码尺寸', 'mm'),
  rule: named(z.enum(['even', 'stepped']), 'grade rule', '放码规则', 'even: one step throughout; stepped: as listed'),
  steps: named(z.array(z.number()), 'grade steps', '档差', 'mm from each size to the next'),
})

const stitch = () => z.string().regex(/^\d{3}$/)

export const constructionRow = z.object({
  n: named(count(), 'number', '序号'),
  operation: named(both(), 'operation', '工序'),
  stitch: named(stitch(), 'stitch type (ISO 4915)', '线迹 (ISO 4915)'),
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

/** How something is sewn; nothing where no thread goes through it. */
const sewn = () => ({
  stitch: named(stitch().nullable(), 'stitch type (ISO 4915)', '线迹 (ISO 4915)'),
  seam: named(
    z
      .string()
      .regex(/^\d\.\d{2}(\.\d{2})?$/)
      .nullable(),
    'seam type (ISO 4916)',
    '缝型 (ISO 4916)',
  ),
})

export const seamRow = z.object({
  n: named(count(), 'number', '序号', 'In the order of sewing'),
  name: named(both(), 'seam or edge', '缝或边'),
  layer: named(z.enum(['shell', 'lining', 'inside']), 'layer', '层'),
  does: named(z.enum(['sewn', 'hemmed', 'folded', 'bound', 'laid', 'open']), 'how', '做法'),
  pieces: named(both(), 'pieces', '裁片', 'What is joined to what, or whose edge it is'),
  times: named(count(), 'how often', '次数', 'Left and right are two'),
  ...sewn(),
  stitchesPerCm: named(z.number().nonnegative(), 'stitches per cm', '针距 (针/cm)'),
  allowanceMm: named(z.number().nonnegative(), 'seam allowance', '缝份', 'As it is cut, the widest of its pieces'),
  lengthMm: named(mm(), 'length', '长度', 'mm of one, base size'),
  easeMm: named(z.number().nullable(), 'ease', '吃势', 'mm that the first side is longer than the second'),
})

export type SeamRow = z.infer<typeof seamRow>

export const operationRow = z.object({
  n: named(count(), 'number', '序号'),
  code: named(text(), 'code', '工序代码', 'The same over sizes and versions of a style'),
  phase: named(z.enum(['cut', 'fuse', 'sew', 'finish', 'pack']), 'phase', '阶段'),
  name: named(both(), 'operation', '工序'),
  machine: named(both(), 'machine', '设备'),
  ...sewn(),
  mm: named(
    z.number().nonnegative(),
    'length',
    '长度',
    'mm per garment of the base size; 0 where counted by the piece',
  ),
  minutes: named(z.number().nonnegative(), 'standard minutes', '标准工时', 'Per garment of the base size'),
  note: named(both().nullable(), 'note', '备注'),
})

export const positionRow = z.object({
  piece: named(text(), 'piece', '裁片代码'),
  name: named(both(), 'name of the piece', '裁片'),
  what: named(both(), 'mark', '标记'),
  count: named(count(), 'how many in a row', '数量'),
  fromTop: named(bySize(z.number().nonnegative()), 'from the highest point', '距最高点', 'mm down, on the sew line'),
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
