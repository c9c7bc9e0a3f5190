/**
 * What words mean for a garment, in Chinese and English: matched longest first on the raw sentence, because Chinese is
 * not cut into words. A block brings the labels of its own slots and options; the rest stands here.
 */
import type { Block, ConstructionOption, ConstructionSlot, Material, Texture } from '../../../garments/index.ts'
import { VOCABULARY } from '../../1-trends/door.ts'
import { FAMILY_WORDS, namedColours, PALETTE, type ColourFamily } from './palette.ts'

/** Parts of a garment that can be longer, wider, higher. */
export type Aspect =
  | 'length'
  | 'sleeve'
  | 'fit'
  | 'chest'
  | 'waist'
  | 'hem'
  | 'shoulder'
  | 'cuff'
  | 'bicep'
  | 'collar'
  | 'neck'
  | 'leg'
  | 'rise'
  | 'rib'
  | 'pocket'
  | 'belt'
  | 'lapel'
  | 'hood'
  | 'buttons'

export type Quality = 'cheaper' | 'finer' | 'warmer' | 'lighter'

export type Meaning =
  | { kind: 'not' }
  | { kind: 'add' }
  | { kind: 'too' }
  | { kind: 'less' }
  | { kind: 'degree'; size: 'small' | 'large' }
  | { kind: 'filler' }
  | { kind: 'towards'; axis: 'long' | 'wide' | 'high'; sign: 1 | -1 }
  | { kind: 'class'; aspect: 'length' | 'fit' | 'sleeve' | 'rise'; value: string }
  | { kind: 'aspect'; aspect: Aspect }
  | { kind: 'slot'; slot: string }
  | { kind: 'option'; slot: string; option: string }
  | { kind: 'colour'; id: string }
  | { kind: 'family'; family: ColourFamily }
  | { kind: 'shade'; sign: 1 | -1 }
  | { kind: 'trim'; trim: string }
  | { kind: 'metal'; hex: string; name: string }
  | { kind: 'cloth' }
  | { kind: 'fibre'; fibre: string }
  | { kind: 'texture'; textures: readonly Texture[]; fibre?: string }
  | { kind: 'material'; id: string }
  | { kind: 'quality'; quality: Quality }
  | { kind: 'colourway' }
  /** Between two wishes; `carry`: a "no" before it holds after it too ("不要腰带和毛领"). */
  | { kind: 'break'; carry: boolean }
  | { kind: 'amount'; mm?: number; percent?: number; count?: number }
  /** A part that garments have, but not this block. */
  | { kind: 'absent' }
  | { kind: 'unknown' }

type Words = readonly [words: string, meaning: Meaning]

