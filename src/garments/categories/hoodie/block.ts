import type { BlockPlan } from '../../blocks/types.ts'
import { knit } from '../../families/knit/block.ts'
import type { Gender } from '../../types.ts'
import { choices } from './choices.ts'

export const hoodie = (gender: Gender): BlockPlan => knit('hugo', gender, choices)
