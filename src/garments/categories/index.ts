/** Every garment the house can make: its categories, and a block for each category and wearer. */
import { problem } from '../../core/errors.ts'
import type { Localized } from '../../core/values.ts'
import type { Block } from '../blocks/types.ts'
import type { Category, Gender } from '../types.ts'
import { GENDERS } from '../types.ts'
import { coat } from './coat/index.ts'
import { jacket } from './jacket/index.ts'
import { shirt } from './shirt/index.ts'
import { tee } from './tee/index.ts'
import { sweatshirt } from './sweatshirt/index.ts'
import { hoodie } from './hoodie/index.ts'
import { zipHoodie } from './zip-hoodie/index.ts'
import { trousers } from './trousers/index.ts'
import { chinos } from './chinos/index.ts'
import { pencilSkirt } from './pencil-skirt/index.ts'
import { fullSkirt } from './full-skirt/index.ts'
import { waistcoat } from './waistcoat/index.ts'
import { dress } from './dress/index.ts'
import type { CategoryDefinition } from './definition.ts'

export type { CategoryDefinition } from './definition.ts'

/** The house's categories, in the order people are shown them. A new one is a line here and a folder beside this. */
export const DEFINITIONS = [
  coat,
  jacket,
  shirt,
  tee,
  sweatshirt,
  hoodie,
  zipHoodie,
  trousers,
  chinos,
  pencilSkirt,
  fullSkirt,
  waistcoat,
  dress,
] as const

export type CategoryId = (typeof DEFINITIONS)[number]['id']

/** Ids of all categories, for schemas and choices. */
export const CATEGORIES = DEFINITIONS.map(({ id }) => id) as readonly CategoryId[] as readonly [
  CategoryId,
  ...CategoryId[],
]

const BY_ID = new Map<string, CategoryDefinition>(DEFINITIONS.map((definition) => [definition.id, definition]))

/**
 * All that the house knows of a category.
 * @throws Problem garments.no-category 422 naming the categories there are: a name from outside is no garment
 */
export function definitionOf(category: Category): CategoryDefinition {
  const known = BY_ID.get(category)
  if (known) return known
  throw problem(
    'garments.no-category',
    422,
    {
      en: `There is no category "${String(category)}". Choose one of: ${CATEGORIES.join(', ')}.`,
      zh: `没有“${String(category)}”这个品类，可选：${CATEGORIES.join('、')}。`,
    },
    { field: 'category', details: { allowed: CATEGORIES } },
  )
}

/** One fact of every category. */
export const perCategory = <T>(fact: (definition: CategoryDefinition) => T): Readonly<Record<Category, T>> =>
  Object.fromEntries(DEFINITIONS.map((definition) => [definition.id, fact(definition)])) as Record<Category, T>

export const CATEGORY_NAMES: Readonly<Record<Category, Localized>> = perCategory(({ words }) => words.name)

const entered = (definition: CategoryDefinition, gender: Gender): Block[] => {
  const plan = definition.blocks[gender]
  return plan ? [{ category: definition.id as Category, gender, ...plan() }] : []
}
const forBoth = DEFINITIONS.filter(({ blocks }: CategoryDefinition) => GENDERS.every((gender) => blocks[gender]))
const forOne = DEFINITIONS.filter(({ blocks }: CategoryDefinition) => !GENDERS.every((gender) => blocks[gender]))

/** All blocks, men's before women's; garments of one wearer only come last. */
export const BLOCKS: readonly Block[] = [
  ...GENDERS.flatMap((gender) => forBoth.flatMap((definition) => entered(definition, gender))),
  ...forOne.flatMap((definition) => GENDERS.flatMap((gender) => entered(definition, gender))),
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
