/**
 * Set phrases: words that hold a term and do not mean it. Whole, they are stepped over, and what they are made of is no
 * sign that clothing is spoken of (领空, 贯穿).
 */

const ZH: readonly string[] = [
  // Bodies, rank, leading.
  '马甲线|最高领导|领导人|领导|成立领|高领导|领域|领先|本领|占领|领空|领土|领海|领养|领取|领证|领队|领奖|领衔|领跑|领事|首领|率领|统领|领悟|领略|冒领|认领|领军|领馆|领克|带领',
  // Colours that are signs, politics or business.
  '红色预警|橙色预警|黄色预警|蓝色预警|红色旅游|红色经典|红色文化|红色基因|红色教育|绿色通道|绿色出行|绿色环保|白色情人节|白色污染|黑色星期五|黑色幽默|灰色地带|灰色收入|黄色网站|粉色收入|黑白片|大红人|大红灯笼|正红旗',
  // Sport, youth, parties.
  '运动会|运动员|运动场|运动鞋|运动量|运动项目|奥运|青春有你|青春期|青春环游记|青春版|青年派对|年度派对',
  // Rooms, art, things.
  '空气清新|格子间|抽象派|大衣柜|放大衣|棉花糖|棉签|棉条|木棉|海绵|棉鞋|棉拖|棉被|锦绣|绣球|刺绣工厂|皮草莓|短裤衩|西装革履|对称轴|日常生活|编织袋|编织帽|毛绒玩具|毛绒公仔|帆布袋|帆布包|豹纹守宫',
  // Tides.
  '高潮|热潮|潮湿|潮水|退潮|涨潮|大潮|思潮|浪潮|潮汐|潮汕|潮州|受潮|春潮|潮玩|观潮|潮音',
  // Nations, peoples, institutions, styles of other things.
  '民族主义|民族团结|少数民族|中华民族|生态环保|环保部|环保局|环保组织|中国风险|中国风俗|中国风云|中国风力|中国风电|中国风味|三国风云|泰国风|外国风|他国风|异国风情|民国风云|全国风|各国风|中式英语|中式快餐|欧美国家|欧美股市|西部大开发|西部战区',
  '学院风波|学院风景|学院风采|学院风气|学院风貌|服装学院|纺织学院|时装学院|美术学院|科学院|医学院|法学院|商学院|文学院|电影学院|戏剧学院|音乐学院|舞蹈学院|理工学院|师范学院|职业学院|技术学院|学院奖|研究院',
  // Idioms of wearing that are not about clothes.
  '裙带|裙底|石榴裙下|裙楼|围裙|连裤袜|吊带袜|贯穿|穿越|穿梭|穿透|揭穿|拆穿|看穿|戳穿|刺穿|穿孔|穿山甲|穿堂|望穿|水滴石穿|腰椎穿刺|穿刺术|穿刺针|横穿|穿行于|穿帮|射穿|击穿|磨穿|穿上衣服|换上衣服|披上衣服|大衣哥|雨衣男|军大衣哥|黄马甲|掉马甲|掉马|披马甲|换马甲|马甲掉|马甲什么时候掉|小马甲号|扒马甲|帽子戏法|衣食|衣钵|糖衣|胞衣|更衣室|洗衣机|洗衣液|洗衣粉|干洗店|扣帽子|大帽|盖帽|笔帽|鞋底|撞衫|礼服假面|新裤子乐队|新裤子现场|新裤子专辑|新裤子献唱|新裤子音乐节|新裤子演唱会|新裤子主唱|新裤子新歌|新裤子 音乐节|新裤子 演唱会|皮裤哥|领袖',
  // Photographs of a wedding.
  '婚纱照|婚纱摄影|婚纱影楼|补拍婚纱|拍婚纱|单人婚纱|婚礼现场|婚礼誓词',
  // Wool and silk, leather and lace that are none.
  '羊毛卷|薅羊毛|羊毛党|剪羊毛|羊毛毡|薅的羊毛|薅走羊毛|羊毛出在|羊毛衫厂|丝绸之路|真丝瓜|吹牛皮|牛皮癣|牛皮纸|皮质醇|皮质层|粉丝质疑|自来水洗|水洗胃|水洗脸|水洗手|花边新闻|绣婚书|绣十字绣|拖地机|拖地板|把地拖地',
  // Hair, faces, nails, food.
  '纸尿裤|安心裤|拉拉裤|衣衫不整|衣衫褴褛|防弹背心|防弹衣|贴心小棉袄|小棉袄漏风|小棉袄有点漏风|羊毛卷发|亚麻色头发|冷亚麻色|亚麻籽|渐变色美甲|裙摆美甲|蛋糕店|生日蛋糕|奶油蛋糕|蛋糕师|法式面包|法式甜品|法式料理|法式乳鸽|美式咖啡|美式足球|美式英语|日式料理|豹纹芒果|红丝绒手机|红丝绒蛋糕|红丝绒拿铁|丝绒拿铁|丝绒蛋糕|丝绒唇|口袋妖怪|奶油胶|美拉德反应|鱼尾纹|焦糖玛奇朵|焦糖布丁',
  // Machines, science, law.
  '喇叭花|喊喇叭|大喇叭|小喇叭|喇叭声|按喇叭|开叉车|字母哥|字母圈|字母榜|几何学|几何时|知几何|有几何|值几何|常规赛|非常规|常规武器|常规导弹|印花税|针织厂|打火机与公主裙|套装修|拉链式|机能障碍|身体机能|机能减退|抑郁情绪|功能机|机能缓解|飞行员|机车头|摩托机车展|贴身保护|贴身保镖|贴身逼抢|合体字|外翻脚|足外翻|踇外翻|收口罩|收口费|防水台|磨破嘴|磨破手|磨破脚|不对称信息|信息不对称|不规则动词|不对称查',
  // Streets, trips, health.
  '街头采访|街头斗殴|街舞|街头抗议|海边城市|户外广告|职场霸凌|校园暴力|校园霸凌|校园贷|校园欺凌|旅行社|旅行团|高温补贴|高温津贴|高温红色|高温天|滑雪队|滑雪场|自由式滑雪|滑雪赛|摇滚乐|朋克养生|蝴蝶结婚|音乐节|植物园|植物人|动物园|动物界|动物城|家居馆|居家隔离|居家办公|居家医学|居家健康|居家养老|风衣袖|牛仔很忙|达拉斯牛仔|牛仔竞技|田园犬|田园诗|田园风光|田园生活|田园梦|田园综合体|归园田园|黄土高坡',
].flatMap((line) => line.split('|'))