const GENERAL: readonly Words[] = [
  [
    '不要|不带|不用|不加|不需要|去掉|去除|拿掉|取消|没有|别要|免去|删掉|no|not|without|remove|drop|lose|delete|skip|minus',
    { kind: 'not' },
  ],
  ['加|加上|加个|加一个|加条|加一条|加件|添加|增加|来个|来条|带|配|配上|要|add|adding|put', { kind: 'add' }],
  ['太|过于|那么|这么|too|so|that', { kind: 'too' }],
  ['less|没那么|不那么', { kind: 'less' }],
  [
    '一点|一点点|一些|些|点|稍微|略|稍|a bit|bit|a little|little|slightly|somewhat|tad',
    { kind: 'degree', size: 'small' },
  ],
  ['很多|许多|得多|多一些|大幅|非常|much|a lot|lot|far|way|considerably', { kind: 'degree', size: 'large' }],
  [
    '改成|改为|改|换成|换为|换|变成|变|做成|做|调成|调|用|让|把|将|再|更|请|帮我|帮忙|可以|希望|想要|想|的|了|成|到|为|款式|衣服|这款|整体|整件|看起来|显得|会|吗|吧|一下|给|点儿|它|个|一个|色|颜色|是|得|放|加工|还|也|有|能|能不能|行|就|都|件|条|装|大衣|外套|衬衫|t恤|卫衣|裤子|长裤|裙子|半身裙|连衣裙|马甲|西装|上衣|衣服|coat|overcoat|jacket|shirt|tee|t-shirt|sweatshirt|hoodie|trousers|pants|chinos|skirt|dress|waistcoat|vest|blazer|a|an|the|it|its|is|in|of|to|by|for|with|please|make|made|making|change|changed|switch|use|using|have|has|be|should|would|could|can|you|i|we|want|like|more|give|let|into|instead|at|on|colour|color|colours|colors|them|this|style|one|set|turn|replace|from|need|needs|look|overall|garment|some',
    { kind: 'filler' },
  ],
  [
    ',|，|。|；|;|!|！|.|\n|?|？|:|：|and|but|then|also|plus|并且|而且|并|然后|同时|另外|但是|但|不过',
    { kind: 'break', carry: false },
  ],
  ['、|/|和|与|以及|还有|或|或者|or|nor|&', { kind: 'break', carry: true }],
  ['加长|更长|长|拉长|放长|longer|lengthen|long|lengthier', { kind: 'towards', axis: 'long', sign: 1 }],
  ['缩短|改短|更短|短|剪短|截短|shorter|shorten|short', { kind: 'towards', axis: 'long', sign: -1 }],
  [
    '宽松|松|宽|肥|肥大|大|加大|加宽|放宽|更宽|更大|looser|loose|roomier|relaxed|wider|wide|widen|baggy|baggier|bigger|larger|boxier|boxy|fuller',
    { kind: 'towards', axis: 'wide', sign: 1 },
  ],
  [
    '修身|收身|贴身|合身|紧|收紧|紧身|窄|收窄|瘦|小|改小|更小|slimmer|slim|tighter|tight|narrower|narrow|smaller|closer|leaner|skinny|trimmer|take in',
    { kind: 'towards', axis: 'wide', sign: -1 },
  ],
  ['高|加高|更高|提高|higher|taller|high|raise', { kind: 'towards', axis: 'high', sign: 1 }],
  ['低|降低|更低|矮|lower|low', { kind: 'towards', axis: 'high', sign: -1 }],
  ['深领|领口开大|deeper neck|deeper neckline|plunging', { kind: 'class', aspect: 'length', value: 'neck-deep' }],
  ['短款|超短款|cropped|crop|waist-length', { kind: 'class', aspect: 'length', value: 'short' }],
  ['常规长度|常规款|regular length', { kind: 'class', aspect: 'length', value: 'regular' }],
  ['长款|中长款|过膝|midi|knee-length|below the knee', { kind: 'class', aspect: 'length', value: 'long' }],
  ['超长款|及踝|拖地|maxi|ankle-length|full-length', { kind: 'class', aspect: 'length', value: 'extra-long' }],
  ['廓形|超大版|oversize|oversized|茧型', { kind: 'class', aspect: 'fit', value: 'oversized' }],
  ['长袖|long sleeves|long sleeve|long-sleeved', { kind: 'class', aspect: 'sleeve', value: 'long' }],
  ['短袖|short sleeves|short sleeve|short-sleeved', { kind: 'class', aspect: 'sleeve', value: 'short' }],
  [
    '收腰|掐腰|cinched waist|cinched|nipped waist|nip the waist|take in the waist',
    { kind: 'class', aspect: 'fit', value: 'waist-in' },
  ],
  ['高腰|high-waisted|high waist|high-rise', { kind: 'class', aspect: 'rise', value: 'high' }],
  ['低腰|low-waisted|low waist|low-rise', { kind: 'class', aspect: 'rise', value: 'low' }],
  ['衣长|裙长|裤长|长度|身长|body length|length|hemline', { kind: 'aspect', aspect: 'length' }],
  ['袖子|袖长|袖|sleeve length|sleeves|sleeve|arms', { kind: 'aspect', aspect: 'sleeve' }],
  ['版型|身形|廓型|胸腰|fit|silhouette|shape|body', { kind: 'aspect', aspect: 'fit' }],
  ['胸围|胸|chest|bust', { kind: 'aspect', aspect: 'chest' }],
  ['腰围|腰部|腰身|腰|waist', { kind: 'aspect', aspect: 'waist' }],
  ['下摆|摆围|裙摆|摆|臀围|hem|sweep|hips|seat', { kind: 'aspect', aspect: 'hem' }],
  ['肩膀|肩部|肩|shoulders|shoulder', { kind: 'aspect', aspect: 'shoulder' }],
  ['袖肥|袖笼|upper arm|bicep|biceps', { kind: 'aspect', aspect: 'bicep' }],
  ['collar height', { kind: 'aspect', aspect: 'collar' }],
  ['领口|领深|领圈|neck opening|neckline depth|neck', { kind: 'aspect', aspect: 'neck' }],
  ['裤腿|裤脚|脚口|裤管|leg opening|legs|leg', { kind: 'aspect', aspect: 'leg' }],
  ['裆深|立裆|裤腰|rise', { kind: 'aspect', aspect: 'rise' }],
  ['罗纹高|罗纹宽|rib height', { kind: 'aspect', aspect: 'rib' }],
  ['驳头|lapels|lapel', { kind: 'aspect', aspect: 'lapel' }],
  ['帽深|hood size', { kind: 'aspect', aspect: 'hood' }],
  ['扣子数|纽扣数|rows of buttons|button rows|行扣', { kind: 'aspect', aspect: 'buttons' }],
  ['深色|深|暗|darker|dark|deeper|deep', { kind: 'shade', sign: -1 }],
  ['浅色|浅|亮|淡|lighter shade|lighter|light|brighter|paler|pale', { kind: 'shade', sign: 1 }],
  ['扣子|纽扣|钮扣|buttons|button', { kind: 'trim', trim: 'button' }],
  ['缝线|明线|车线|线|thread|stitching|topstitching', { kind: 'trim', trim: 'thread' }],
  ['拉链头|拉链色|zip colour|zip color', { kind: 'trim', trim: 'zip' }],
  ['带扣|腰带扣|buckle', { kind: 'trim', trim: 'buckle' }],
  ['金色|金|gold|golden|brass', { kind: 'metal', hex: '#a58a55', name: 'gold' }],
  ['银色|银|silver|nickel', { kind: 'metal', hex: '#9a9b9c', name: 'silver' }],
  ['古铜色|铜色|古铜|bronze|copper', { kind: 'metal', hex: '#7a5a3c', name: 'bronze' }],
  ['枪色|gunmetal', { kind: 'metal', hex: '#4a4b4d', name: 'gunmetal' }],
  ['面料|布料|料子|材质|布|fabric|cloth|material', { kind: 'cloth' }],
  ['羊毛|毛呢|呢子|毛料|呢料|woollen|woolen|wool', { kind: 'fibre', fibre: 'wool' }],
  ['全棉|纯棉|棉布|棉质|棉|cotton', { kind: 'fibre', fibre: 'cotton' }],
  ['亚麻|麻料|麻布|棉麻|linen', { kind: 'fibre', fibre: 'linen' }],
  ['涤纶|聚酯|polyester', { kind: 'fibre', fibre: 'polyester' }],
  ['人棉|粘胶|viscose|rayon', { kind: 'fibre', fibre: 'viscose' }],
  ['铜氨丝|铜氨|cupro', { kind: 'fibre', fibre: 'cupro' }],
  ['麦尔登|麦尔登呢|melton', { kind: 'texture', textures: ['melton'] }],
  ['人字呢|人字纹|herringbone', { kind: 'texture', textures: ['herringbone'] }],
  ['千鸟格|houndstooth', { kind: 'texture', textures: ['houndstooth'] }],
  ['灯芯绒|条绒|corduroy|cord', { kind: 'texture', textures: ['corduroy'] }],
  ['牛仔布|牛仔|丹宁|denim', { kind: 'texture', textures: ['denim'] }],
  ['斜纹布|斜纹|华达呢|gabardine|twill', { kind: 'texture', textures: ['twill'] }],
  // A cloth, whatever colour it comes in: khaki drill may be blue.
  [
    '卡其布|卡其料|卡其面料|卡其斜纹|khaki cloth|khaki drill|khaki fabric|chino cloth',
    { kind: 'texture', textures: ['twill'], fibre: 'cotton' },
  ],
  ['帆布|canvas', { kind: 'texture', textures: ['canvas'] }],
  ['格子|格纹|方格|plaid|check|checked|tartan', { kind: 'texture', textures: ['check'] }],
  ['条纹|stripe|striped|stripes', { kind: 'texture', textures: ['stripe'] }],
  ['府绸|牛津纺|poplin|oxford', { kind: 'texture', textures: ['poplin'] }],
  ['缎面|绉布|色丁|satin|crepe', { kind: 'texture', textures: ['satin'] }],
  ['汗布|针织|罗马布|jersey|knit', { kind: 'texture', textures: ['jersey'] }],
  ['毛圈|毛圈布|french terry|terry', { kind: 'texture', textures: ['terry'] }],
  ['抓绒|加绒|摇粒绒|绒布|fleece', { kind: 'texture', textures: ['fleece'] }],
  ['绗缝|夹棉|菱格|quilted|quilt|padded', { kind: 'texture', textures: ['quilt'] }],
  ['羊羔毛|羊羔绒|泰迪|sherpa|teddy', { kind: 'texture', textures: ['fur'] }],
  [
    '便宜|便宜点|省钱|实惠|降成本|成本低|cheaper|cheap|less expensive|more affordable|affordable|lower cost',
    { kind: 'quality', quality: 'cheaper' },
  ],
  ['高档|更好|好一点|质感|贵一点|better|finer|nicer|premium|higher quality', { kind: 'quality', quality: 'finer' }],
  ['厚|加厚|厚实|保暖|暖和|更暖|thicker|warmer|heavier|thick|warm', { kind: 'quality', quality: 'warmer' }],
  [
    '薄|轻薄|更薄|轻便|透气|凉快|轻|thinner|thin|lightweight|lighter fabric|lighter cloth|lighter material|airier|cooler',
    { kind: 'quality', quality: 'lighter' },
  ],
  ['配色|colourway|colorway', { kind: 'colourway' }],
]

