import type { Actor } from '../../src/core/actor.ts'
import { opened } from '../../src/stages/action.ts'
import { changeHouse as change } from '../../src/stages/0-house/actions/change-house.ts'
import type { Context } from '../../src/stages/context.ts'

/** Change the house's rules where nothing else of the house is open. */
export const changeHouse = (context: Context, actor: Actor, rules: unknown) =>
  opened(context, { change }).change(actor, rules as never)
