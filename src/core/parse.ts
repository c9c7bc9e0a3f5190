/** The one reader of what people and machines send: a schema, a value, and a refusal that names the field. */
import { z } from 'zod'
import { problem, type Problem } from './errors.ts'
import { fieldOf, listIssues, sayIssue } from './issues.ts'
import type { Lang, Localized } from './values.ts'

/** What a field is called for people: on forms, and in what is said when it is refused. Not part of the API's document. */
export const labels = z.registry<{ label: Localized }>()

/** A field of a schema, also one that lies deeper: `shipTo.city`. @returns undefined where there is none */
export function fieldIn(schema: z.core.$ZodType | undefined, path: string): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return fieldIn(schema.unwrap(), path)
  if (!(schema instanceof z.ZodObject)) return undefined
  const [name = '', ...deeper] = path.split('.')
  const field = Object.hasOwn(schema.shape, name) ? (schema.shape[name] as z.ZodType) : undefined
  return deeper.length ? fieldIn(field, deeper.join('.')) : field
}

/** A field that may be left out, or has a default, is called as it is without. */
const nameOf = (field: z.core.$ZodType): Localized | undefined => {
  const own = labels.get(field)?.label
  if (own || !(field instanceof z.ZodOptional || field instanceof z.ZodDefault)) return own
  return nameOf(field.unwrap())
}

/** @returns undefined where the schema has no such field, or gave it no name */
export const labelOf = (schema: z.ZodObject | undefined, path: string): Localized | undefined => {
  const field = fieldIn(schema, path)
  return field && nameOf(field)
}

/** A field with the name that people know it by. */
export const named = <F extends z.ZodType>(field: F, zh: string, en: string): F => {
  labels.add(field, { label: { zh, en } })
  return field
}

/** What an action about one thing takes: its id, as the address names it. */
export const byId = z.object({ id: z.string().max(200) })

/**
 * A field as a person is told of it: by its name on forms, else by its own; one that lies deeper by what it lies in. No
 * path with points, which is for machines.
 */
export function spokenField(schema: z.ZodType | undefined, path: readonly PropertyKey[]): Localized {
  const shown = path.slice(0, 6)
  return shown.reduce<Localized>(
    (outer, key, at) => {
      if (typeof key === 'number') return { en: `${outer.en} no. ${key + 1}`.trim(), zh: `${outer.zh}第 ${key + 1} 项` }
      const way = shown
        .slice(0, at + 1)
        .map(String)
        .join('.')
      const name = (schema instanceof z.ZodObject && labelOf(schema, way)) || undefined
      const own = String(key).slice(0, 40).replaceAll('.', ' ')
      const [en, zh] = [`"${name?.en ?? own}"`, `“${name?.zh ?? own}”`]
      return outer.en ? { en: `${en} of ${outer.en}`, zh: `${outer.zh}的${zh}` } : { en, zh }
    },
    { en: '', zh: '' },
  )
}

/** zod's first complaint as a problem with the field's path, in both languages. */
export function invalid(error: z.core.$ZodError, where: string, schema?: z.ZodType): Problem {
  const issue = error.issues[0]
  const say = (lang: Lang) => (issue ? sayIssue(issue, lang) : '')
  const field = spokenField(schema, issue?.path ?? [])
  return problem(
    'input.invalid',
    422,
    {
      en: `${field.en || 'What was sent'} is not right: ${say('en')}.`,
      zh: `${field.zh || '提交的内容'}有误：${say('zh')}。`,
    },
    { field: fieldOf(issue) || where, details: { issues: listIssues(error) } },
  )
}

/** What is wrong with a value, as the problem that says so. */
export type Refuse = (error: z.core.$ZodError, where: string, schema?: z.ZodType) => Problem

/** With what was sent beside each complaint, which tells what is missing from what is wrong. */
const REPORT = { reportInput: true }

/**
 * @param where what the value is called where no field of it is at fault: `body`, `form`, `reorders.decline`
 * @throws Problem 422 that names the field
 */
export function parse<S extends z.ZodType>(
  schema: S,
  value: unknown,
  where = 'form',
  refuse: Refuse = invalid,
): z.output<S> {
  const parsed = schema.safeParse(value, REPORT)
  if (parsed.success) return parsed.data
  throw refuse(parsed.error, where, schema)
}

/**
 * Parse what is refused under a code of its own, which whoever sends it knows (a factory's system, say).
 * @throws Problem 422 that names the field
 */
export function parseAs<S extends z.ZodType>(code: string, schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value, REPORT)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  // A field that there is none of is the field at fault.
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 3).join(', ').slice(0, 80) : ''
  const field = fieldOf(issue)
  const say = (lang: Lang) => (issue ? sayIssue(issue, lang) : '')
  const spoken = spokenField(schema, issue?.path ?? [])
  throw problem(
    code,
    422,
    {
      en: `${spoken.en ? `${spoken.en} cannot be that` : 'That cannot be used'}: ${say('en')}. Correct it and send it again.`,
      zh: `${spoken.zh ? `${spoken.zh}的取值有误` : '内容有误'}：${say('zh')}。请更正后重新提交。`,
    },
    { field: field || unknown },
  )
}