/** Other names of slots, by the slot's own name. */
const SLOT_WORDS: Readonly<Record<string, string>> = {
  collar: '领子|衣领|领型|领|collar|neckline',
  closure: '门襟|闭合|开襟|fastening|closure|front opening',
  pocket: '口袋|袋子|衣袋|兜|袋|pockets|pocket',
  chestPocket: '胸袋|胸前口袋|胸口袋|chest pocket|chest pockets|breast pocket',
  cuff: '袖口|袖头|克夫|cuffs|cuff|sleeve end',
  belt: '腰带|束带|belt',
  shoulder: '肩襻|肩章|肩带|epaulettes|epaulette|epaulets|shoulder straps',
  lining: '里布|里子|内里|衬里|lining',
  hood: '帽子|兜帽|连帽|帽|hood',
  back: '后背|背部|后片|back',
  vent: '开衩|开叉|后衩|vent|slit',
  yoke: '过肩|育克|yoke',
  hem: '底边|下摆|hem',
  waistband: '腰头|裤腰|waistband',
  pleat: '褶|褶裥|打褶|pleats|pleat|darts',
  sleeve: '袖型|袖子|sleeves|sleeve',
  fly: '裤门襟|fly',
  lapel: '驳领|lapel',
  backPocket: '后袋|后口袋|back pockets|back pocket',
}

