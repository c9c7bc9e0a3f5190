/** A form's text as a schema means it. */
import { z } from 'zod'
import { field, typed, type Form } from './forms.ts'

/** What a field means beneath "optional", "or null", its default and what is made of it. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return bare(schema.unwrap())
  return schema instanceof z.ZodPipe ? bare(schema.in) : schema
}
const isNeeded = (field: z.core.$ZodType) =>
  !(field instanceof z.ZodOptional || field instanceof z.ZodNullable || field instanceof z.ZodDefault)

/** Taken as they were typed: a blank at the end of a password is part of it. */
const AS_TYPED: ReadonlySet<string> = new Set(['password', 'current', 'proof'])

/**
 * A form's text as its schema means it: numbers where it wants numbers, a ticked box or a button with a value as true, all
 * values of a list.
 * What is not a number stays text, so that the schema refuses it by the field's name; an empty field was not sent.
 * @param fields the only ones that this form has, and has filled in, where it has not all of them
 */
export function fromForm(schema: z.ZodObject, form: Form, fields?: readonly string[]): Record<string, unknown> {
  const read = (name: string, of: z.core.$ZodType): unknown => {
    const kind = bare(of)
    if (kind instanceof z.ZodArray) return [...(form[name] ?? [])]
    if (kind instanceof z.ZodBoolean) return (form[name] ?? []).some((each) => each !== '')
    const text = AS_TYPED.has(name) ? field(form, name) || undefined : typed(form, name)
    if (text === undefined) return kind instanceof z.ZodString && (fields ?? isNeeded(of)) ? '' : undefined
    if (kind instanceof z.ZodNumber) return Number.isNaN(Number(text)) ? text : Number(text)
    return text
  }
  const entries = Object.entries(schema.shape)
    .filter(([name]) => !fields || fields.includes(name))
    .map(([name, of]) => [name, read(name, of)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}
