/** Full skirt (Sandy's circle, cut in panels that fit the cloth), whose panels the dress shares. */
import { distance } from '../../geometry.ts'
import { pom } from '../../measures.ts'
import { choices } from './choices.ts'
import { SKIRT_MOUTH, SKIRT_ZIP } from '../../openings.ts'
import type { Measures } from '../../types.ts'
import { both, fitted, is, LABELS, only, own, pair, percent, SEAMS, taped, worded } from '../../blocks/common.ts'
import { design, type Drafted } from '../../blocks/engine.ts'
import { panelLining, panelOf, panelRows } from '../../blocks/flared-panels.ts'
import { bagRow, SKIRT_BAG } from '../../blocks/seam-pocket.ts'
import { bandSeams, panelSeams } from '../../blocks/skirt-seams.ts'
import { bandHeight, lined, SKIRT_POINTS, stitchesOf, waistbandRows } from '../../blocks/skirts.ts'
import type { BlockPlan, Context, Shape } from '../../blocks/types.ts'

const CIRCLE = 'sandy.skirt'

/**
 * Panels are laid round the body from the seam with the zip, all of one width. Even ones laid from a side seam end in
 * the other; laid from the centre back, every fourth has a seam at both sides, which pockets in the side seams need.
 */
const panelsBy = (construction: Readonly<Record<string, string>>): number =>
  construction['closure'] === 'back-zip' && construction['pocket'] === 'seam' ? 4 : 2
const sideSeams = (ctx: Context): boolean => ctx.choice('closure') === 'side-zip' || ctx.parameter('panels') % 4 === 0

/** Radii of the circle the design drafts, and how much of a full turn the skirt is. */
function circle(d: Drafted, ctx: Context) {
  const centre = d.point(CIRCLE, 'center')
  return {
    inner: distance(centre, d.point(CIRCLE, 'in2')),
    outer: distance(centre, d.point(CIRCLE, 'ex2')),
    degrees: 3.6 * ctx.parameter('circleRatio'),
    panels: ctx.parameter('panels'),
  }
}

/** @param above how far above the edge of the skirt it ends, mm */
const circlePanel = (d: Drafted, ctx: Context, above = 0): Shape => {
  const c = circle(d, ctx)
  return panelOf(c.inner, c.outer - above, c.degrees, c.panels)
}

/** Girth of the waist after gathering: what the waistband holds. */
const circleWaist = (d: Drafted, ctx: Context): number => {
  const { inner, degrees } = circle(d, ctx)
  return (inner * degrees * (Math.PI / 180)) / (1 + ctx.parameter('gathering') / 100)
}

function circleMeasure(d: Drafted, ctx: Context): Measures {
  const { inner, outer, degrees, panels } = circle(d, ctx)
  const around = (radius: number) => (radius * degrees * (Math.PI / 180)) / 2
  const length = outer - inner
  return {
    bodyLength: length,
    halfWaist: circleWaist(d, ctx) / 2,
    halfHip: around(inner + Math.min(length, d.body['waistToSeat'] ?? 0)),
    halfThigh: around(inner + length / 2),
    halfHem: around(outer),
    outseam: length + bandHeight(ctx),
    acrossFront: 2 * outer * Math.sin(((degrees / panels) * Math.PI) / 360),
    waistband: bandHeight(ctx),
  }
}

export const fullSkirt = (): BlockPlan => ({
  design: 'sandy',
  name: both('女大摆裙', "women's full skirt"),
  parameters: [
    fitted(
      'bodyLength',
      both('裙长', 'Skirt length'),
      [380, 850, 650, 10],
      'lengthBonus',
      0.65,
      (b) => b['waistToFloor'] ?? 0,
    ),
    percent('circleRatio', both('摆量（整圆比例）', 'Fullness, share of a circle'), [30, 100, 50, 5]),
    percent('gathering', both('抽褶量', 'Gathering'), [0, 60, 0, 5]),
    { ...own('panels', both('裙片数', 'Panels'), [4, 12, 6, 2], 'pc'), multipleOf: panelsBy },
    own('waistband', both('腰头高', 'Waistband height'), [20, 70, 40]),
    own('hemDepth', LABELS.hemDepth, [8, 25, 15]),
  ],
  construction: choices,
  settles: [
    {
      slot: 'closure',
      asked: 'side-zip',
      used: 'back-zip',
      when: (c) => c['pocket'] === 'seam',
      reason: both(
        '侧缝要开袋口，同一条缝不能再装拉链，拉链改装在后中。',
        'The side seams open into the pockets and cannot hold the zip as well: it is set at the centre back.',
      ),
    },
  ],
  roles: (c, recipe = 1) => [
    'shell',
    ...(c['lining'] === 'none' ? [] : (['lining'] as const)),
    ...(taped(recipe) ? [] : (['interlining'] as const)),
    ...(c['pocket'] === 'seam' ? (['pocketing'] as const) : []),
  ],
  points: SKIRT_POINTS([
    pom('acrossFront', {
      name: both('单片下摆宽', 'Panel width at hem'),
      how: both('单片平铺，底边两端直量', 'One panel flat, straight between its hem corners'),
    }),
  ]),
  // A flared edge will not lie flat in a deep blind hem: it is rolled and stitched.
  stitches: stitchesOf(
    [
      only(worded(SEAMS.trouserSide, '侧缝、裙片拼缝', 'Side and panel seams'), sideSeams),
      only(worded(SEAMS.trouserSide, '裙片拼缝', 'Panel seams'), (ctx) => !sideSeams(ctx)),
    ],
    worded(SEAMS.shirtHem, '裙摆卷边', 'Rolled skirt hem'),
  ),
  recipe: {
    design: design('sandy'),
    // At the natural waist; the design's own panels are drawn into one piece, so it drafts the whole circle.
    options: () => ({ waistbandPosition: 0, waistbandShape: 'straight', panels: 1, hemWidth: 0.01 }),
    measureFrom: [CIRCLE],
    cutList: [
      ...panelRows({
        part: CIRCLE,
        shape: (d, ctx) => circlePanel(d, ctx),
        count: (ctx) => ctx.parameter('panels'),
        zip: () => SKIRT_ZIP,
        pockets: is('pocket', 'seam'),
        when: () => true,
        why: 'The design’s circle is wider than any cloth: cut in equal panels.',
      }),
      panelLining(CIRCLE, circlePanel, (ctx) => ctx.parameter('panels'), lined),
      ...waistbandRows(circleWaist, CIRCLE),
      bagRow(CIRCLE, SKIRT_BAG, SKIRT_MOUTH, is('pocket', 'seam')),
    ],
    leftOut: { 'sandy.waistband': 'ours has the height that was asked for' },
    measure: circleMeasure,
    openings: ({ d, ctx }) => [{ id: 'waist', passes: 'hips', mm: circleWaist(d, ctx) + 2 * SKIRT_ZIP }],
    sewing: (of) => {
      const { inner, degrees, panels } = circle(of.d, of.ctx)
      const skirt = panelSeams(of, panels)
      return [...skirt.plans, ...bandSeams(skirt, inner * degrees * (Math.PI / 180) - circleWaist(of.d, of.ctx))]
    },
    seams: (d, ctx) => {
      const { inner, degrees } = circle(d, ctx)
      const edge = inner * degrees * (Math.PI / 180)
      return [
        pair('skirtPanel.waist', 'waistband', edge, circleWaist(d, ctx), edge - circleWaist(d, ctx) + 1),
        pair('skirtPanel.left', 'skirtPanel.right', circle(d, ctx).outer - inner, circle(d, ctx).outer - inner, 1),
      ]
    },
  },
})
