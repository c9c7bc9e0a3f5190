/** Lists that mining goes by: what a word may end in, what it may not begin with, what names nothing. Data, no rules. */

/** Ends of words that are worn, or that say how. */
export const HEADS: ReadonlySet<string> = new Set(
  (
    '鞋|裙|裤|衣|衫|袄|褂|靴|帽|袜|巾|袖|领|裳|氅|袍|纱|绒|麻|皮|呢|妆|色|蓝|红|绿|紫|粉|灰|黑|白|黄|棕|甲|甲油|美甲|风|系|装|服|发型|发色|刘海|盘发|编发|发|辫|包|眼镜|墨镜|项链|耳环|耳饰|头饰|发饰|腰链|腰封|' +
    '肩带|吊带|抹胸|背心|内衣|文胸|比基尼|泳衣|旗袍|西装|套装|汉服|婚纱|礼服|t恤|卫衣|毛衣|针织|开衫|马甲|外套|大衣|风衣|夹克|羽绒|羽绒服|冲锋衣|穿搭|叠穿|披肩|斗篷|面料|印花|刺绣|蕾丝|格纹|条纹|波点|豹纹|亮片|流苏|荷叶边|蝴蝶结|丹宁|牛仔|绑带|露腰|露背|露肩|露脐|挂脖|泡泡袖|' +
    '感|core|style|jeans|dress|skirt|pants|shoes|boots|sneakers|bag|hat|coat|jacket|shirt|top|sweater|leggings|sandals|mules|clogs|flats'
  ).split('|'),
)
/** Everyday ends among them: they need a longer word, or more of it. */
export const SOFT_HEADS: ReadonlySet<string> = new Set('白黑红蓝绿粉紫灰黄棕色发皮绒麻领系风感装服包线式纱甲')
/** A word neither begins nor ends with these. */
export const NO_START: ReadonlySet<string> = new Set(
  '的了是有在被我你他她它就也都吗呢么这那啊和与为着个太很把让给对从将要会能可谁没不想又再还只最更其穿戴着过到说看新旧位名件条双顶套款及或回应张用员元',
)
export const NO_END: ReadonlySet<string> = new Set(
  '的了是有在被我你他她它就也都吗呢么这那啊和与为着个太很把让给对从将要会能可谁没不想又再还只最更其穿戴过到说看多里人们后前上下时中好美绝飒酷用大小像变照片组一二两三做出',
)
/** Verbs and units that make no name of a garment. */
export const NO_INSIDE = /[穿戴的了被在是脱剪买卖做送织缝洗偷晒炒试]/
/** Words of the trade and of everyday life that name nothing anybody could make. */
const GENERIC_WORDS =
  '造型|定妆|路透|写真|大片|杂志|封面|时尚|时装|时装周|红毯|生图|海报|预告|剧照|同框|舞台|走秀|开衩|氛围|氛围感|高级感|松弛感|少年感|仪式感|破碎感|故事感|cp感|满满|天花板|穿搭|衣服|鞋子|裤子|裙子|帽子|衣|包包|女装|男装|童装|服装|服饰|新衣服|新衣|新鞋|买衣服|' +
  '古装|现代装|舞台装|私服|发型|古装造型|现代造型|造型师|衣品|时尚圈|时尚感|名场面|男友|女友|男子|女子|网友|粉丝|明星|女星|男星|女生|男生|女孩|男孩|小伙|大学生|专家|警方|医生|妈妈|爸爸|老人|孩子|情侣|冬奥|春晚|奥运|世界杯|疫情|防护服|校服|队服|战袍|球衣|制服|军装|衣柜|洗衣服|脱衣|更衣|服务|感觉|反感|同感|性感|国风|舞台风|画风|台风|作风|刮风|威风|春风|东风|关系|联系|体系|星系|安装|包装|假装|武装|伪装|服|装|风|系|色|妆|发|出发|开发|沙发|爆发|头发|角色|特色|本色|脸色|成色|染色|红包|面包|钱包|打包|书包|承包|首领|本领|占领|银色|领|皮|白|红|明白|表白|坦白|告白|空白|蛋白|李白|网红|走红|爆红|脸红|变红|黑|抹黑|漆黑|甲|盔甲|指甲|大帽|金靴|盖帽|大帽子|摘帽|撞衫|摘帽子|同款|卸妆|上妆|化妆|素颜|沉浸式|发布|一线|白领|大白|带货|帽子戏法|新裤子|脱鞋|修鞋|一身|颜色|配色|假发|毛衣针|雨衣人|高跟'
