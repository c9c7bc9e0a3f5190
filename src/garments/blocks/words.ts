/** Names of pattern pieces, in the words of the trade. */
import type { Localized } from '../../core/values.ts'

const NAMES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  front: ['前片', 'Front'],
  frontLeft: ['左前片', 'Left front'],
  frontRight: ['右前片', 'Right front'],
  frontSide: ['前侧片', 'Side front'],
  side: ['侧片', 'Side panel'],
  back: ['后片', 'Back'],
  backSide: ['后侧片', 'Side back'],
  yoke: ['过肩', 'Yoke'],
  sleeve: ['袖子', 'Sleeve'],
  topSleeve: ['大袖', 'Top sleeve'],
  underSleeve: ['小袖', 'Under sleeve'],
  cuff: ['袖克夫', 'Cuff'],
  cuffFacing: ['袖口贴边', 'Cuff facing'],
  sleevePlacketOverlap: ['大袖衩', 'Sleeve placket, over'],
  sleevePlacketUnderlap: ['小袖衩', 'Sleeve placket, under'],
  buttonPlacket: ['里襟', 'Button placket'],
  buttonholePlacket: ['门襟', 'Buttonhole placket'],
  collar: ['领面', 'Top collar'],
  underCollar: ['领底', 'Under collar'],
  collarStand: ['领座', 'Collar stand'],
  standCollar: ['立领', 'Stand collar'],
  neckRib: ['领口罗纹', 'Neck rib'],
  cuffRib: ['袖口罗纹', 'Cuff rib'],
  hemRib: ['下摆罗纹', 'Hem rib'],
  neckTape: ['后领包条', 'Back neck tape'],
  hoodSide: ['帽侧片', 'Hood side'],
  hoodCentre: ['帽中片', 'Hood centre'],
  pocket: ['贴袋', 'Patch pocket'],
  chestPocket: ['胸袋', 'Chest pocket'],
  kangaroo: ['袋鼠袋', 'Kangaroo pocket'],
  kangarooFacing: ['袋鼠袋贴边', 'Kangaroo pocket facing'],
  flap: ['袋盖', 'Pocket flap'],
  welt: ['嵌线', 'Pocket welt'],
  pocketBag: ['袋布', 'Pocket bag'],
  backPocketBag: ['后袋布', 'Back pocket bag'],
  backPocketFacing: ['后袋垫布', 'Back pocket facing'],
  pocketFacing: ['袋垫布', 'Pocket facing'],
  chestWelt: ['胸袋嵌条', 'Chest welt'],
  chestPocketBag: ['胸袋袋布', 'Chest pocket bag'],
  innerWelt: ['里袋嵌线', 'Inner pocket welt'],
  innerTab: ['里袋三角盖', 'Inner pocket tab'],
  innerPocketBag: ['里袋袋布', 'Inner pocket bag'],
  frontFacing: ['挂面', 'Front facing'],
  backFacing: ['后领贴边', 'Back neck facing'],
  armholeFacing: ['袖窿贴边', 'Armhole facing'],
  backStay: ['后背衬', 'Back stay'],
  tail: ['后下摆片', 'Back skirt'],
  epaulette: ['肩襻', 'Epaulette'],
  belt: ['腰带', 'Belt'],
  strap: ['后腰襻', 'Back strap'],
  chestPiece: ['胸衬', 'Chest piece'],
  halfBelt: ['后腰带', 'Back half belt'],
  beltLoop: ['带襻', 'Belt loops'],
  waistband: ['腰头', 'Waistband'],
  flyFacing: ['门襟贴边', 'Fly facing'],
  flyShield: ['里襟', 'Fly shield'],
  flyExtension: ['里襟面', 'Fly extension'],
  skirtFront: ['裙前片', 'Skirt front'],
  skirtBack: ['裙后片', 'Skirt back'],
  skirtPanel: ['裙片', 'Skirt panel'],
  skirtPanelSide: ['裙侧片', 'Side skirt panel'],
  skirtPanelZip: ['裙拉链片', 'Zip skirt panel'],
  ventFacing: ['开衩贴边', 'Vent facing'],
}

/** The part a lining or interlining piece repeats, and what the trade calls it. */
const LAYERS: readonly (readonly [suffix: string, zh: (name: string) => string, en: (name: string) => string])[] = [
  ['Interlining', (name) => `${name}衬`, (name) => `${name}, interlining`],
  ['Lining', (name) => `${name}里`, (name) => `${name}, lining`],
]

/** The name of a piece; `backLining` is the back's lining. @throws RangeError for a piece nobody named */
export function pieceName(id: string): Localized {
  const known = NAMES[id]
  if (known) return { zh: known[0], en: known[1] }
  for (const [suffix, zh, en] of LAYERS) {
    const base = id.endsWith(suffix) ? NAMES[id.slice(0, -suffix.length)] : undefined
    if (base) return { zh: zh(base[0]), en: en(base[1]) }
  }
  throw new RangeError(`the piece "${id}" has no name`)
}
