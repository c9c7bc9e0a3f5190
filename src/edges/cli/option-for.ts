import { Option } from 'commander'
import { z } from 'zod'

const flagOf = (name: string) => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/**
 * The option that a field of an action's input is at the terminal.
 * @param said what it is for, or the option itself
 * @throws Error at start for an option of no field that is not said whole
 */
export function optionFor(name: string, field: z.core.$ZodType | undefined, said: string | Option | undefined): Option {
  if (said instanceof Option) return said
  if (!field) throw new Error(`"${name}" is no field of the action`)
  const needed = !(field instanceof z.ZodOptional || field instanceof z.ZodDefault)
  const kind = field instanceof z.ZodOptional || field instanceof z.ZodDefault ? field.unwrap() : field
  if (kind instanceof z.ZodBoolean) return new Option(flagOf(name), said)
  const option = new Option(`${flagOf(name)} <${kind instanceof z.ZodNumber ? 'n' : 'words'}>`, said)
  if (kind instanceof z.ZodNumber) option.argParser(Number)
  if (kind instanceof z.ZodEnum) option.choices(kind.options.map(String))
  return needed ? option.makeOptionMandatory() : option
}