/** Other names of options, by the option's value: what people say instead of what the label says. */
const OPTION_WORDS: Readonly<Record<string, string>> = {
  'double-breasted': '双排扣|双排|double-breasted|double breasted',
  'single-breasted': '单排扣|单排|single-breasted|single breasted',
  concealed: '暗扣|暗门襟|隐藏式门襟|concealed buttons|hidden buttons|hidden placket|concealed|fly front',
  zip: '拉链|拉锁|zipper|zip|zip-up|zipped',
  'full-zip': '全拉链|拉链|full zip|zipper|zip',
  buttons: '系扣|扣子门襟|button front|buttoned|button-up',
  button: '系扣|扣子门襟|button front|buttoned|button-up',
  pullover: '套头|pullover',
  fur: '毛领|皮草领|人造毛领|毛毛领|fur collar|faux fur collar|fur',
  notched: '翻驳领|翻领|西装领|平驳领|布领|lapel collar|notched collar|notch collar|cloth collar|fabric collar|notched',
  stand: '立领|中式立领|mandarin collar|stand collar|stand-up collar|band collar|grandad collar',
  band: '立领|band collar|mandarin collar|grandad collar',
  'button-down': '扣领|牛津领|button-down',
  classic: '标准领|尖领|classic collar',
  shirt: '衬衫领|shirt collar',
  peter: '娃娃领|peter pan collar',
  shawl: '青果领|披肩领|shawl collar|shawl',
  peak: '戗驳领|枪驳领|peak lapel|peaked lapel|peak lapels',
  crew: '圆领|crew neck|round neck|crewneck',
  v: 'v领|v字领|鸡心领|v-neck|v neck',
  scoop: '大圆领|u领|scoop neck|scoop',
  mock: '半高领|小高领|mock neck',
  'patch-flap': '带盖贴袋|有盖贴袋|flapped patch pockets|patch pockets with flaps',
  patch: '贴袋|明贴袋|patch pockets|patch pocket',
  flap: '带盖挖袋|盖袋|flap pockets|flap pocket|flapped pockets',
  welt: '挖袋|嵌线袋|单嵌线挖袋|welt pockets|welt pocket|jetted pockets|jetted',
  slant: '斜插袋|斜袋|slant pockets|slanted pockets|slash pockets',
  side: '侧袋|侧插袋|side pockets|seam pockets|inseam pockets',
  cargo: '工装袋|立体袋|侧贴袋|cargo pockets|cargo pocket|cargo',
  kangaroo: '袋鼠袋|袋鼠兜|kangaroo pocket|kangaroo',
  chest: '胸袋|左胸贴袋|胸前口袋|chest pocket|breast pocket',
  rib: '罗纹|螺纹|罗纹袖口|ribbed cuffs|ribbed|rib cuffs|rib',
  'turn-up': '翻边|翻边袖口|卷边|turn-ups|turned-up cuffs|turned-up cuff|turn-up|cuffed',
  barrel: '单扣袖口|筒形袖口|barrel cuffs|barrel cuff',
  french: '法式袖口|双叠袖|french cuffs|french cuff',
  epaulette: '肩襻|肩章|肩带|epaulettes|epaulets|epaulette|shoulder straps',
  fitted: '收腰|fitted waist|fitted|nipped waist',
  straight: '直身|直筒|straight',
  tapered: '锥形|小脚|tapered',
  wide: '阔腿|wide-leg|wide leg',
  pleated: '打褶|褶裥|pleated|pleats',
  elastic: '松紧腰|橡筋腰|elastic waist|elasticated waist|elastic waistband',
  drawstring: '抽绳|系带|drawstring',
  quilted: '绗缝里|quilted lining',
}
/** Where one option name means different things in different slots. */
const SLOTTED_WORDS: Readonly<Record<string, string>> = {
  'belt.full': '整腰带|系带腰带|带扣腰带|full belt|belt with buckle|tie belt|waist belt',
  'belt.half': '后腰带|半腰带|背带|half belt|martingale|back belt',
  'belt.tie': '系带|绑带|tie belt|sash',
  'lining.full': '全里|全衬|全里布|fully lined|full lining|lined',
  'lining.half': '半里|半衬|half lining|half lined|half-lined',
  'lining.none': '无里|不加里布|单层|unlined',
  'hem.curved': '圆摆|弧形下摆|curved hem',
  'hem.straight': '平摆|直下摆|straight hem',
  'hem.rib': '罗纹下摆|螺纹下摆|rib hem|ribbed hem',
  'cuff.rib': '罗纹袖口|螺纹袖口|rib cuffs|rib cuff|ribbed cuffs',
  'back.pleat': '后背工字褶|后褶|box pleat|back pleat',
  'back.yoke': '过肩|back yoke',
}