export const GENERIC: ReadonlySet<string> = new Set(GENERIC_WORDS.split('|'))
export const GENERIC_TAIL =
  /(?:造型|定妆|路透|写真|大片|封面|氛围感|红毯|生图|海报|预告|剧照|舞台|照|图|时装周|时装|古装|女装|男装|童装|服装|服饰|衣服|鞋子|裤子|裙子|帽子|包包|防护服|队服|球衣|领奖服|的\p{Script=Han}|cp|感觉|关系|角色|特色)$/u
/** What follows the name of a film, a series, a song. */
export const AFTER_A_WORK =
  /^(?:造型|定妆|路透|写真|海报|预告|剧照|定档|开播|杀青|官宣|大结|收官|开机|首播|热播|收视|票房|演唱|新歌|新剧|舞台|直播|回应|道歉|粉丝|工作|同框|红毯|封面|时装|生图|夺冠|晋级|获奖|去世|结婚|离婚|怀孕)/
export const SURNAMES: ReadonlySet<string> = new Set(
  '鞠赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛范彭郎鲁韦昌马苗凤花方俞任袁柳唐罗薛雷贺倪汤滕殷毕郝安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵汪祁毛禹狄米贝明臧计成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房丁邓洪左石崔龚程裴陆荣翁惠甄曲封储段焦谷车侯全班仲宫宁栾甘武符刘景詹龙叶黎白蒲鹿佟檀迪古欧阳司诸上',
)
/** Places: cities, countries, provinces. A word that begins with one is its local news. */
export const PLACES =
  /^(?:北京|上海|广州|深圳|杭州|成都|重庆|武汉|西安|南京|天津|苏州|郑州|长沙|沈阳|青岛|大连|厦门|济南|哈尔滨|长春|昆明|福州|合肥|石家庄|太原|南昌|贵阳|南宁|海口|兰州|银川|西宁|拉萨|乌鲁木齐|香港|澳门|台湾|广东|江苏|浙江|山东|河南|河北|四川|湖南|湖北|福建|安徽|辽宁|陕西|江西|云南|贵州|山西|广西|吉林|黑龙江|甘肃|海南|宁夏|青海|新疆|西藏|内蒙古|中国|美国|英国|法国|日本|韩国|德国|俄罗斯|乌克兰|印度|意大利|泰国|加拿大|澳洲|澳大利亚|东北|华北|南方|北方|巴黎|米兰|伦敦|纽约|东京|首尔)/
/** English words that no name of a garment begins or ends with. */
export const ENGLISH_STOPS: ReadonlySet<string> = new Set(
  'a an and are as at be but by for from has have how i if in into is it its love of on or our so than that the their they this to was we wear wears wearing what when where which who why will with you your every new best look looks trend trends outfit outfits style styles season week year today all more most get gets got why says said again back day days everyone everywhere people one two three first last over under out up down off not no my me his her hers him she he'.split(
    ' ',
  ),
)
/** What an English name of something worn ends in. */
export const ENGLISH_HEADS: ReadonlySet<string> = new Set(
  'core style jean jeans dress skirt pant pants trouser trousers shoe shoes boot boots sneaker sneakers bag hat cap coat jacket shirt top sweater cardigan jumper leggings sandal sandals mule mules clog clogs flat flats heel heels scarf vest waistcoat blazer suit short shorts tee hoodie blouse gown parka knit lace denim leather suede wool linen silk velvet satin corduroy print stripe plaid check collar sleeve hem belt bow tote loafer loafers ballet flat tights sock socks gilet poncho cape romper jumpsuit overall overalls kilt tunic polo bomber'.split(
    ' ',
  ),
)
/** Spellings that would be found in nearly every text. */
export const EVERYWHERE: ReadonlySet<string> = new Set([
  ...GENERIC,
  ...ENGLISH_STOPS,
  ...'衣服|鞋子|裤子|裙子|穿搭|时尚|今天|中国|我们|什么|怎么|一个|可以|没有|女生|男生'.split('|'),
  ...'clothes|clothing|fashion|wear|garment|garments|apparel|sale|sales|women|men|shop'.split('|'),
])
