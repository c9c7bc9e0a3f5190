/** The one reader of what people and machines send: a schema, a value, and a refusal that names the field. */
import { z } from 'zod'
import { problem, type Problem } from './errors.ts'
import { fieldOf, listIssues, sayIssue } from './issues.ts'
import type { Lang, Localized } from './values.ts'

/** What a field is called for people: on forms, and in what is said when it is refused. Not part of the API's document. */
export const labels = z.registry<{ label: Localized }>()

/** @returns undefined where the schema has no such field, or gave it no name */
export const labelOf = (schema: z.ZodObject | undefined, name: string): Localized | undefined => {
  const field = schema?.shape[name]
  return field && labels.get(field)?.label
}

/** What an action about one thing takes: its id, as the address names it. */
export const byId = z.object({ id: z.string().max(200) })

/** zod's first complaint as a problem with the field's path, in both languages. */
export function invalid(error: z.core.$ZodError, where: string): Problem {
  const issue = error.issues[0]
  const say = (lang: Lang) => (issue ? sayIssue(issue, lang) : '')
  const name = fieldOf(issue) || where
  return problem(
    'input.invalid',
    422,
    { en: `"${name}" is not right: ${say('en')}.`, zh: `“${name}”有误：${say('zh')}。` },
    { field: name, details: { issues: listIssues(error) } },
  )
}

/**
 * @param where what the value is called where no field of it is at fault: `body`, `form`, `reorders.decline`
 * @throws Problem 422 that names the field
 */
export function parse<S extends z.ZodType>(schema: S, value: unknown, where = 'form'): z.output<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw invalid(parsed.error, where)
}

/**
 * Parse what is refused under a code of its own, which whoever sends it knows (a factory's system, say).
 * @throws Problem 422 that names the field
 */
export function parseAs<S extends z.ZodType>(code: string, schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  // A field that there is none of is the field at fault.
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 3).join(', ').slice(0, 80) : ''
  const field = fieldOf(issue)
  const say = (lang: Lang) => (issue ? sayIssue(issue, lang) : '')
  throw problem(
    code,
    422,
    {
      en: `${field ? `"${field}" cannot be that` : 'That cannot be used'}: ${say('en')}. Correct it and send it again.`,
      zh: `${field ? `“${field}”的取值无效` : '内容无效'}：${say('zh')}。请更正后重新提交。`,
    },
    { field: field || unknown },
  )
}
