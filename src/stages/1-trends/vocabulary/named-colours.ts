/**
 * Colours that people ask for by a name of their own: butter yellow is not yellow. Each keeps its value and its name down to
 * the listing; the everyday colour it belongs to is said inside it, so that both are counted.
 */
import { termsOf, type Term } from './term.ts'

const named = termsOf('colour', { weak: true })
const own = { weak: false }

export const NAMED_COLOURS: readonly Term[] = [
  named(
    'butter-yellow',
    '黄油黄|黄油色|奶油黄|奶黄',
    'butter yellow',
    { colour: '#f3e3a0' },
    { ...own, parts: ['yellow'] },
  ),
  named('gosling-yellow', '鹅黄', 'gosling yellow', { colour: '#f2d76b' }, { parts: ['yellow'] }),
  named('lemon-yellow', '柠檬黄|明黄', 'lemon yellow', { colour: '#f3df4b' }, { parts: ['yellow'] }),
  named('cherry-red', '樱桃红|车厘子红|车厘子色', 'cherry red', { colour: '#99182c' }, { ...own, parts: ['red'] }),
  named('sage-green', '鼠尾草绿|灰绿色', 'sage green', { colour: '#9caf88' }, { ...own, parts: ['green'] }),
  named('matcha-green', '抹茶绿|抹茶色', 'matcha', { colour: '#a9bd6b' }, { parts: ['green'] }),
  named('pistachio-green', '开心果绿|牛油果绿', 'pistachio', { colour: '#b9d08b' }, { parts: ['green'] }),
  named('lavender-purple', '薰衣草紫', 'lavender', { colour: '#b9a8d8' }, { parts: ['purple'] }),
  named('lilac-purple', '丁香紫', 'lilac', { colour: '#c6aedd' }, { parts: ['purple'] }),
  named('taro-purple', '香芋紫', 'taro purple', { colour: '#a98fb8' }, { parts: ['purple'] }),
  named('klein-blue', '克莱因蓝', 'klein blue', { colour: '#002fa7' }, { ...own, parts: ['blue'] }),
  named('haze-blue', '雾霾蓝', 'dusty blue', { colour: '#8aa1b4' }, { ...own, parts: ['light-blue'] }),
  named('sky-blue', '天蓝|天蓝色', 'sky blue', { colour: '#8ec3e8' }, { parts: ['light-blue'] }),
  named('baby-blue', '婴儿蓝', 'baby blue', { colour: '#bfdaf0' }, { parts: ['light-blue'] }),
  named(
    'mocha-brown',
    '摩卡棕|摩卡色|摩卡慕斯',
    'mocha|mocha brown|mocha mousse',
    { colour: '#a4785f' },
    { parts: ['brown'] },
  ),
  named('chocolate-brown', '巧克力色|巧克力棕', 'chocolate brown', { colour: '#4b2e23' }, { ...own, parts: ['brown'] }),
  named('sakura-pink', '樱花粉', 'cherry blossom pink', { colour: '#f5c9d3' }, { ...own, parts: ['pink'] }),
  named('lotus-pink', '藕粉', 'lotus pink', { colour: '#dcb3b0' }, { parts: ['pink'] }),
  named('blush-pink', '腮红粉', 'blush pink|blush', { colour: '#efc4bf' }, { parts: ['pink'] }),
  named('apricot', '杏色', 'apricot', { colour: '#e5c9a5' }, { parts: ['beige'] }),
]
