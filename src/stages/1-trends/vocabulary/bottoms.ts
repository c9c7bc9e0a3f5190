/** Trousers and shorts, and which of our blocks would make them. */
import { termsOf, type Implies, type Term } from './term.ts'

const t = termsOf('garment')
const trousers = (more: Implies = {}): Implies => ({ category: 'trousers', ...more })

export const BOTTOMS: readonly Term[] = [
  t('trousers', '裤|裤子|西裤|休闲裤|西装裤', 'trousers|pants|dress pants|slacks|tailored trousers', trousers()),
  t('long-trousers', '长裤|休闲长裤', 'long trousers|full-length trousers', trousers(), { parts: ['trousers'] }),
  t('jeans', '牛仔裤|丹宁裤', 'jeans|denim jeans|blue jeans', trousers({ texture: 'denim', colour: '#3b5675' }), {
    parts: ['trousers', 'denim'],
  }),
  t(
    'wide-leg-trousers',
    '阔腿裤|宽腿裤|大阔腿裤|拖地裤',
    'wide-leg trousers|wide leg pants|wide-leg pants|palazzo pants|wide leg trousers',
    trousers({ parameters: { kneeEase: 0.9, legTaper: 0.6 } }),
    { parts: ['trousers', 'wide-leg'] },
  ),
  t(
    'wide-leg-jeans',
    '阔腿牛仔裤|宽松牛仔裤',
    'wide-leg jeans|baggy jeans|wide leg jeans',
    trousers({ texture: 'denim', colour: '#3b5675' }),
    { parts: ['trousers', 'denim', 'wide-leg'] },
  ),
  t(
    'straight-trousers',
    '直筒裤|烟管裤|直筒西裤',
    'straight-leg trousers|straight leg pants|straight pants|cigarette pants',
    trousers(),
    { parts: ['trousers', 'straight'] },
  ),
  t(
    'flared-trousers',
    '喇叭裤|微喇裤|微喇长裤',
    'flared trousers|bootcut pants|flared pants|flared jeans|bell bottoms',
    trousers({ parameters: { kneeEase: 0.15, legTaper: 0.95 } }),
    { parts: ['trousers', 'flared'] },
  ),
  t(
    'skinny-trousers',
    '小脚裤|紧身裤|铅笔裤|窄脚裤',
    'skinny jeans|skinny pants|slim trousers',
    trousers({ parameters: { kneeEase: 0.05, legTaper: 0.05 } }),
    { parts: ['trousers', 'fitted', 'tapered'] },
  ),
  t(
    'barrel-trousers',
    '弯刀裤|香蕉裤|萝卜裤|锥形裤',
    'barrel-leg jeans|barrel leg pants|barrel jeans|carrot pants|tapered trousers|banana jeans',
    trousers(),
    { parts: ['trousers'] },
  ),
  t('harem-pants', '哈伦裤|老爹裤|垮裤', 'harem pants|balloon pants', trousers(), { parts: ['trousers'] }),
  t('balloon-trousers', '灯笼裤', 'balloon trousers|bloomers', trousers(), { parts: ['trousers'] }),
  t(
    'cargo-pants',
    '工装裤|多口袋裤|口袋裤',
    'cargo pants|cargo trousers|utility pants|cargos',
    trousers({ construction: { pocket: 'cargo' }, texture: 'twill', colour: '#6b6b4a' }),
    { parts: ['trousers', 'workwear'] },
  ),
  t('chinos', '卡其裤|斜纹裤|奇诺裤|卡其休闲裤', 'chinos|chino|khakis|khaki pants|chino trousers', {
    category: 'chinos',
    texture: 'twill',
    colour: '#b8a17a',
  }),
  t(
    'pleated-chinos',
    '褶裥卡其裤|双褶卡其裤|打褶休闲裤',
    'pleated chinos|pleated trousers|pleat-front chinos',
    { category: 'chinos', texture: 'twill', construction: { front: 'pleat' } },
    { parts: ['chinos', 'pleated'] },
  ),
  t(
    'corduroy-trousers',
    '灯芯绒裤|灯芯绒长裤',
    'corduroy trousers|corduroy pants|cords',
    { category: 'chinos', texture: 'corduroy', colour: '#7a5a3a' },
    { parts: ['trousers', 'corduroy'] },
  ),
  t(
    'sweatpants',
    '运动裤|卫裤|束脚裤|慢跑裤',
    'sweatpants|joggers|track pants|jogging bottoms',
    trousers({ texture: 'terry' }),
    { parts: ['trousers', 'sporty'] },
  ),
  t('leggings', '打底裤|鲨鱼裤|瑜伽裤|光腿神器|紧身打底裤', 'leggings|yoga pants'),
  t('cycling-shorts', '骑行裤|自行车裤', 'cycling shorts|bike shorts'),
  t('dungarees', '背带裤|工装背带裤', 'dungarees|overalls|bib overalls', trousers(), { parts: ['trousers'] }),
  t(
    'jumpsuit',
    '连体裤|连身裤|连衣裤|连体衣',
    'jumpsuit|boilersuit|playsuit|romper|coveralls',
    {},
    { parts: ['trousers'] },
  ),
  t('shorts', '短裤|热裤|沙滩裤', 'shorts|hot pants', trousers({ parameters: { outseam: 0 } }), {
    parts: ['trousers'],
  }),
  t('bermuda-shorts', '五分裤|中裤|及膝短裤', 'bermuda shorts|bermudas', trousers({ parameters: { outseam: 0 } }), {
    parts: ['shorts'],
  }),
  t('denim-shorts', '牛仔短裤', 'denim shorts|jean shorts|jorts', trousers({ texture: 'denim' }), {
    parts: ['shorts', 'denim'],
  }),
  t(
    'cropped-trousers',
    '九分裤|九分长裤',
    'cropped trousers|cropped pants|ankle pants',
    trousers({ parameters: { outseam: 0.3 } }),
    { parts: ['trousers'] },
  ),
  t('capri', '七分裤', 'capri pants|capris', trousers({ parameters: { outseam: 0.15 } }), { parts: ['trousers'] }),
  t(
    'eight-tenths-trousers',
    '八分裤',
    'calf-length trousers|calf-length pants',
    trousers({ parameters: { outseam: 0.25 } }),
    {
      parts: ['trousers'],
    },
  ),
  t('culottes', '裤裙|裙裤', 'culottes|skort', trousers({ gender: 'women' })),
  t('leather-trousers', '皮裤', 'leather trousers|leather pants', trousers(), { parts: ['trousers', 'leather'] }),
  t('horse-riding-trousers', '马裤', 'jodhpurs|riding trousers', trousers(), { weak: true }),
]
