import type { BlockPlan } from '../../blocks/types.ts'
import { knit } from '../../families/knit/block.ts'
import type { Gender } from '../../types.ts'
import { choices } from './choices.ts'

export const sweatshirt = (gender: Gender): BlockPlan => knit('sven', gender, choices)
