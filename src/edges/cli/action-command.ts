/** Commands of the terminal that are an action of a stage: arguments and options come from its declaration. */
import { Option, type Command } from 'commander'
import { z } from 'zod'
import { system } from '../../core/actor.ts'
import type { AnyAsked } from '../http/place.ts'
import type { Line } from '../line.ts'
import type { Using } from './program.ts'

const me = system('cli')
const flagOf = (name: string) => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

function optionFor(name: string, field: z.core.$ZodType, words: string | undefined): Option {
  const needed = !(field instanceof z.ZodOptional || field instanceof z.ZodDefault)
  const kind = field instanceof z.ZodOptional || field instanceof z.ZodDefault ? field.unwrap() : field
  if (kind instanceof z.ZodBoolean) return new Option(flagOf(name), words)
  const option = new Option(`${flagOf(name)} <${kind instanceof z.ZodNumber ? 'n' : 'words'}>`, words)
  if (kind instanceof z.ZodNumber) option.argParser(Number)
  if (kind instanceof z.ZodEnum) option.choices(kind.options.map(String))
  return needed ? option.makeOptionMandatory() : option
}

/**
 * Add a command that asks one thing: `<id>` in its name is the input's `id`, the rest of the input are its options.
 * @param which finds the declared action in the line, once that is open
 */
export function actionCommand(
  group: Command,
  using: Using,
  declared: AnyAsked['action'],
  which: (line: Line) => AnyAsked,
  {
    name,
    does = '',
    options = {},
    rows,
    isDefault = false,
    looks = false,
  }: {
    name: string
    does?: string
    /** The group's own name alone means it. */
    isDefault?: boolean
    /** It sets nothing going that would be waited for. */
    looks?: boolean
    /** What an option is for, by the input's field. */
    options?: Readonly<Record<string, string>>
    rows?: (done: never) => unknown[][]
  },
): void {
  const named = [...name.matchAll(/<(\w+)>/g)].map(([, each = '']) => each)
  const command = group.command(name, { isDefault }).description(does)
  for (const [field, schema] of Object.entries(declared.input.shape))
    if (!named.includes(field)) command.addOption(optionFor(field, schema, options[field]))
  command.action((...args: unknown[]) =>
    using(async (line, settle) => {
      const given = Object.fromEntries(named.map((field, at) => [field, args[at]]))
      const json = await which(line)(me, { ...command.opts<Record<string, unknown>>(), ...given } as never)
      if (!looks) await settle()
      return rows ? { json, rows: rows(json as never) } : { json }
    })(),
  )
}
