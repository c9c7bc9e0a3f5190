/** Commands of the terminal that are an action of a stage: arguments and options come from its declaration. */
import type { Command, Option } from 'commander'
import { system } from '../../core/actor.ts'
import type { Problem } from '../../core/errors.ts'
import type { AnyAsked } from '../http/place.ts'
import type { Line } from '../line.ts'
import { optionFor } from './option-for.ts'
import type { Using } from './program.ts'

/** Who asks at the terminal. */
export const me = system('cli')
/** Rows of a list. */
export const LIMIT = 100

export interface CommandPlace<R> {
  /** `<id>` in it is the input's `id`. */
  name: string
  does?: string
  /** The group's own name alone means it. */
  isDefault?: boolean
  /** What it sets going is waited for, as the worker would do it. */
  settles?: boolean
  /** What an option is for, by the input's field; or the whole option, where it is called otherwise. */
  options?: Readonly<Record<string, string | Option>>
  /** What an argument may be. */
  choices?: Readonly<Record<string, readonly string[]>>
  /** The input, where it is not what was typed: the bytes of a file, the id of what people call by a name. */
  read?: (typed: never, line: Line) => object | Promise<object>
  /** What is shown, where it is not what the action hands out; `given` is what was typed, and the input. */
  as?: (done: R, given: never, line: Line) => unknown
  rows?: (done: R, line: Line, shown: never) => unknown[][] | Promise<unknown[][]>
  /** What makes the command end with 1 although it did its work. */
  failed?: (done: R) => Problem | undefined
}

/**
 * Add a command that asks one thing: the input's fields that are no arguments are its options; with `read`, those of
 * `options` alone.
 * @param which finds the declared action in the line, once that is open
 */
export function actionCommand<R>(
  group: Command,
  using: Using,
  { input: { shape } }: AnyAsked['action'],
  which: (line: Line) => AnyAsked<R>,
  { name, does = '', isDefault = false, settles = false, options = {}, choices = {}, ...place }: CommandPlace<R>,
): void {
  const { read = (typed) => typed, as = (done) => done, rows, failed } = place
  const command = group.command(name, { isDefault }).description(does)
  const named = command.registeredArguments.map((argument) => argument.name())
  for (const argument of command.registeredArguments) {
    const among = choices[argument.name()]
    if (among) argument.choices(among)
  }
  const fields = Object.keys(place.read ? options : shape).filter((field) => !named.includes(field))
  const asked = fields.map((field) => [field, optionFor(field, shape[field], options[field])] as const)
  for (const [, option] of asked) command.addOption(option)
  command.action((...args: unknown[]) =>
    using(async (line, settle) => {
      const opts = command.opts<Record<string, unknown>>()
      const typed = Object.fromEntries([
        ...asked.map(([field, option]) => [field, opts[option.attributeName()]] as const),
        ...named.map((field, at) => [field, args[at]] as const),
      ]) as never
      const input = await read(typed, line)
      const done = await which(line)(me, input as never)
      if (settles) await settle()
      const json = await as(done, { ...(typed as object), ...input } as never, line)
      return { json, rows: await rows?.(done, line, json as never), failed: failed?.(done) }
    })(),
  )
}
