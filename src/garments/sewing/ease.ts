/**
 * How much longer one side of a seam may be than the other, by what kind of seam it is. Figures of the trade, as
 * pattern-cutting books have them (Aldrich, Metric Pattern Cutting; Müller & Sohn; ASTM D6193 for the seams themselves);
 * what we settled ourselves says so. The table stands in docs/garments.md.
 */
import type { Localized } from '../../core/values.ts'
import { both } from '../blocks/common.ts'

export interface EaseRule {
  name: Localized
  /** Least and most that side a may be longer than side b, mm. @param b length of the other side, mm */
  range: (b: number) => readonly [min: number, max: number]
  /** What to change where it does not fit. */
  advice: Localized
  source: string
}

const rule = (name: Localized, range: EaseRule['range'], advice: Localized, source: string): EaseRule => ({
  name,
  range,
  advice,
  source,
})
const fixed =
  (min: number, max: number): EaseRule['range'] =>
  () => [min, max]
const share =
  (min: number, max: number): EaseRule['range'] =>
  (b) => [b * min, b * max]

const PARAMETERS = both('请将相关尺寸参数调近默认值', 'move its parameters nearer to their defaults')

export const EASE = {
  plain: rule(
    both('平接', 'plain'),
    (b) => [-2 - b * 0.003, 2 + b * 0.003],
    PARAMETERS,
    'two edges of one length; 2 mm and 0.3 % are what a cutter’s knife and a feed dog take (ours)',
  ),
  shoulder: rule(
    both('肩缝吃势', 'shoulder, back eased in'),
    fixed(-2, 12),
    both('请减小肩宽放松量', 'lower the shoulder ease'),
    'Aldrich: back shoulder 5–10 mm longer where it has no dart',
  ),
  innerSleeve: rule(
    both('袖前缝', 'inner sleeve seam'),
    fixed(-7, 10),
    PARAMETERS,
    'either half is eased by up to 7 mm over the forearm, the top sleeve by 10 (ours)',
  ),
  elbow: rule(
    both('袖缝吃势', 'elbow, eased in'),
    fixed(-3, 12),
    PARAMETERS,
    'Müller & Sohn: top sleeve 5–10 mm longer over the elbow',
  ),
  capTailored: rule(
    both('西装袖吃势', 'set-in sleeve, tailored'),
    fixed(20, 45),
    both('请改变袖窿深或袖肥放松量', 'change the armhole depth or the bicep ease'),
    'Müller & Sohn: 25–45 mm in wool; less in firm cloth',
  ),
  capWoven: rule(
    both('梭织袖吃势', 'set-in sleeve, shirt and dress'),
    fixed(10, 30),
    both('请改变袖窿深或袖肥放松量', 'change the armhole depth or the bicep ease'),
    'Aldrich: shirt 10–20 mm, dress 20–30 mm',
  ),
  capLining: rule(
    both('袖里吃势', 'sleeve of a lining'),
    fixed(15, 50),
    both('请改变袖窿深或袖肥放松量', 'change the armhole depth or the bicep ease'),
    'as the sleeve it lines, with 5 mm more or less: it is pleated in (ours)',
  ),
  capKnit: rule(
    both('针织袖吃势', 'sleeve of a knit'),
    fixed(0, 10),
    both('请改变袖窿深或袖肥放松量', 'change the armhole depth or the bicep ease'),
    'Aldrich: none to 10 mm in jersey',
  ),
  cuff: rule(
    both('绱袖克夫', 'sleeve to cuff'),
    fixed(-4, 12),
    both('请改变袖口放松量', 'change the cuff ease'),
    'after its pleats the sleeve is eased on by up to 12 mm (Aldrich)',
  ),
  outseam: rule(
    both('斜袋侧缝', 'outseam with a slanted pocket'),
    fixed(-4, 10),
    PARAMETERS,
    'the slanted front edge is eased by up to 10 mm over the hip (ours)',
  ),
  inseam: rule(
    both('内侧缝', 'inseam'),
    fixed(-3, 12),
    PARAMETERS,
    'front longer than back by up to 12 mm: the back is stretched above the knee (Aldrich)',
  ),
  raglan: rule(
    both('插肩缝', 'raglan'),
    fixed(-5, 5),
    both('请减小袖窿加深量', 'lower the armhole depth'),
    'flat seam; the bias of both edges takes 5 mm (ours)',
  ),
  princess: rule(both('公主线', 'princess seam'), fixed(-3, 12), PARAMETERS, 'Aldrich: 5–10 mm eased in over the bust'),
  turn: rule(
    both('里外匀', 'turn of cloth'),
    fixed(0, 16),
    PARAMETERS,
    'upper layer longer by about three times the cloth’s thickness at each edge that turns (Müller & Sohn)',
  ),
  collar: rule(
    both('领子与领座', 'collar and stand'),
    fixed(-2, 6),
    PARAMETERS,
    'collar eased on to the stand by up to 3 mm a side (Aldrich)',
  ),
  neck: rule(
    both('绱领', 'collar to neckline'),
    fixed(-4, 4),
    both('请改变领围或领宽', 'change the neck'),
    'the neckline is clipped and eased by no more than 2 mm a side (Aldrich)',
  ),
  hood: rule(
    both('绱帽', 'hood to neckline'),
    fixed(-6, 8),
    both('请改变领围放松量', 'change the neck ease'),
    'eased on by up to 4 mm a side (ours)',
  ),
  facing: rule(both('贴边', 'facing'), fixed(-2, 6), PARAMETERS, 'of the front’s own edge; turn of cloth beyond it'),
  lining: rule(
    both('里布', 'lining to shell'),
    (b) => [-2 - b * 0.003, 12 + b * 0.01],
    PARAMETERS,
    'lining is never shorter than what it is sewn to; up to 1 % and 12 mm more (Müller & Sohn)',
  ),
  liningFree: rule(
    both('里布到挂面底', 'lining to facing, to the hem'),
    fixed(-28, -20),
    PARAMETERS,
    'the facing runs on to the hem where the lining ends, 25 mm above it',
  ),
  waist: rule(
    both('绱腰', 'waist to band'),
    fixed(-2, 15),
    both('请改变腰围放松量', 'change the waist ease'),
    'Aldrich: 5–15 mm of the body eased on to the band',
  ),
  gathered: rule(
    both('抽褶', 'gathered'),
    fixed(-3, 3),
    both('请改变抽褶量', 'change the gathering'),
    'after gathering both sides are of one length',
  ),
  rib: rule(
    both('罗纹', 'rib, stretched on'),
    share(-0.3, -0.05),
    both('请改变罗纹尺寸', 'change the rib'),
    '5–30 % shorter than the edge it holds in (mill’s advice for 1×1 and 2×2 rib)',
  ),
  elastic: rule(
    both('松紧', 'held in by elastic'),
    share(-0.03, 0.03),
    both('请改变腰围放松量', 'change the waist ease'),
    'band and body are cut alike, the elastic is shorter',
  ),
} as const satisfies Record<string, EaseRule>
export type EaseKind = keyof typeof EASE