const EN: readonly string[] = [
  'top ten|top gun|dress code|dress rehearsal|dress down|trench warfare|mariana trench|paper tiger|blanket ban|straight away|bow out|spot check|check out|check in|check up|fact check|check point|rain check|pay check|background check',
  'coat of arms|coat of paint|coats of paint|sugar coat|coat rack|coat hanger|coat check|coat tail|new jersey|jersey city|jersey shore|water polo|marco polo|polo match|tee off|tee time|fire drill|power drill|drill sergeant|life jacket|dust jacket|jacket potato|yellow jacket|straight jacket',
  'fur baby|fur babies|cat fur|dog fur|pet fur|fur seal|close knit|tight knit|knit together|silk road|velvet revolution|red velvet cake|maillard reaction|wool over|cotton candy|cotton bud|bed linen|linen closet|suicide bomber|unabomber|bomber command|trail blazers|trail blazer|ripped off|rip off',
  'green new deal|green light|green card|green energy|black friday|black hole|black lives|white house|white paper|blue chip|red tape|red flag|red carpet event|red cross|orange juice|pink floyd|gold medal|gold rush|silver medal|grey area|brown university|purple heart',
  'puddle jumper|jumper cables|jumper cable|belt and road|asteroid belt|seat belt|rust belt|bible belt|zip code|zip file|pocket money|pick pocket|buckle up|tunnel boring|cold war|long story short|in short|short term|short of|short sleeve of',
].flatMap((line) => line.split('|'))

/** Written as they stand in a text, in either script. */
export const SET_PHRASES: readonly string[] = [...new Set([...ZH, ...EN])]
