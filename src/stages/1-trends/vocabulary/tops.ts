/** Shirts, T-shirts, sweatshirts and knitwear, and which of our blocks would make them. */
import { termsOf, type Implies, type Term } from './term.ts'

const t = termsOf('garment')
const shirt = (more: Implies = {}): Implies => ({ category: 'shirt', ...more })

export const TOPS: readonly Term[] = [
  t('top', '上衣|衫|上装', 'top|blouse top', {}, { weak: true }),
  t('shirt', '衬衫|衬衣|衬衫上衣', 'shirt|button-up|button-down shirt|button up shirt', shirt()),
  t('blouse', '女士衬衫|罩衫|娃娃衫|雪纺衫', 'blouse', shirt({ gender: 'women' })),
  t('chiffon-shirt', '雪纺衬衫|雪纺上衣', 'chiffon blouse|chiffon shirt', shirt({ gender: 'women' }), {
    parts: ['shirt', 'chiffon'],
  }),
  t('white-shirt', '白衬衫|白衬衣|白色衬衫', 'white shirt', shirt({ colour: '#f7f7f4', texture: 'poplin' }), {
    parts: ['shirt', 'white'],
  }),
  t('striped-shirt', '条纹衬衫|条纹衬衣', 'striped shirt|stripe shirt|pinstripe shirt', shirt({ texture: 'stripe' }), {
    parts: ['shirt', 'stripe'],
  }),
  t(
    'plaid-shirt',
    '格子衬衫|格纹衬衫|格子衫',
    'plaid shirt|check shirt|checked shirt|flannel shirt',
    shirt({ texture: 'check' }),
    { parts: ['shirt', 'check'] },
  ),
  t('denim-shirt', '牛仔衬衫|牛仔衬衣', 'denim shirt|chambray shirt', shirt({ texture: 'denim', colour: '#5a7694' }), {
    parts: ['shirt', 'denim'],
  }),
  t('linen-shirt', '亚麻衬衫|棉麻衬衫', 'linen shirt', shirt({ texture: 'linen' }), { parts: ['shirt', 'linen'] }),
  t('oxford-shirt', '牛津纺衬衫|牛津衬衫', 'oxford shirt', shirt({ texture: 'poplin' }), { parts: ['shirt'] }),
  t(
    'hawaiian-shirt',
    '夏威夷衬衫|古巴领衬衫|花衬衫',
    'hawaiian shirt|camp shirt|aloha shirt|bowling shirt',
    shirt({ gender: 'men' }),
    { parts: ['shirt'] },
  ),
  t('tee', 'T恤|t恤衫|短袖T恤|体恤|T恤衫|短T', 't-shirt|tee|tshirt|t shirt', { category: 'tee', texture: 'jersey' }),
  t(
    'graphic-tee',
    '印花T恤|图案T恤|文化衫',
    'graphic tee|graphic t-shirt|printed t-shirt|band tee',
    { category: 'tee', texture: 'jersey' },
    { parts: ['tee', 'print'] },
  ),
  t(
    'striped-tee',
    '海魂衫|条纹T恤|水手衫',
    'breton top|striped tee|striped t-shirt|breton shirt',
    { category: 'tee', texture: 'stripe' },
    { parts: ['tee', 'stripe'] },
  ),
  t(
    'baby-tee',
    '短款T恤|辣妹T恤|紧身T恤',
    'baby tee|cropped tee|crop tee',
    { category: 'tee', gender: 'women', parameters: { bodyLength: 0, chestEase: 0.1 } },
    { parts: ['tee', 'cropped'] },
  ),
  t(
    'oversized-tee',
    '宽松T恤|oversizeT恤|大码T恤',
    'oversized tee|oversized t-shirt|boxy tee',
    { category: 'tee', parameters: { chestEase: 0.9 } },
    { parts: ['tee', 'loose'] },
  ),
  t(
    'long-sleeve-tee',
    '长袖T恤|打底衫|打底T恤',
    'long sleeve tee|long-sleeve t-shirt|base layer top',
    { category: 'tee', parameters: { sleeveLength: 1 } },
    { parts: ['tee'] },
  ),
  t(
    'heavy-tee',
    '重磅T恤|重磅短袖',
    'heavyweight tee|heavyweight t-shirt',
    { category: 'tee', texture: 'jersey' },
    { parts: ['tee'] },
  ),
  t('polo', 'polo衫|polo|保罗衫|翻领T恤', 'polo shirt|polo', { category: 'tee', texture: 'jersey' }),
  t('tank', '背心|吊带背心|工字背心|小背心', 'tank top|singlet|vest top', {
    category: 'tee',
    construction: { sleeve: 'none' },
  }),
  t('camisole', '吊带衫|吊带上衣|小吊带', 'camisole|cami', {}, { parts: ['straps'] }),
  t(
    'crop-top',
    '露脐装|短上衣|露脐上衣',
    'crop top|cropped top',
    { category: 'tee', gender: 'women', parameters: { bodyLength: 0 } },
    { parts: ['cropped'] },
  ),
  t('sweatshirt', '卫衣|圆领卫衣|套头卫衣|绒衫', 'sweatshirt|crewneck sweatshirt|crewneck', {
    category: 'sweatshirt',
    texture: 'terry',
  }),
  t(
    'hoodie',
    '连帽卫衣|帽衫|连帽衫|带帽卫衣',
    'hoodie|hooded sweatshirt|hoody',
    { category: 'hoodie', texture: 'terry' },
    { parts: ['sweatshirt', 'hooded'] },
  ),
  t(
    'zip-hoodie',
    '拉链卫衣|开衫卫衣|拉链帽衫|卫衣外套',
    'zip hoodie|zip-up hoodie|full-zip hoodie|zip up hoodie',
    { category: 'zip-hoodie', texture: 'terry', construction: { closure: 'zip' } },
    { parts: ['sweatshirt', 'zip'] },
  ),
  t(
    'fleece-hoodie',
    '加绒卫衣|抓绒卫衣',
    'fleece hoodie|fleece-lined hoodie|sherpa hoodie',
    { category: 'hoodie', texture: 'fleece' },
    { parts: ['sweatshirt', 'fleece'] },
  ),
  t(
    'half-zip',
    '半拉链卫衣|半拉链上衣|半拉链',
    'half-zip|quarter-zip|half zip sweatshirt|quarter zip',
    { category: 'sweatshirt', construction: { collar: 'zip' } },
    { parts: ['zip'] },
  ),
  t('sweater', '毛衣|毛线衣|套头毛衣|针织毛衣', 'sweater|jumper|knitted jumper', {
    category: 'sweatshirt',
    texture: 'rib',
  }),
  t(
    'knitwear',
    '针织衫|针织上衣',
    'knit top|knitwear|knitted top',
    { category: 'sweatshirt', texture: 'rib' },
    { parts: ['knit'] },
  ),
  t('cardigan', '开衫|针织开衫|毛衣开衫|毛衣外套|针织外套', 'cardigan', { category: 'zip-hoodie', texture: 'rib' }),
  t(
    'cable-knit',
    '麻花毛衣|绞花毛衣',
    'cable knit|cable-knit sweater',
    { category: 'sweatshirt', texture: 'rib' },
    { parts: ['sweater'] },
  ),
  t(
    'turtleneck-sweater',
    '高领毛衣|高领衫',
    'turtleneck sweater|roll-neck jumper',
    { category: 'sweatshirt', texture: 'rib', construction: { collar: 'stand' } },
    { parts: ['sweater', 'turtleneck'] },
  ),
  t('mohair-sweater', '马海毛毛衣', 'mohair sweater|mohair jumper', { category: 'sweatshirt' }, { parts: ['sweater'] }),
  t('corset-top', '束胸上衣|鱼骨上衣|束腰上衣', 'corset top|corset|bustier'),
  t('tube-top', '抹胸|裹胸|抹胸上衣', 'tube top|bandeau', {}, { parts: ['strapless'] }),
  t('loungewear', '睡衣|家居服|睡袍', 'pyjamas|pajamas|loungewear|nightgown'),
]
