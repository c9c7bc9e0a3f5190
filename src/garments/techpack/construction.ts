import type { Localized } from '../../core/values.ts'
import type { Category, StyleSpec } from '../types.ts'
import type { ConstructionRow } from './brief-schema.ts'

type Family = 'tailored' | 'shirt' | 'knit' | 'trousers' | 'skirt' | 'dress'
export const FAMILY: Readonly<Record<Category, Family>> = {
  coat: 'tailored',
  jacket: 'tailored',
  waistcoat: 'tailored',
  shirt: 'shirt',
  tee: 'knit',
  sweatshirt: 'knit',
  hoodie: 'knit',
  'zip-hoodie': 'knit',
  trousers: 'trousers',
  chinos: 'trousers',
  'pencil-skirt': 'skirt',
  'full-skirt': 'skirt',
  dress: 'dress',
}

/** Stitch types of ISO 4915 by their trade names. */
export const STITCHES: Readonly<Record<string, Localized>> = {
  '101': { zh: '单线链缝', en: 'single-thread chainstitch' },
  '103': { zh: '单线暗缝', en: 'blind stitch' },
  '301': { zh: '平缝（锁式）', en: 'lockstitch' },
  '304': { zh: '人字锁缝', en: 'zigzag lockstitch' },
  '401': { zh: '双线链缝', en: 'two-thread chainstitch' },
  '406': { zh: '双针绷缝', en: 'two-needle coverstitch' },
  '504': { zh: '三线包缝', en: 'three-thread overlock' },
  '514': { zh: '四线包缝', en: 'four-thread overlock' },
  '602': { zh: '四线绷缝', en: 'two-needle cover seam' },
  '301+504': { zh: '平缝加三线包缝', en: 'lockstitch with three-thread overlock' },
  '401+504': { zh: '五线安全缝', en: 'five-thread safety stitch' },
}

interface Operation {
  zh: string
  en: string
  stitch: string
  seam: string
  perCm: number
  /** mm; absent = the style's own seam allowance. */
  allowance?: number
  finish: Localized
}
const pressOpen = { zh: '分缝烫平', en: 'press open' }
const pressOver = { zh: '倒缝烫平', en: 'press to one side' }
const flat = { zh: '平服不起皱', en: 'flat, no puckering' }
const op = (
  zh: string,
  en: string,
  stitch: string,
  seam: string,
  perCm: number,
  finish: Localized,
  allowance?: number,
): Operation => ({ zh, en, stitch, seam, perCm, finish, ...(allowance === undefined ? {} : { allowance }) })

/** The order of work of each family; seam types of ISO 4916, class.material.number where the number matters. */
const OPERATIONS: Readonly<Record<Family, readonly Operation[]>> = {
  tailored: [
    op('合肩缝', 'Join shoulders', '301', '1.01.01', 4, pressOpen),
    op('合侧缝、后中缝', 'Join side and back seams', '301', '1.01.01', 4, pressOpen),
    op('合袖缝', 'Join sleeve seams', '301', '1.01.01', 4, pressOpen),
    op('绱袖', 'Set sleeves', '301', '1.01.01', 4, {
      zh: '吃势均匀，袖山圆顺',
      en: 'ease spread evenly, round sleeve head',
    }),
    op(
      '做止口',
      'Bag out front edges',
      '301',
      '1.06',
      4.5,
      { zh: '修缝份，止口不反吐', en: 'grade the allowances, facing not visible' },
      6,
    ),
    op(
      '底边暗缲',
      'Blind-stitch hem',
      '103',
      '6.03',
      3,
      { zh: '正面不露针迹', en: 'no stitch visible on the face' },
      40,
    ),
  ],
  shirt: [
    op('合肩缝（覆势）', 'Join yoke and shoulders', '301', '2.02.03', 5, { zh: '压0.1明线', en: 'edge-stitch 1 mm' }),
    op('绱袖', 'Set sleeves', '401+504', '1.01.03', 5, pressOver),
    op('合摆缝、袖底缝', 'Close side and underarm seams', '401+504', '1.01.03', 5, pressOver),
    op('卷底边', 'Hem the bottom', '301', '6.03.01', 5, { zh: '双折，宽窄一致', en: 'double turned, even width' }, 8),
  ],
  knit: [
    op(
      '合肩缝加肩带',
      'Join shoulders with tape',
      '514',
      '1.01.01',
      4.5,
      { zh: '肩带不外露', en: 'tape not visible' },
      8,
    ),
    op('绱袖', 'Set sleeves', '514', '1.01.01', 4.5, pressOver, 8),
    op('合侧缝、袖底缝', 'Close side and underarm seams', '514', '1.01.01', 4.5, pressOver, 8),
    op('领圈压线', 'Topstitch the neck seam', '406', '2.02', 4, flat, 8),
  ],
  trousers: [
    op('合侧缝', 'Join side seams', '401+504', '1.01.03', 4, pressOver),
    op('合下裆缝', 'Join inseams', '401+504', '1.01.03', 4, pressOver),
    op('合裆缝', 'Join seat seam', '401', '1.01.01', 4, {
      zh: '双道线，拉力不断线',
      en: 'two rows, must not break when stretched',
    }),
    op('绱腰', 'Set waistband', '301', '2.02.03', 4, flat),
    op('缉脚口', 'Hem the legs', '301', '6.03.01', 4, { zh: '左右等长', en: 'both legs of one length' }, 40),
    op('钉裤襻', 'Attach belt loops', '304', '5.31', 12, { zh: '打结牢固', en: 'bar-tacked at both ends' }, 6),
  ],
  skirt: [
    op('合侧缝、后中缝', 'Join side and back seams', '301+504', '1.01.01', 4, pressOpen),
    op('缉省', 'Sew darts', '301', '6.05', 4, { zh: '省尖平顺不起泡', en: 'dart points flat, no bubble' }),
    op('绱腰', 'Set waistband', '301', '2.02.03', 4, flat),
    op(
      '底边暗缲',
      'Blind-stitch hem',
      '103',
      '6.03',
      3,
      { zh: '正面不露针迹', en: 'no stitch visible on the face' },
      30,
    ),
  ],
  dress: [
    op('合肩缝', 'Join shoulders', '301+504', '1.01.01', 4.5, pressOver),
    op('合侧缝', 'Join side seams', '301+504', '1.01.01', 4.5, pressOver),
    op('合腰缝', 'Join waist seam', '301+504', '1.01.01', 4.5, {
      zh: '腰线左右对齐',
      en: 'waist seam matched at the sides',
    }),
    op('绱袖', 'Set sleeves', '301+504', '1.01.01', 4.5, pressOver),
    op(
      '卷底边',
      'Hem the bottom',
      '301',
      '6.03.01',
      4.5,
      { zh: '双折，宽窄一致', en: 'double turned, even width' },
      15,
    ),
  ],
}

