/** Silhouettes, necklines and collars, sleeves, lengths and waists. */
import { termsOf, type Term } from './term.ts'

const silhouette = termsOf('silhouette')
const collar = termsOf('collar')
const sleeve = termsOf('sleeve')
const length = termsOf('length')

const silhouettes: Term[] = [
  silhouette(
    'loose',
    '宽松|宽松版型|廓形宽松|宽大|阔型|宽松款',
    'loose|loose-fit|relaxed fit|baggy|loose fit|relaxed',
    { parameters: { chestEase: 0.8, waistEase: 0.8, hipsEase: 0.8, seatEase: 0.8 } },
    { weak: true },
  ),
  silhouette('oversized', '廓形|超大廓形|oversize|大廓形|慵懒版型', '~oversized|oversize|~slouchy|boxy', {
    parameters: { chestEase: 1, waistEase: 1, shoulderEase: 1 },
  }),
  silhouette(
    'fitted',
    '~修身|紧身|~合体|~贴身|修身款',
    '~fitted|slim-fit|slim fit|tight-fitting|figure-hugging',
    {
      construction: { shape: 'fitted' },
      parameters: { chestEase: 0.1, waistEase: 0.1 },
    },
    { parts: ['flattering'] },
  ),
  silhouette('flattering', '~显瘦|遮肉|显高显瘦|修饰身材|修饰身形|修饰曲线|拉长身形|隐藏赘肉', '~flattering|slimming'),
  silhouette('straight', '~直筒|直筒型|直身|直筒版型', 'straight-cut|straight leg|straight cut', {
    construction: { shape: 'straight' },
    parameters: { legTaper: 0.4, hemBonus: 0.5 },
  }),
  silhouette('h-line', 'H型|h版型|~h版|h型版型', 'h-line|column silhouette', { construction: { shape: 'straight' } }),
  silhouette('a-line', 'A字|~a型|a摆|a字版型|A字型', 'a-line|a line|trapeze', {
    parameters: { hipsEase: 0.9, circleRatio: 0.6 },
  }),
  silhouette('x-line', 'X型|沙漏型', 'hourglass|x-line|fit and flare', {
    construction: { skirt: 'flared' },
    parameters: { waistEase: 0.05 },
  }),
  silhouette('cocoon', '茧型|茧形|O型', 'cocoon silhouette|cocoon shape'),
  silhouette('waisted', '~收腰|掐腰|束腰|收腰款|收腰设计', 'cinched waist|nipped waist|waist-cinching|fitted waist', {
    construction: { shape: 'fitted' },
    parameters: { waistEase: 0.05 },
  }),
  silhouette('bodycon', '包臀|~裹身|~包身', 'bodycon|body-con'),
  silhouette('mermaid', '~鱼尾|鱼尾摆', 'mermaid hem|fishtail|fishtail hem'),
  silhouette('wide-leg', '阔腿|宽腿', 'wide-leg|wide leg', { parameters: { kneeEase: 0.9, legTaper: 0.6 } }),
  silhouette('flared', '~喇叭|微喇', '~flared|bootcut|~flare', { parameters: { legTaper: 0.95 } }),
  silhouette('tapered', '~小脚|~锥形|窄脚|束脚|收脚|小裤脚', '~tapered|tapered leg', {
    parameters: { legTaper: 0.05 },
  }),
  silhouette('full-sweep', '大裙摆|大摆|伞摆|蓬松裙摆', 'full sweep|sweeping hem|full skirted', {
    parameters: { circleRatio: 0.9 },
  }),
  silhouette('tailored', '立体剪裁|立体裁剪', '~tailored|sharp tailoring'),
  silhouette('crisp', '挺括|硬挺|挺阔', '~structured|crisp drape|stiff drape', {}, { weak: true }),
  silhouette('asymmetric', '~不规则|不规则剪裁|不规则下摆|斜肩设计', 'irregular hem|asymmetric hem|asymmetrical hem'),
  silhouette('asymmetry', '~不对称|不对称设计', '~asymmetric|~asymmetrical'),
  silhouette('symmetric', '对称|对称设计', '~symmetrical', {}, { weak: true }),
  silhouette('peplum', '荷叶下摆|裙摆上衣|小裙摆', 'peplum'),
  silhouette('draped', '垂坠|垂感|垂坠感|垂顺', '~draped|drapey|fluid drape'),
  silhouette('curved-hem', '~弧形|弧形下摆|圆弧下摆|弧线下摆', 'curved hem|rounded hem', {
    construction: { hem: 'curved' },
  }),
  silhouette('layered', '层叠|~叠层|叠穿', 'layered|layering', {}, { weak: true }),
  silhouette('two-piece', '两件套|~套装|假两件', 'two-piece set|co-ord|matching set|co-ords'),
]

