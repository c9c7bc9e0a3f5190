import type { FastifyRequest } from 'fastify'
import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { problem } from '../../src/core/errors.ts'
import { labels } from '../../src/core/parse.ts'
import { fromRow, queryOf } from '../../src/edges/http/forms.ts'
import { fromForm } from '../../src/edges/http/form-fields.ts'
import { pageFor } from '../../src/edges/ui/context.tsx'
import { Form, Input } from '../../src/edges/ui/form.tsx'
import type { View } from '../../src/edges/ui/view.ts'

const view: View = { lang: 'zh', actor: { kind: 'anonymous' }, path: '/', url: '/' }
const asked = z.object({
  reason: z
    .string()
    .min(3)
    .max(40)
    .register(labels, { label: { zh: '原因', en: 'Reason' } }),
  pieces: z
    .int()
    .min(1)
    .max(500)
    .register(labels, { label: { zh: '件数', en: 'Pieces' } }),
  email: z
    .email()
    .optional()
    .register(labels, { label: { zh: '邮箱', en: 'E-mail' } }),
  publish: z.boolean().default(false),
  sizes: z.array(z.string()),
})

test('a field takes its name and its bounds from what is asked', () => {
  const html = render(
    pageFor(view, () => (
      <Form action="/x" of={asked}>
        <Input name="reason" />
        <Input name="pieces" />
        <Input name="email" />
      </Form>
    )),
  )
  expect(html).toContain('原因')
  expect(html).toMatch(/name="reason"[^>]*required[^>]*minlength="3"[^>]*maxlength="40"/i)
  expect(html).toMatch(/name="pieces"[^>]*type="number"[^>]*min="1"[^>]*max="500"[^>]*step="1"/)
  expect(html).toMatch(/name="email"[^>]*type="email"/)
  expect(html).not.toMatch(/name="email"[^>]*required/)
})

test('what was refused stands beside its field, with what was typed', () => {
  const failure = problem('x', 422, { zh: '太短了', en: 'too short' }, { field: 'reason' })
  const html = render(
    pageFor(view, () => (
      <Form action="/x" of={asked} sent={{ values: { reason: '一' }, failure }}>
        <Input name="reason" />
      </Form>
    )),
  )
  expect(html).toMatch(/value="一"/)
  expect(html.match(/太短了/g)).toHaveLength(1)
})

test('a form is read as its schema means it', () => {
  const form = {
    reason: [' 料子卖完 '],
    pieces: ['12'],
    email: [''],
    publish: ['yes'],
    sizes: ['S', 'M'],
    extra: ['1'],
  }
  expect(fromForm(asked, form)).toEqual({ reason: '料子卖完', pieces: 12, publish: true, sizes: ['S', 'M'] })
  expect(fromForm(asked, { pieces: ['ten'] })).toEqual({ reason: '', pieces: 'ten', publish: false, sizes: [] })
})

test('a page’s address may hold anything: what a field of its query cannot be is as if it were not there', () => {
  const query = z.object({
    show: z.enum(['open', 'all']).default('open'),
    before: fromRow,
    wait: z.coerce.number().min(0).catch(0),
  })
  const of = (given: unknown) => queryOf({ query: given } as FastifyRequest, query)
  const nothing = { show: 'open', before: undefined, wait: 0 }
  expect(of({})).toEqual(nothing)
  expect(of({ show: 'constructor', before: ['a', 'b'], wait: '-3' })).toEqual(nothing)
  expect(of({ show: '', before: '', wait: 'soon' })).toEqual(nothing)
  expect(of(JSON.parse('{"__proto__":{"show":"all"}}'))).toEqual(nothing)
  expect(of({ show: 'all', before: 'x', wait: '7' })).toEqual({ show: 'all', before: 'x', wait: 7 })
})
