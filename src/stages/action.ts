/** What people and machines may ask of a stage: one declaration that the API, the forms and the terminal all read. */
import type { z } from 'zod'
import { authorize, type Actor, type Scope } from '../core/actor.ts'
import { parse, parseAs, type Refuse } from '../core/parse.ts'
import type { Context } from './context.ts'

/**
 * One thing that may be asked. `C` is what its stage is opened with, `I` and `O` are the schemas of what is asked and
 * of what the API answers.
 */
export interface Action<
  C extends Context = Context,
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodType = z.ZodType,
  R = unknown,
> {
  /** Stage and verb: `reorders.approve`. A refusal of the whole input carries it. */
  name: string
  /** The permission it needs; `anyone` where `run` itself decides (a factory answers for itself, a link proves itself). */
  scope: Scope | 'anyone'
  /** How its input is refused, where that is told apart: under a code of its own, or as a problem of its own. */
  refusal?: string | Refuse
  /** Everything it takes, ids from the address included. */
  input: I
  output: O
  run(context: C, actor: Actor, input: z.output<I>): Promise<R>
}

/** Declare an action. Inference only: the value is what was written. */
export const action = <C extends Context, I extends z.ZodObject, O extends z.ZodType, R>(
  declared: Action<C, I, O, R>,
): Action<C, I, O, R> => declared

/** An action with its stage's context in it, as everybody outside the stage calls it. */
export type Asked<A> =
  A extends Action<never, infer I, infer _O, infer R>
    ? ({} extends z.input<I>
        ? (actor: Actor, input?: z.input<I>) => Promise<R>
        : (actor: Actor, input: z.input<I>) => Promise<R>) & { readonly action: A }
    : never

/** What was asked, as the action's schema reads it. @throws Problem 422 */
const read = <I extends z.ZodObject>(
  { name, input, refusal }: Pick<Action<Context, I>, 'name' | 'input' | 'refusal'>,
  value: unknown,
): z.output<I> => (typeof refusal === 'string' ? parseAs(refusal, input, value) : parse(input, value, name, refusal))

/**
 * The actions of a stage, opened: each checks the permission, reads its input by its schema and runs.
 * @throws Problem 401, 403, 422, and what the action itself refuses
 */
export const opened = <C extends Context, const A extends Readonly<Record<string, unknown>>>(
  context: C,
  actions: A,
): { readonly [K in keyof A]: Asked<A[K]> } =>
  Object.fromEntries(
    Object.entries(actions as Readonly<Record<string, Action<C>>>).map(([verb, each]) => [
      verb,
      Object.assign(
        async (actor: Actor, input: unknown = {}) => {
          if (each.scope !== 'anyone') authorize(actor, each.scope)
          return each.run(context, actor, read(each, input))
        },
        { action: each },
      ),
    ]),
  ) as { readonly [K in keyof A]: Asked<A[K]> }
