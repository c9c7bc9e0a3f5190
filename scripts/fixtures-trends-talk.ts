/** What the fixtures talk about: terms with their weekly figures, and the sentences they stand in. All invented. */

export interface Talk {
  zh: string
  en: string
  /** Titles a week, this week first; the last figure goes on backwards. */
  zhPerWeek: readonly number[]
  enPerWeek: readonly number[]
}

export const TALK: readonly Talk[] = [
  { zh: '军大衣', en: 'military overcoat', zhPerWeek: [16, 13, 9, 5, 2, 1, 0.4], enPerWeek: [5, 4, 3, 1, 0.3] },
  { zh: '国风毛衣裙', en: 'knit dress', zhPerWeek: [10, 8, 4, 1, 0.3], enPerWeek: [2, 1, 1, 0.4] },
  { zh: '谷仓夹克', en: 'barn jacket', zhPerWeek: [6, 4, 3, 1, 0.4], enPerWeek: [6, 5, 3, 2, 0.6] },
  { zh: '西装马甲', en: 'waistcoat', zhPerWeek: [6, 5, 3, 2, 0.6], enPerWeek: [4, 3, 2, 1, 0.4] },
  { zh: '加绒卫衣', en: 'fleece hoodie', zhPerWeek: [6, 5, 4, 3, 2, 1, 0.5], enPerWeek: [3, 3, 2, 1, 0.4] },
  { zh: '拉链卫衣', en: 'zip hoodie', zhPerWeek: [3, 3, 2, 1, 0.8], enPerWeek: [3, 3, 2, 1, 0.7] },
  { zh: '条纹衬衫', en: 'striped shirt', zhPerWeek: [5, 4, 2, 1, 0.5], enPerWeek: [4, 3, 2, 1, 0.5] },
  { zh: '重磅T恤', en: 'heavyweight tee', zhPerWeek: [4, 4, 3, 2, 1, 0.6], enPerWeek: [3, 2, 2, 1, 0.4] },
  { zh: '双褶卡其裤', en: 'pleated chinos', zhPerWeek: [4, 3, 2, 1, 0.4], enPerWeek: [5, 3, 3, 1, 0.5] },
  { zh: '百褶半身裙', en: 'pleated skirt', zhPerWeek: [5, 4, 2, 1, 0.7], enPerWeek: [3, 3, 2, 1, 0.5] },
  { zh: '马面裙', en: 'horse-face skirt', zhPerWeek: [4, 4, 3, 3, 2, 2], enPerWeek: [1, 0, 0.3] },
  { zh: '阔腿裤', en: 'wide-leg trousers', zhPerWeek: [3, 3, 3], enPerWeek: [2, 2, 2] },
  { zh: '牛仔裤', en: 'blue jeans', zhPerWeek: [3, 2, 3], enPerWeek: [2, 2, 2] },
  { zh: '连衣裙', en: 'tea dress', zhPerWeek: [2, 2, 3, 3], enPerWeek: [1, 1, 2] },
  { zh: '羽绒服', en: 'puffer', zhPerWeek: [5, 4, 4, 3, 3, 2, 2, 1], enPerWeek: [2, 2, 2, 1] },
  { zh: '风衣', en: 'trench coat', zhPerWeek: [1, 1, 2, 3, 4, 5, 5, 4, 2], enPerWeek: [1, 1, 2, 3, 3, 2] },
  { zh: '防晒衣', en: 'sun jacket', zhPerWeek: [0, 0, 0, 0, 0, 0.5, 1, 2, 3, 4], enPerWeek: [0, 0, 0, 0.4] },
  { zh: '亚麻衬衫', en: 'linen shirt', zhPerWeek: [0, 0, 0, 0.5, 1, 1, 2, 3], enPerWeek: [0, 0, 0.5, 1, 2] },
  { zh: '酒红色穿搭', en: 'burgundy outfit', zhPerWeek: [6, 5, 3, 1, 0.3], enPerWeek: [4, 3, 2, 0.3] },
  { zh: '灯芯绒', en: 'corduroy', zhPerWeek: [5, 4, 3, 1, 0.4], enPerWeek: [4, 3, 2, 0.4] },
  { zh: '毛领', en: 'fur collar', zhPerWeek: [4, 3, 2, 1, 0.3], enPerWeek: [2, 1, 1, 0.3] },
  { zh: '老钱风', en: 'quiet luxury', zhPerWeek: [1, 2, 2], enPerWeek: [2, 2, 2] },
]

export const WHO = [
  '大学生',
  '早八人',
  '县城青年',
  '夜班护士',
  '自由职业者',
  '图书管理员',
  '外卖骑手',
  '实习生',
  '三口之家',
  '宿舍六个人',
  '退休阿姨',
  '摄影爱好者',
]
export const ZH_LINES = [
  '{w}人手一件{t}',
  '{w}为什么都爱{t}',
  '{t}卖断货，{w}排队等补',
  '{w}把{t}翻了出来',
  '{w}晒出自己的{t}',
  '被{w}种草的{t}到底好在哪',
  '{w}团购{t}还剩最后一天',
  '{t}今年多少钱一件，{w}算了笔账',
  '{w}：没有一件{t}过不了这个冬天',
  '工厂老板回应{t}订单排到下月',
  '老裁缝教{w}挑{t}',
  '{w}改造旧{t}的三个办法',
  '北方的{w}和南方的{w2}都在找{t}',
  '{t}上身实拍，{w}给出打分',
  '{w}第一次买{t}要看哪几处',
  '{t}又上热榜，{w}笑了',
  '二手市集里{t}最抢手，{w}说捡到宝',
  '{w}自己动手缝了一件{t}',
]
export const EN_WHO = [
  'students',
  'night-shift nurses',
  'cyclists',
  'librarians',
  'first-time buyers',
  'new parents',
  'bakers',
  'teachers',
  'market traders',
  'gardeners',
  'commuters',
  'tailors',
]
export const EN_LINES = [
  'Why {w} keep asking for the {t}',
  'The {t}: what {w} should look for before buying',
  '{T}, worn by {w} all week',
  'We asked {w} about the {t}',
  'A {t} for {w} that survives the washing machine',
  'How {w} style the {t} this month',
  'The {t} sold out twice, and {w} noticed',
  'Three ways {w} wear a {t}',
  'Inside a small workshop that cuts the {t} for {w}',
  'Is the {t} worth the wait? {W} answer',
  'A pattern cutter explains the {t} to {w}',
  '{W} are mending last year’s {t}',
]

/** What else is on a hot-search list: nothing to wear in it. */
export const OTHER_SUBJECTS = [
  '早市',
  '地铁新线',
  '图书馆',
  '江边步道',
  '菜价',
  '夜宵摊',
  '博物馆',
  '流星雨',
  '稻田',
  '高铁站',
  '候鸟',
  '银杏',
  '渔港',
  '社区食堂',
  '天文台',
  '老电影院',
  '山火救援',
  '果园',
  '冰雪大世界',
  '古桥',
]
export const OTHER_LINES = [
  '{o}排起长队',
  '{o}有了新变化',
  '{o}周末人气很旺',
  '一张{o}的照片火了',
  '{o}今天正式开放',
  '专家谈{o}',
  '{o}的背后故事',
  '老人讲述{o}往事',
  '网友推荐的{o}路线',
  '{o}连夜修好了',
  '第一次看见这样的{o}',
  '{o}免费了',
]