export interface Entry {
  text: string
  meaning: Meaning
  /** Latin entries match whole words only. */
  latin: boolean
}

const entry = (text: string, meaning: Meaning): Entry => ({
  text: text.toLowerCase(),
  meaning,
  latin: /^[\p{Script=Latin}\d]/u.test(text),
})

const split = (words: string, meaning: Meaning): Entry[] => words.split('|').map((text) => entry(text, meaning))

const isNone = (option: string): boolean => option === 'none'

/** The slot's option for "nothing of it", where it has one. */
export const noneOf = (slot: ConstructionSlot): ConstructionOption | undefined =>
  slot.options.find(({ value }) => isNone(value)) ??
  slot.options.find(({ value }) => /^(plain|unlined|no)$/.test(value))

function blockEntries(block: Block): Entry[] {
  return block.construction.flatMap((slot) => {
    const meaning: Meaning = { kind: 'slot', slot: slot.slot }
    return [
      ...split(SLOT_WORDS[slot.slot] ?? '', meaning),
      entry(slot.label.zh, meaning),
      entry(slot.label.en, meaning),
      ...slot.options.flatMap((option) => {
        if (isNone(option.value))
          return split(SLOTTED_WORDS[`${slot.slot}.${option.value}`] ?? '', {
            kind: 'option',
            slot: slot.slot,
            option: option.value,
          })
        const chosen: Meaning = { kind: 'option', slot: slot.slot, option: option.value }
        return [
          entry(option.label.zh, chosen),
          entry(option.label.en, chosen),
          ...split(OPTION_WORDS[option.value] ?? '', chosen),
          ...split(SLOTTED_WORDS[`${slot.slot}.${option.value}`] ?? '', chosen),
        ]
      }),
    ]
  })
}

