/** Sections of the tech pack about how the garment looks: cover, flats, colourways, artwork. */
import { z } from 'zod'
import { both, count, hex, mm, named, text } from './words.ts'

export const cover = z.object({
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

export const flats = z.object({
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

export const colourway = z.object({
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
          munsell: named(
            z.object({
              notation: named(text(), 'notation', '标号'),
              deltaE: named(z.number().nonnegative(), 'distance', '色差', 'ΔE*ab from the colour itself'),
            }),
            'nearest Munsell chip',
            '最接近的孟塞尔色标',
            'Hue in steps of 2.5, whole value, even chroma: the chips of the book',
          ).optional(),
          houseCode: named(text(), "house's own code", '本厂色号', 'Where the house has one').optional(),
        }),
      )
      .min(1),
    'colours by part',
    '各部位颜色',
  ),
})

export const artwork = z.object({
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
