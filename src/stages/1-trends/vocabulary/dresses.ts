/** Skirts and dresses, and which of our blocks would make them. */
import { termsOf, type Implies, type Term } from './term.ts'

const t = termsOf('garment')
const dress = (more: Implies = {}): Implies => ({ category: 'dress', gender: 'women', ...more })
const full = (more: Implies = {}): Implies => ({ category: 'full-skirt', gender: 'women', ...more })
const pencil = (more: Implies = {}): Implies => ({ category: 'pencil-skirt', gender: 'women', ...more })

export const DRESSES: readonly Term[] = [
  // 裙 is said of both; whoever means one of them says so.
  t('skirt-or-dress', '裙|裙子', 'skirts and dresses'),
  t('skirt', '半身裙|半裙|半截裙|短半裙', 'skirt', full()),
  t(
    'pleated-skirt',
    '百褶裙|压褶裙|褶裙|百褶半身裙|风琴褶裙',
    'pleated skirt|pleated midi skirt|accordion skirt|tennis skirt',
    full({ construction: { fullness: 'pleats' } }),
    { parts: ['skirt', 'pleated'] },
  ),
  t(
    'a-line-skirt',
    'A字裙|a字半身裙|伞裙|大摆裙',
    'a-line skirt|a line skirt|circle skirt|skater skirt|full skirt',
    full(),
    { parts: ['skirt', 'a-line'] },
  ),
  t('pencil-skirt', '包臀裙|铅笔裙|一步裙|窄裙|包臀半身裙', 'pencil skirt|bodycon skirt', pencil(), {
    parts: ['skirt', 'bodycon'],
  }),
  t('straight-skirt', '直筒裙|直筒半身裙', 'straight skirt|column skirt', pencil(), { parts: ['skirt', 'straight'] }),
  t(
    'denim-skirt',
    '牛仔裙|牛仔半身裙|牛仔长裙',
    'denim skirt|jean skirt|denim maxi skirt',
    pencil({ texture: 'denim', colour: '#3b5675' }),
    { parts: ['skirt', 'denim'] },
  ),
  t('mini-skirt', '短裙|超短裙|迷你裙', 'mini skirt|miniskirt|micro skirt', full({ parameters: { bodyLength: 0 } }), {
    parts: ['skirt', 'mini'],
  }),
  t('maxi-skirt', '长裙|半身长裙|及踝长裙|拖地长裙', 'maxi skirt|long skirt', full({ parameters: { bodyLength: 1 } }), {
    parts: ['skirt', 'maxi'],
  }),
  t('midi-skirt', '中长裙|过膝裙|中长款半身裙', 'midi skirt', full({ parameters: { bodyLength: 0.6 } }), {
    parts: ['skirt', 'midi'],
  }),
  t('tutu', '纱裙|网纱裙|蓬蓬裙|tutu裙|仙女裙', 'tulle skirt|tutu|puffy skirt', full(), { parts: ['skirt', 'tulle'] }),
  t(
    'tiered-skirt',
    '蛋糕裙|塔裙|层层裙',
    'tiered skirt|ra-ra skirt|prairie skirt',
    full({ construction: { fullness: 'tiers' } }),
    { parts: ['skirt', 'tiered'] },
  ),
  t('mermaid-skirt', '鱼尾裙|鱼尾半身裙', 'mermaid skirt|fishtail skirt|trumpet skirt', pencil(), {
    parts: ['skirt', 'mermaid'],
  }),
  t('tulip-skirt', '花苞裙|灯笼裙', 'tulip skirt|bubble skirt|puffball skirt', full(), { parts: ['skirt'] }),
  t('wrap-skirt', '一片式半身裙|围裹裙', 'wrap skirt|sarong', pencil(), { parts: ['skirt', 'wrap'] }),
  t('leather-skirt', '皮裙', 'leather skirt', pencil(), { parts: ['skirt', 'leather'] }),
  t(
    'horse-face-skirt',
    '马面裙',
    'mamianqun|horse-face skirt|mamian skirt',
    full({ construction: { fullness: 'pleats' }, parameters: { bodyLength: 1 } }),
    { parts: ['skirt', 'new-chinese'] },
  ),
  t('satin-skirt', '缎面半身裙|醋酸半身裙', 'satin skirt|slip skirt|satin midi skirt', full({ texture: 'satin' }), {
    parts: ['skirt', 'satin'],
  }),
  t('dress', '连衣裙|洋装|裙装|连身裙|连衣长裙', 'dress|frock', dress()),
  t(
    'knit-dress',
    '针织裙|针织连衣裙|毛衣裙|毛线裙|国风毛衣裙',
    'knit dress|sweater dress|knitted dress|jumper dress',
    dress({ texture: 'rib' }),
    { parts: ['dress', 'knit'] },
  ),
  t(
    'slip-dress',
    '吊带裙|吊带连衣裙|细带裙',
    'slip dress|cami dress|spaghetti strap dress',
    dress({ texture: 'satin', construction: { sleeve: 'none' } }),
    { parts: ['dress', 'straps'] },
  ),
  t(
    'shirt-dress',
    '衬衫裙|衬衫连衣裙|衬衣裙',
    'shirt dress|shirtdress',
    dress({ construction: { closure: 'button' } }),
    { parts: ['dress', 'shirt-style'] },
  ),
  t('wrap-dress', '裹身裙|一片式连衣裙', 'wrap dress', dress(), { parts: ['dress', 'wrap'] }),
  t('tea-dress', '茶歇裙|法式连衣裙|茶歇连衣裙', 'tea dress|french dress', dress(), { parts: ['dress', 'french'] }),
  t('floral-dress', '碎花裙|碎花连衣裙|花裙子', 'floral dress|ditsy dress', dress(), { parts: ['dress', 'ditsy'] }),
  t('little-black-dress', '小黑裙|黑色连衣裙', 'little black dress|black dress|lbd', dress({ colour: '#141414' }), {
    parts: ['dress', 'black'],
  }),
  t('polo-dress', 'polo裙|网球裙', 'polo dress|tennis dress', dress({ texture: 'jersey' }), { parts: ['dress'] }),
  t(
    'tee-dress',
    'T恤裙|卫衣裙',
    't-shirt dress|tee dress|sweatshirt dress|hoodie dress',
    dress({ texture: 'jersey' }),
    { parts: ['dress'] },
  ),
  t(
    'pinafore',
    '背带裙|背心裙|背带连衣裙',
    'pinafore|pinafore dress|dungaree dress',
    dress({ construction: { sleeve: 'none' } }),
    { parts: ['dress'] },
  ),
  t('bodycon-dress', '紧身裙|包臀连衣裙|紧身连衣裙', 'bodycon dress|bandage dress', dress(), {
    parts: ['dress', 'bodycon'],
  }),
  t('strapless-dress', '抹胸裙|抹胸连衣裙', 'strapless dress|tube dress', dress(), { parts: ['dress', 'strapless'] }),
  t('princess-dress', '公主裙|蓬蓬公主裙', 'princess dress|ball gown', dress(), { parts: ['dress'] }),
  t('qipao', '旗袍|改良旗袍', 'qipao|cheongsam', dress({ construction: { collar: 'stand' } }), {
    parts: ['dress', 'new-chinese'],
  }),
  t('hanfu', '汉服|齐胸襦裙|褙子|交领襦裙', 'hanfu', {}, { parts: ['new-chinese'] }),
  t(
    'evening-gown',
    '礼服|晚礼服|礼服裙|高定礼服|长礼服',
    'evening gown|gown|evening dress|formal dress',
    dress({ parameters: { bodyLength: 1 } }),
  ),
  t('wedding-dress', '婚纱|婚服', 'wedding dress|bridal gown', dress()),
  t('school-uniform', '校服|水手服|JK制服|jk裙', 'school uniform|sailor suit|jk uniform'),
  t('denim-dress', '牛仔连衣裙', 'denim dress', dress({ texture: 'denim' }), { parts: ['dress', 'denim'] }),
  t('maxi-dress', '长款连衣裙|波西米亚长裙', 'maxi dress|long dress', dress({ parameters: { bodyLength: 1 } }), {
    parts: ['dress', 'maxi'],
  }),
  t('mini-dress', '短款连衣裙', 'mini dress', dress({ parameters: { bodyLength: 0 } }), { parts: ['dress', 'mini'] }),
]
