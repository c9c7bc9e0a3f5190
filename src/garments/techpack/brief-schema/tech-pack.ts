/** The tech pack: its sections in the order of its pages. */
import { z } from 'zod'
import { comments, labels, packing, quality } from './end.ts'
import { artwork, colourway, cover, flats } from './look.ts'
import { bomRow, constructionRow, gradeRow, measureRow, operationRow, positionRow, seamRow } from './making.ts'
import { named } from './words.ts'

export const techPack = named(
  z.object({
    cover: named(cover, 'cover', '封面'),
    flats: named(flats, 'flats', '款式图'),
    colourways: named(z.array(colourway).min(1), 'colourways', '配色'),
    bom: named(z.array(bomRow).min(1), 'bill of materials', '物料清单'),
    measures: named(z.array(measureRow).min(1), 'points of measure', '测量部位'),
    grading: named(z.array(gradeRow).min(1), 'graded specification', '放码规格'),
    construction: named(z.array(constructionRow).min(1), 'construction', '缝制工艺'),
    seams: named(
      z.array(seamRow).min(1),
      'seam table',
      '缝型表',
      'Every seam and every edge, from the pattern. Absent for styles made before seams were declared',
    ).optional(),
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
)