/** Words for parts this block does not have: they are understood, and answered with what it has instead. */
function absentEntries(block: Block): Entry[] {
  const slots = new Set(block.construction.map(({ slot }) => slot))
  const options = new Set(block.construction.flatMap((slot) => slot.options.map(({ value }) => value)))
  const absent: Meaning = { kind: 'absent' }
  return [
    ...Object.entries(SLOT_WORDS).flatMap(([slot, words]) => (slots.has(slot) ? [] : split(words, absent))),
    ...Object.entries(OPTION_WORDS).flatMap(([option, words]) => (options.has(option) ? [] : split(words, absent))),
  ]
}

/** Colours that are called after a cloth: without 色 the cloth is meant. */
const A_CLOTH: ReadonlySet<string> = new Set(['亚麻'])

const colourEntries = (): Entry[] => [
  ...PALETTE.flatMap(({ id, name }) => {
    const meaning: Meaning = { kind: 'colour', id }
    const zh = name.zh.endsWith('色')
      ? [name.zh, ...(name.zh.length > 2 && !A_CLOTH.has(name.zh.slice(0, -1)) ? [name.zh.slice(0, -1)] : [])]
      : [name.zh, `${name.zh}色`]
    return [...zh.map((text) => entry(text, meaning)), entry(name.en, meaning)]
  }),
  ...VOCABULARY.filter(({ id, parts }) => parts.length > 0 && namedColours().has(`trend-${id}`)).flatMap(
    ({ id, zh, en }) => [...zh, ...en].map((text) => entry(text, { kind: 'colour', id: `trend-${id}` })),
  ),
  ...(Object.entries(FAMILY_WORDS) as [ColourFamily, (typeof FAMILY_WORDS)[ColourFamily]][]).flatMap(
    ([family, { zh, en }]) => [...zh, ...en].map((text) => entry(text, { kind: 'family', family })),
  ),
]

const materialEntries = (materials: readonly Material[]): Entry[] =>
  materials.flatMap(({ id, name }) => {
    const meaning: Meaning = { kind: 'material', id }
    const bare = name.zh.replace(/（.*?）/g, '')
    return [entry(id, meaning), entry(name.zh, meaning), entry(bare, meaning), entry(name.en, meaning)]
  })

/** Earlier kinds win where two entries have the same text. */
const PRECEDENCE: readonly Meaning['kind'][] = [
  'material',
  'option',
  'colour',
  'slot',
  'class',
  'aspect',
  'texture',
  'fibre',
  'family',
  'quality',
  'metal',
  'trim',
]
const rank = ({ kind }: Meaning): number => {
  if (kind === 'absent') return PRECEDENCE.length + 1
  const at = PRECEDENCE.indexOf(kind)
  return at < 0 ? PRECEDENCE.length : at
}