/** What a construction choice adds to the order of work; the first rule whose pattern matches the option is used. */
const CHOICES: readonly { slot: RegExp; option: RegExp; operations: readonly Operation[] }[] = [
  {
    slot: /closure|placket|front/,
    option: /zip/,
    operations: [
      op(
        '绱拉链',
        'Insert zip',
        '301',
        '4.07',
        4,
        { zh: '拉链平服，拉合顺畅', en: 'zip lies flat and runs freely' },
        10,
      ),
    ],
  },
  {
    slot: /closure|placket|front/,
    option: /snap|popper/,
    operations: [op('打四合扣', 'Set snaps', '301', '-', 4, { zh: '牢固，不损面料', en: 'firm, cloth undamaged' }, 0)],
  },
  {
    slot: /closure|placket|front/,
    option: /button|breasted|placket|fly/,
    operations: [
      op(
        '锁扣眼',
        'Make buttonholes',
        '304',
        '-',
        12,
        { zh: '眼位准确，线头剪净', en: 'position exact, threads trimmed' },
        0,
      ),
      op('钉扣', 'Sew buttons', '304', '-', 12, { zh: '绕脚，拉力≥70 N', en: 'with shank, holds 70 N' }, 0),
    ],
  },
  {
    slot: /collar|neck/,
    option: /fur/,
    operations: [
      op(
        '做毛领、绱毛领',
        'Make and attach fur collar',
        '301',
        '2.02',
        3.5,
        { zh: '毛向一致，可拆卸时扣位对齐', en: 'pile in one direction, fastenings matched' },
        10,
      ),
    ],
  },
  {
    slot: /collar|neck/,
    option: /rib|crew/,
    operations: [
      op(
        '绱领罗纹',
        'Attach neck rib',
        '514',
        '1.01.01',
        4.5,
        { zh: '拉伸均匀，接缝在后中', en: 'stretched evenly, join at centre back' },
        8,
      ),
    ],
  },
  {
    slot: /collar|neck/,
    option: /./,
    operations: [
      op('做领', 'Make collar', '301', '1.06', 4.5, { zh: '领角对称', en: 'points symmetrical' }, 6),
      op('绱领', 'Attach collar', '301', '1.01.01', 4.5, { zh: '左右对称，领座平服', en: 'symmetrical, stand flat' }),
    ],
  },
  {
    slot: /hood/,
    option: /./,
    operations: [
      op('做帽', 'Make hood', '514', '1.01.01', 4.5, flat, 8),
      op('绱帽', 'Attach hood', '514', '1.01.01', 4.5, { zh: '中线对准后中', en: 'centre matched to centre back' }, 8),
    ],
  },
  {
    slot: /pocket/,
    option: /welt|jet|slant|flap/,
    operations: [
      op(
        '开袋',
        'Make welted pockets',
        '301',
        '1.01',
        4.5,
        { zh: '袋角方正不毛，左右对称', en: 'corners square and clean, symmetrical' },
        8,
      ),
    ],
  },
  {
    slot: /pocket/,
    option: /./,
    operations: [
      op(
        '钉贴袋',
        'Attach patch pockets',
        '301',
        '5.31',
        4.5,
        { zh: '袋口打结，左右对称', en: 'bar-tacked mouth, symmetrical' },
        10,
      ),
    ],
  },
  {
    slot: /cuff|sleeve-?hem/,
    option: /rib/,
    operations: [
      op('绱袖口罗纹', 'Attach cuff ribs', '514', '1.01.01', 4.5, { zh: '拉伸均匀', en: 'stretched evenly' }, 8),
    ],
  },
  {
    slot: /cuff/,
    option: /./,
    operations: [op('做袖口', 'Finish cuffs', '301', '6.03', 4.5, { zh: '左右一致', en: 'both alike' }, 10)],
  },
  {
    slot: /hem/,
    option: /rib/,
    operations: [
      op('绱下摆罗纹', 'Attach hem rib', '514', '1.01.01', 4.5, { zh: '拉伸均匀', en: 'stretched evenly' }, 8),
    ],
  },
  {
    slot: /hem/,
    option: /./,
    operations: [op('缉底边', 'Sew the hem', '406', '6.02.01', 4, flat, 20)],
  },
  {
    slot: /belt/,
    option: /./,
    operations: [
      op(
        '做腰带',
        'Make belt',
        '301',
        '1.06',
        4,
        { zh: '宽窄一致，四周压线', en: 'even width, topstitched all round' },
        8,
      ),
    ],
  },
  {
    slot: /lining/,
    option: /./,
    operations: [
      op(
        '绱里',
        'Attach lining',
        '301',
        '1.01.01',
        4,
        { zh: '里料有余量，底边不吊', en: 'ease kept, hem does not pull up' },
        10,
      ),
    ],
  },
  {
    slot: /shoulder/,
    option: /epaulet|strap/,
    operations: [
      op('做肩襻、钉肩襻', 'Make and attach epaulettes', '301', '5.31', 4.5, { zh: '左右对称', en: 'symmetrical' }, 6),
    ],
  },
  {
    slot: /back|vent/,
    option: /vent|pleat/,
    operations: [
      op('做开衩/活褶', 'Make vent or pleat', '301', '6.03', 4, {
        zh: '不豁不搅',
        en: 'neither gaping nor overlapping',
      }),
    ],
  },
]

