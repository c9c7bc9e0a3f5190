/** Every garment the house can draft: category and gender → block. */
import { problem } from '../../core/errors.ts'
import type { Localized } from '../../core/values.ts'
import { CATEGORIES, type Category, type Gender } from '../types.ts'
import { coat } from './coat.ts'
import { both } from './common.ts'
import { dress } from './dress.ts'
import { jacket } from './jacket.ts'
import { fullSkirt } from './full-skirt.ts'
import { hoodie, sweatshirt, zipHoodie } from './knit.ts'
import { shirt } from './shirt.ts'
import { pencilSkirt } from './pencil-skirt.ts'
import { tee } from './tee.ts'
import { chinos, trousers } from './trousers.ts'
import { waistcoat } from './waistcoat.ts'
import type { Block } from './types.ts'

export type { Block, ConstructionOption, ConstructionSlot, MeasurePoint, Parameter, SeamSpec } from './types.ts'

export const CATEGORY_NAMES: Readonly<Record<Category, Localized>> = {
  coat: both('大衣', 'Coat'),
  jacket: both('西装外套', 'Jacket'),
  shirt: both('衬衫', 'Shirt'),
  tee: both('T恤', 'T-shirt'),
  sweatshirt: both('卫衣', 'Sweatshirt'),
  hoodie: both('连帽卫衣', 'Hoodie'),
  'zip-hoodie': both('拉链连帽卫衣', 'Zip hoodie'),
  trousers: both('长裤', 'Trousers'),
  chinos: both('休闲裤', 'Chinos'),
  'pencil-skirt': both('铅笔裙', 'Pencil skirt'),
  'full-skirt': both('大摆裙', 'Full skirt'),
  waistcoat: both('马甲', 'Waistcoat'),
  dress: both('连衣裙', 'Dress'),
}

/** All blocks, men's before women's. */
export const BLOCKS: readonly Block[] = [
  ...(['men', 'women'] as const).flatMap((gender) =>
    [coat, jacket, shirt, tee, sweatshirt, hoodie, zipHoodie, trousers, chinos, waistcoat].map((block) =>
      block(gender),
    ),
  ),
  pencilSkirt(),
  fullSkirt(),
  dress(),
]

/**
 * The block of a category for a wearer.
 * @throws Problem garments.no-block 422 naming the categories there are for that gender
 */
export function blockFor(category: Category, gender: Gender): Block {
  const block = BLOCKS.find((b) => b.category === category && b.gender === gender)
  if (block) return block
  const allowed = CATEGORIES.filter((c) => BLOCKS.some((b) => b.category === c && b.gender === gender))
  throw problem(
    'garments.no-block',
    422,
    {
      en: `There is no ${gender}'s block for "${category}". There is one for: ${allowed.join(', ')}.`,
      zh: `${gender === 'men' ? '男装' : '女装'}没有“${category}”的版型，可选：${allowed.join('、')}。`,
    },
    { field: 'category', details: { allowed } },
  )
}