const collars: Term[] = [
  collar('crew-neck', '圆领|小圆领|圆领口', 'crew neck|round neck|crewneck collar|crew-neck', {
    construction: { collar: 'crew' },
  }),
  collar('v-neck', 'V领|v字领|大V领|小v领|深v|深V领', 'v-neck|v neck|plunging neckline', {
    construction: { collar: 'v' },
  }),
  collar('square-neck', '方领|方形领', 'square neck|square neckline', { construction: { collar: 'square' } }),
  collar('boat-neck', '一字领|一字肩领|船领|一字肩', 'boat neck|bateau neck|off-shoulder neckline', {
    construction: { collar: 'boat' },
  }),
  collar('scoop-neck', 'U领|大圆领|低圆领', 'scoop neck|u-neck', { construction: { collar: 'scoop' } }),
  collar('stand-collar', '立领|立领设计|中式立领', 'stand collar|mandarin collar|stand-up collar|funnel neck', {
    construction: { collar: 'stand' },
  }),
  collar(
    'band-collar',
    '小立领|低立领',
    'band collar|grandad collar',
    { construction: { collar: 'stand' } },
    {
      parts: ['stand-collar'],
    },
  ),
  collar('turtleneck', '高领|堆堆领', 'turtleneck|roll neck|polo neck|turtle neck', {
    construction: { collar: 'stand' },
  }),
  collar('mock-neck', '半高领|小高领', 'mock neck|mock turtleneck|funnel collar', {
    construction: { collar: 'stand' },
  }),
  collar('lapel', '翻领|翻领设计|大翻领|小翻领', 'turn-down collar|spread collar', {
    construction: { collar: 'notched' },
  }),
  collar(
    'notched-lapel',
    '西装领|翻驳领|平驳领|戗驳领',
    'notched lapel|notch lapel|peak lapel|suit collar|lapel collar',
    { construction: { collar: 'notched' } },
  ),
  collar('shawl-collar', '青果领|披肩领', 'shawl collar|shawl lapel', { construction: { collar: 'shawl' } }),
  collar('fur-collar', '毛领|大毛领|皮草领|毛毛领', 'fur collar|faux fur collar|fur-trimmed collar', {
    construction: { collar: 'fur' },
  }),
  collar('peter-pan', '娃娃领|彼得潘领|小圆翻领', 'peter pan collar'),
  collar('sailor-collar', '海军领|水手领', 'sailor collar'),
  collar('polo-collar', 'polo领|保罗领', 'polo collar', { construction: { collar: 'polo' } }),
  collar('shirt-collar', '衬衫领|尖领|方领衬衫领', 'shirt collar|point collar|button-down collar', {
    construction: { collar: 'classic' },
  }),
  collar('camp-collar', '古巴领', 'camp collar|cuban collar|revere collar'),
  collar('bow-collar', '蝴蝶结领|飘带领|系带领', 'pussy bow|bow collar|tie-neck|pussy-bow'),
  collar('cross-collar', '交领|斜襟|交襟', 'crossover collar|cross collar|surplice neckline'),
  collar('cowl-neck', '荡领|垂领|堆领', 'cowl neck'),
  collar('halter', '挂脖|绕颈|挂脖领', 'halter neck|halterneck|~halter'),
  collar('off-shoulder', '露肩|露肩设计|斜肩|~单肩', 'off-the-shoulder|off shoulder|one-shoulder|bardot|cold shoulder'),
  collar('collarless', '无领|无领设计', 'collarless'),
  collar('hooded', '连帽|~带帽|帽子设计|兜帽', '~hooded|with hood', { construction: { hood: 'self' } }),
  collar('big-collar', '大领子|阔领', 'oversized collar|statement collar'),
]

