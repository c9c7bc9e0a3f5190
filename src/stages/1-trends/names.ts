/**
 * Names that are never terms: trade marks (a design may not ride on one) and people (their name is theirs). A list for
 * the commonest and two rules for the rest; not a register, so the rights gate checks a finished design once more.
 */

/** Written as the trade writes them; matched without regard to case, Latin ones on word boundaries. */
const BRANDS = [
  '香奈儿|Chanel|路易威登|Louis Vuitton|古驰|Gucci|普拉达|Prada|爱马仕|Hermès|Hermes|迪奥|Dior|巴黎世家|Balenciaga',
  '博柏利|巴宝莉|Burberry|华伦天奴|Valentino|范思哲|Versace|芬迪|Fendi|思琳|赛琳|Celine|罗意威|Loewe|葆蝶家|Bottega Veneta',
  '圣罗兰|Saint Laurent|YSL|阿玛尼|Armani|纪梵希|Givenchy|缪缪|Miu Miu|Miumiu|麦丝玛拉|Max Mara|MaxMara|盟可睐|Moncler',
  '加拿大鹅|Canada Goose|始祖鸟|Arc’teryx|Arcteryx|北面|The North Face|哥伦比亚|Patagonia|巴塔哥尼亚|迪桑特|Descente',
  '耐克|Nike|阿迪达斯|Adidas|彪马|Puma|新百伦|New Balance|匡威|Converse|斐乐|Fila|鬼冢虎|露露乐檬|Lululemon|安德玛|Under Armour',
  '李宁|安踏|特步|鸿星尔克|回力|波司登|海澜之家|雅戈尔|太平鸟|江南布衣|歌力思|森马|美特斯邦威|梵凯|蕉内|Ubras|蕉下',
  '优衣库|Uniqlo|无印良品|MUJI|飒拉|Zara|H&M|Shein|希音|Topshop|Forever 21|Levi’s|Levis|李维斯|拉夫劳伦|Ralph Lauren|Tommy Hilfiger',
  'Carhartt|Dickies|Stüssy|Stussy|Acne Studios|Jil Sander|The Row|Lemaire|Barbour|Ganni|Bape|Maison Margiela|Moschino|维密',
].flatMap((line) => line.split('|'))

/** English words that are also brands: only with the capital they are written with. */
const CAPITALISED_BRANDS = ['Coach', 'Supreme', 'Champion', 'Diesel', 'Guess', 'Gap', 'Boss', 'Columbia', 'Fear of God']

const PEOPLE = [
  '肖战|王一博|杨幂|赵丽颖|迪丽热巴|刘亦菲|杨紫|易烊千玺|王俊凯|王源|周杰伦|蔡徐坤|李现|倪妮|刘雯|欧阳娜娜|周冬雨|关晓彤|鹿晗',
  '刘诗诗|Angelababy|杨颖|孙俪|范丞丞|张小斐|宋茜|景甜|张艺兴|龚俊|虞书欣|白鹿|赵露思|成毅|檀健次|王鹤棣|谷爱凌|刘昊然|朱一龙|胡歌|周深',
  'Taylor Swift|Kim Kardashian|Hailey Bieber|Kendall Jenner|Rihanna|Beyoncé|Beyonce|Harry Styles|Zendaya|Jennie|Lisa|Jisoo',
  'Karl Lagerfeld|Coco Chanel|Vivienne Westwood|Alexander McQueen|川久保玲|山本耀司|三宅一生',
].flatMap((line) => line.split('|'))

const escape = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('’', "['’]?")
const isLatin = (name: string): boolean => !/\p{Script=Han}/u.test(name)
const longestFirst = (names: readonly string[]): string[] => [...names].sort((a, b) => b.length - a.length)

const anyOf = (names: readonly string[]): string => longestFirst(names).map(escape).join('|')
const KNOWN = [...BRANDS, ...PEOPLE]
const HAN = new RegExp(anyOf(KNOWN.filter((name) => !isLatin(name))), 'gu')
const LATIN = new RegExp(`(?<![\\p{L}\\p{N}])(?:${anyOf(KNOWN.filter(isLatin))})(?:['’]s)?(?![\\p{L}\\p{N}])`, 'giu')
const CAPITAL = new RegExp(`(?<![\\p{L}\\p{N}])(?:${anyOf(CAPITALISED_BRANDS)})(?:['’]s)?(?![\\p{L}\\p{N}])`, 'gu')
/** "…同款" (the one that X wears) follows a person's name of two to four characters at the start of a phrase. */
const SAME_AS = /(?<![\p{Script=Han}])(?!明星|网红|博主|妈妈|情侣|亲子|今年|秋冬|春夏)\p{Script=Han}{2,4}(?=同款)/gu
/** "@someone" names a person wherever it stands. */
const MENTION = /@[\p{L}\p{N}_-]{2,30}/gu

/**
 * The text without the names of brands and people, and what was taken out. Feed text passes through here before it
 * is matched and before any model sees it (gate G0).
 */
export function stripNames(text: string): { text: string; removed: string[] } {
  const removed: string[] = []
  let rest = text.normalize('NFKC')
  for (const rule of [MENTION, LATIN, CAPITAL, HAN, SAME_AS])
    rest = rest.replace(rule, (name) => {
      removed.push(name)
      return ' '
    })
  return removed.length ? { text: rest.replace(/ {2,}/g, ' ').trim(), removed } : { text, removed }
}
