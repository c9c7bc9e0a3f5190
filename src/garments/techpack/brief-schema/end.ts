/** Sections about what follows sewing: labels, packing, sample comments, quality control. */
import { z } from 'zod'
import { both, bySize, count, mm, named, text } from './words.ts'

export const labels = z.object({
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

export const packing = z.object({
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
  list: named(
    z.array(
      z.object({
        from: named(count(), 'first carton', '起始箱号'),
        to: named(count(), 'last carton', '终止箱号', 'The cartons from first to last are packed alike'),
        code: named(
          text(),
          'code on the first carton',
          '首箱箱码',
          'As its bars have it (Code 128); the others count on',
        ),
        colourway: named(text(), 'colourway', '配色'),
        units: named(bySize(count()), 'units by size', '各码件数', 'In each carton'),
        netKg: named(
          z.number().positive(),
          'net kg',
          '净重',
          'Of each carton, by the weight of the garments as drafted',
        ),
        grossKg: named(z.number().positive(), 'gross kg', '毛重', 'Of each carton, estimated; the factory weighs'),
      }),
    ),
    'packing list',
    '装箱单',
    'As proposed: the factory confirms what it packed',
  ).optional(),
})

export const comments = z.object({
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
export const quality = z.object({
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