const sleeves: Term[] = [
  sleeve('long-sleeve', '长袖|长袖款', 'long sleeve|long-sleeved|long-sleeve', { parameters: { sleeveLength: 1 } }),
  sleeve('short-sleeve', '短袖|短袖款', 'short sleeve|short-sleeved|short-sleeve', {
    parameters: { sleeveLength: 0.2 },
  }),
  sleeve('three-quarter-sleeve', '七分袖|八分袖|九分袖', 'three-quarter sleeve|bracelet sleeve', {
    parameters: { sleeveLength: 0.7 },
  }),
  sleeve('half-sleeve', '五分袖|中袖|半袖', 'half sleeve|elbow sleeve|elbow-length sleeve', {
    parameters: { sleeveLength: 0.45 },
  }),
  sleeve('sleeveless', '无袖|无袖设计', 'sleeveless', { construction: { sleeve: 'none' } }),
  sleeve('puff-sleeve', '泡泡袖|公主袖', 'puff sleeve|puffed sleeve|puffy sleeve'),
  sleeve('bell-sleeve', '喇叭袖|小喇叭袖', 'bell sleeve|trumpet sleeve|flared sleeve'),
  sleeve('lantern-sleeve', '灯笼袖|主教袖', 'lantern sleeve|bishop sleeve|balloon sleeve'),
  sleeve('batwing-sleeve', '蝙蝠袖|蝙蝠衫', 'batwing sleeve|dolman sleeve|batwing'),
  sleeve('raglan-sleeve', '插肩袖|~插肩|牛角袖', 'raglan sleeve|raglan'),
  sleeve('drop-shoulder', '落肩袖|落肩|落肩设计|落肩款', 'drop shoulder|dropped shoulder|drop-shoulder', {
    parameters: { shoulderEase: 1 },
  }),
  sleeve('ruffle-sleeve', '荷叶袖|荷叶边袖|飞飞袖|木耳边袖', 'ruffle sleeve|flutter sleeve|frill sleeve'),
  sleeve('cap-sleeve', '盖袖|小盖袖', 'cap sleeve'),
  sleeve('slouch-sleeve', '堆堆袖', 'slouch sleeve|stacked sleeve'),
  sleeve('puff-shoulder', '泡泡肩|耸肩|羊腿袖', 'leg-of-mutton sleeve|statement shoulder'),
  sleeve('padded-shoulder', '垫肩|宽肩|大垫肩', 'shoulder pad|padded shoulder|power shoulder|strong shoulder'),
  sleeve('rib-cuff', '罗纹袖口|螺纹袖口', 'ribbed cuff|rib cuff', { construction: { cuff: 'rib' } }),
  sleeve('gathered-cuff', '~收口|收口袖|~束口|袖口收口', 'gathered cuff|elasticated cuff'),
  sleeve('turn-up-cuff', '翻边袖口|翻袖', 'turn-up cuff|turned-up cuff|french cuff', {
    construction: { cuff: 'turn-up' },
  }),
]

const lengths: Term[] = [
  length('cropped', '~短款|短款设计|露脐|高腰短款', '~cropped|crop length', { parameters: { bodyLength: 0.05 } }),
  length('mid-length', '中长款|~中长|过臀', 'mid-length|mid length', { parameters: { bodyLength: 0.5 } }),
  length('long-length', '~长款|加长款|超长款|长至脚踝', 'long-line|longline|full-length|long length', {
    parameters: { bodyLength: 0.95 },
  }),
  length('regular-length', '常规款|常规', 'regular length', {}, { weak: true }),
  length('mini', '迷你|超短', 'mini length|thigh-length', { parameters: { bodyLength: 0 } }, { weak: true }),
  length('midi', '中长裙摆|及膝|~过膝', '~midi|midi-length|knee-length', { parameters: { bodyLength: 0.55 } }),
  length('maxi', '及踝|~拖地|曳地', 'maxi|maxi-length|ankle-length|floor-length', { parameters: { bodyLength: 1 } }),
  length('high-waist', '高腰|高腰线|超高腰|高腰设计', 'high-waisted|high waist|high-rise', {
    parameters: { waistHeight: 0.95 },
  }),
  length('mid-waist', '中腰', 'mid-rise|mid rise', { parameters: { waistHeight: 0.5 } }),
  length('low-waist', '低腰', 'low-rise|low-waisted|low rise', { parameters: { waistHeight: 0.05 } }),
  length('natural-waist', '自然腰|自然腰线', 'natural waist'),
  length(
    'elastic-waist',
    '松紧腰|橡筋腰|松紧腰头|松紧裤腰|松紧裤头|松紧腰身|松紧腰围|弹力腰|弹力裤腰|弹力裤头|橡筋裤腰|裤腰松紧|腰部松紧|松紧的裤腰|松紧的腰',
    'elastic waist|elasticated waist|stretch waistband',
    {
      construction: { waist: 'elastic' },
    },
  ),
  length('empire-waist', '帝政腰|高腰线设计', 'empire waist|empire line'),
  length('drop-waist', '低腰线|落腰', 'drop waist|dropped waist'),
]

export const SHAPES: readonly Term[] = [...silhouettes, ...collars, ...sleeves, ...lengths]