/** Every entry for a block and a stock of materials, longest first. */
export function lexiconFor(block: Block, materials: readonly Material[]): Entry[] {
  const all = [
    ...materialEntries(materials),
    ...blockEntries(block),
    ...colourEntries(),
    ...absentEntries(block),
    ...GENERAL.flatMap(([words, meaning]) => split(words, meaning)),
  ].filter(({ text }) => text !== '')
  const sorted = all.sort((a, b) => b.text.length - a.text.length || rank(a.meaning) - rank(b.meaning))
  const seen = new Map<string, Entry[]>()
  for (const item of sorted) seen.set(item.text, [...(seen.get(item.text) ?? []), item])
  // A label that two slots share ("贴袋") stays ambiguous and is settled by the slot named beside it; else the first wins.
  return [...seen.values()].flatMap((same) => {
    const options = same.filter(({ meaning }) => meaning.kind === 'option')
    return options.length > 1 ? options : same.slice(0, 1)
  })
}

export interface Token {
  from: number
  to: number
  text: string
  /** More than one only where two slots have an option of that name. */
  meanings: Meaning[]
}

const isWordChar = (char: string | undefined): boolean => char !== undefined && /[\p{Script=Latin}\d]/u.test(char)

const NUMERALS: Readonly<Record<string, number>> = {
  半: 0.5,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}

/** `12.5`, `五`, `十二`, `三十` as numbers. */
function numberOf(text: string): number {
  if (/^[\d.]/.test(text)) return Number(text)
  const [tens, ones] = text.split('十')
  if (ones === undefined) return [...text].reduce((sum, char) => sum * 10 + (NUMERALS[char] ?? 0), 0)
  return (tens ? (NUMERALS[tens] ?? 1) : 1) * 10 + (NUMERALS[ones] ?? 0)
}

/** Millimetres per unit; a Chinese 寸 is a thirtieth of a metre. */
const UNITS: Readonly<Record<string, number>> = {
  厘米: 10,
  公分: 10,
  cm: 10,
  毫米: 1,
  mm: 1,
  英寸: 25.4,
  inches: 25.4,
  inch: 25.4,
  寸: 100 / 3,
}
const AMOUNT =
  /(\d+(?:\.\d+)?|[半一二两三四五六七八九十]+)\s*(厘米|公分|cm|毫米|mm|英寸|inches|inch|寸|%|％|排扣|行扣|排|行|rows)/y

function amountAt(sentence: string, at: number): Token | undefined {
  AMOUNT.lastIndex = at
  const match = AMOUNT.exec(sentence)
  if (!match?.[1] || !match[2]) return undefined
  const value = numberOf(match[1])
  const perUnit = UNITS[match[2]]
  const bare = /[%％]/.test(match[2]) ? { percent: value } : { count: value }
  const meaning: Meaning = { kind: 'amount', ...(perUnit === undefined ? bare : { mm: value * perUnit }) }
  return { from: at, to: at + match[0].length, text: match[0], meanings: [meaning] }
}

/** Longest match first, left to right; what no entry knows comes back as a token of the kind `unknown`. */
export function tokenize(sentence: string, lexicon: readonly Entry[]): Token[] {
  const tokens: Token[] = []
  let strange = ''
  let at = 0
  const flush = () => {
    const text = strange.trim()
    if (/[\p{L}\p{N}]/u.test(text))
      tokens.push({ from: at - strange.length, to: at, text, meanings: [{ kind: 'unknown' }] })
    strange = ''
  }
  while (at < sentence.length) {
    const amount = isWordChar(sentence[at - 1]) ? undefined : amountAt(sentence, at)
    if (amount) {
      flush()
      tokens.push(amount)
      at = amount.to
      continue
    }
    const startsWord = !isWordChar(sentence[at - 1])
    const hits = lexicon.filter(
      ({ text, latin }) =>
        sentence.startsWith(text, at) && (!latin || (startsWord && !isWordChar(sentence[at + text.length]))),
    )
    const first = hits[0]
    if (!first) {
      strange += sentence[at] ?? ''
      at++
      continue
    }
    flush()
    const to = at + first.text.length
    tokens.push({
      from: at,
      to,
      text: first.text,
      meanings: hits.filter(({ text }) => text === first.text).map(({ meaning }) => meaning),
    })
    at = to
  }
  flush()
  return tokens
}