/**
 * Section 7, the order of work with stitch, seam, density, allowance and finish, from the category and the style's
 * construction choices. An option "none" adds nothing.
 */
export function constructionRows(spec: StyleSpec): ConstructionRow[] {
  const chosen = Object.entries(spec.construction)
    .filter(([, option]) => option !== 'none')
    .flatMap(
      ([slot, option]) => CHOICES.find((rule) => rule.slot.test(slot) && rule.option.test(option))?.operations ?? [],
    )
  const unique = new Map([...OPERATIONS[FAMILY[spec.category]], ...chosen].map((entry) => [entry.en, entry]))
  return [...unique.values()].map((entry, i) => ({
    n: i + 1,
    operation: { zh: entry.zh, en: entry.en },
    stitch: entry.stitch,
    stitchName: STITCHES[entry.stitch] ?? { zh: entry.stitch, en: entry.stitch },
    seam: entry.seam,
    stitchesPerCm: entry.perCm,
    allowanceMm: entry.allowance ?? spec.seamAllowanceMm,
    finish: entry.finish,
  }))
}

const SLOT_WORDS: Readonly<Record<string, Localized>> = {
  closure: { zh: '门襟', en: 'closure' },
  collar: { zh: '领型', en: 'collar' },
  neck: { zh: '领口', en: 'neck' },
  pocket: { zh: '口袋', en: 'pockets' },
  pockets: { zh: '口袋', en: 'pockets' },
  cuff: { zh: '袖口', en: 'cuffs' },
  cuffs: { zh: '袖口', en: 'cuffs' },
  belt: { zh: '腰带', en: 'belt' },
  lining: { zh: '里料', en: 'lining' },
  hood: { zh: '帽子', en: 'hood' },
  shoulder: { zh: '肩部', en: 'shoulder' },
  back: { zh: '后背', en: 'back' },
  hem: { zh: '下摆', en: 'hem' },
  placket: { zh: '门襟', en: 'placket' },
  waistband: { zh: '腰头', en: 'waistband' },
  sleeve: { zh: '袖型', en: 'sleeve' },
  yoke: { zh: '过肩', en: 'yoke' },
  pleat: { zh: '褶', en: 'pleats' },
  vent: { zh: '开衩', en: 'vent' },
}
export const slotWords = (slot: string): Localized => SLOT_WORDS[slot] ?? { zh: slot, en: slot }
