/**
 * Names that belong to others, and signs that belong to states: what may not stand in a style's name, story or look.
 * Marks are those known in Nice classes 25 (clothing), 18 (leather goods) and 35 (retail), each with the spellings and
 * nicknames people use for it in Chinese and English. The list is a first filter, not a search report.
 */

/** One owner a line; aliases separated by `|`. */
const MARKS = `
nike|耐克|just do it
adidas|阿迪达斯|阿迪|三叶草
puma|彪马
new balance|新百伦|纽巴伦
converse|匡威
vans|范斯
under armour|安德玛
lululemon|露露乐蒙|露露柠檬
uniqlo|优衣库
muji|无印良品
zara|飒拉
h&m|海恩斯莫里斯
gap|盖璞
shein|希音
temu|拼多多跨境
mango fashion|芒果服饰
massimo dutti|麦丝玛德蒂
cos stores
levi's|levis|李维斯
lee jeans|李牌牛仔
wrangler|威格
carhartt|卡哈特
dickies|迪凯思
patagonia|巴塔哥尼亚
arc'teryx|arcteryx|始祖鸟
the north face|north face|北面|tnf
columbia sportswear|哥伦比亚户外
canada goose|加拿大鹅|大鹅
moncler|盟可睐|蒙口
stone island|石头岛
barbour|巴伯尔
burberry|博柏利|巴宝莉
gucci|古驰|古奇
prada|普拉达
miu miu|缪缪
louis vuitton|路易威登|路易·威登|lv老花
chanel|香奈儿|香奈尔|小香家
dior|迪奥
hermes|hermès|爱马仕
fendi|芬迪
celine|céline|赛琳|思琳
loewe|罗意威
balenciaga|巴黎世家
givenchy|纪梵希
saint laurent|ysl|圣罗兰
versace|范思哲
valentino garavani|华伦天奴
max mara|maxmara|麦丝玛拉
armani|阿玛尼
ralph lauren|拉夫劳伦|polo ralph
tommy hilfiger|汤米希尔费格
calvin klein|卡尔文克莱
hugo boss|雨果博斯|波士男装
lacoste|法国鳄鱼|拉科斯特
fila|斐乐
kappa|卡帕背靠背
champion usa|冠军潮牌
supreme|苏博瑞
off-white brand|offwhite
stussy|stüssy|斯图西
bape|a bathing ape|猿人头
acne studios|艾克妮
maison margiela|马吉拉
bottega veneta|葆蝶家
coach outlet|蔻驰
michael kors|迈克高仕
kate spade|凯特丝蓓
vivienne westwood|西太后
comme des garcons|川久保玲
yohji yamamoto|山本耀司
issey miyake|三宅一生
li-ning|lining sports|李宁
anta|安踏
xtep|特步
361°|361度
peak sport|匹克体育
erke|鸿星尔克
bosideng|波司登
peacebird|太平鸟
semir|森马
metersbonwe|美特斯邦威|美邦
heilan home|海澜之家
septwolves|七匹狼
jack jones|jack & jones|杰克琼斯
only fashion|only女装
vero moda
ochirly|欧时力
urban revivo|ur服饰
exception de mixmind|例外服饰
icicle|之禾
jnby|江南布衣
marisfrolg|玛丝菲尔
ellassay|歌力思
dazzle fashion|地素
youngor|雅戈尔
hongdou|红豆服饰
ports 1961|宝姿
theory fashion|希爱力
desigual|德诗高
asos
boohoo
primark
marks & spencer|marks and spencer|玛莎百货
next retail
abercrombie & fitch|abercrombie|af老头
hollister|霍利斯特
victoria's secret|维多利亚的秘密|维密
ugg boots|ugg
dr. martens|dr martens|马丁博士
timberland|添柏岚
birkenstock|勃肯
crocs|卡骆驰
disney|迪士尼
mickey mouse|米老鼠|米奇老鼠
hello kitty|凯蒂猫
marvel comics|漫威
harry potter|哈利波特|哈利·波特
pokemon|pokémon|宝可梦|皮卡丘
doraemon|哆啦a梦|机器猫
nba|美职篮
fifa|国际足联
olympic|olympics|奥运会|奥林匹克
taobao|淘宝
tmall|天猫
alibaba|阿里巴巴
jd.com|京东商城
xiaohongshu|小红书
douyin|抖音
tiktok
wechat|微信
amazon essentials|亚马逊
`

/** Everyday words that would be hit by likeness alone and belong to nobody as words. */
export const NOT_MARKS: ReadonlySet<string> = new Set([
  'gape',
  'lean',
  'tango',
  'manga',
  'fit',
  'next',
  'only',
  'lee',
  'coach',
  'theory',
  'champion',
  'panda',
  'vanes',
  'prairie',
  'lines',
  'lining',
  'linen',
  'wrangled',
  'canvas',
  'armour',
  'chino',
  'chinos',
  'puna',
  'anti',
  'band',
  'peak',
  'gap',
  'polo',
])

export interface Mark {
  owner: string
  aliases: readonly string[]
}
export const MARK_LIST: readonly Mark[] = MARKS.trim()
  .split('\n')
  .map((line) => line.split('|'))
  .map((aliases) => ({ owner: aliases[0] ?? '', aliases }))

/** Emblems, insignia, titles and bodies of states and armies, religious and medical signs: never on a garment of ours. */
export const EMBLEMS: readonly (readonly [word: string, what: 'state' | 'army' | 'medical' | 'hate'])[] = [
  ['国旗', 'state'],
  ['国徽', 'state'],
  ['国歌', 'state'],
  ['党旗', 'state'],
  ['党徽', 'state'],
  ['团徽', 'state'],
  ['天安门', 'state'],
  ['人民大会堂', 'state'],
  ['中南海', 'state'],
  ['国务院', 'state'],
  ['中央军委', 'army'],
  ['人民币图案', 'state'],
  ['五星红旗', 'state'],
  ['五角星', 'army'],
  ['红五星', 'army'],
  ['红星', 'army'],
  ['八一军徽', 'army'],
  ['军徽', 'army'],
  ['八一', 'army'],
  ['军衔', 'army'],
  ['臂章', 'army'],
  ['领章', 'army'],
  ['帽徽', 'army'],
  ['勋章', 'army'],
  ['制式军服', 'army'],
  ['解放军', 'army'],
  ['武警', 'army'],
  ['警徽', 'army'],
  ['警服', 'army'],
  ['城管制服', 'army'],
  ['特种部队', 'army'],
  ['现役', 'army'],
  ['部队专供', 'army'],
  ['军需', 'army'],
  ['红十字', 'medical'],
  ['national flag', 'state'],
  ['state emblem', 'state'],
  ['national emblem', 'state'],
  ['red star', 'army'],
  ['military insignia', 'army'],
  ['insignia', 'army'],
  ['rank badge', 'army'],
  ['medal', 'army'],
  ['army badge', 'army'],
  ['police badge', 'army'],
  ['pla uniform', 'army'],
  ['red cross', 'medical'],
  ['swastika', 'hate'],
  ['纳粹', 'hate'],
  ['万字符', 'hate'],
  ['旭日旗', 'hate'],
  ['rising sun flag', 'hate'],
  ['confederate flag', 'hate'],
  ['ss bolts', 'hate'],
]

/** Common family names, to recognise a person in "某某同款". */
export const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文肖倪迪热'
