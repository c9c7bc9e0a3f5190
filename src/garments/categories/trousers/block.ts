import type { BlockPlan } from '../../blocks/types.ts'
import { legged } from '../../families/trousers/block.ts'
import type { Gender } from '../../types.ts'
import { choices } from './choices.ts'

export const trousers = (gender: Gender): BlockPlan => legged('titan', gender, choices)
