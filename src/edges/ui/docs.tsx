import type { OpenApi, OpenApiOperation } from '../http/endpoints.ts'
import { Layout } from './layout.tsx'
import { Heading } from './parts.tsx'
import { say, type View } from './view.ts'

interface JsonSchema {
  type?: string | string[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  additionalProperties?: JsonSchema | boolean
  description?: string
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  default?: unknown
  $ref?: string
}

/** `integer, 1 – 100`, `"open" | "closed"`: a schema's own type in a few words. */
function typeWords(schema: JsonSchema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? ''
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' | ')
  const either = schema.anyOf ?? schema.oneOf
  if (either) return [...new Set(either.map(typeWords))].join(' | ')
  if (schema.items) return `${typeWords(schema.items)}[]`
  const named = [schema.type].flat().filter(Boolean).join(' | ') || 'any'
  const longest = schema.maxLength === undefined ? '' : `, ≤ ${schema.maxLength}`
  const range =
    schema.minimum !== undefined && schema.maximum !== undefined && schema.maximum < Number.MAX_SAFE_INTEGER
      ? `, ${schema.minimum} – ${schema.maximum}`
      : longest
  return `${named}${schema.format ? ` (${schema.format})` : ''}${range}`
}

/** Members of an object, also where it stands in a list or beside null. */
function inner(schema: JsonSchema): JsonSchema | undefined {
  if (schema.properties) return schema
  if (schema.items) return inner(schema.items)
  const either = schema.anyOf ?? schema.oneOf ?? schema.allOf
  return either?.map(inner).find(Boolean)
}

const DEEPEST = 5

function Members({ schema, depth = 0 }: { schema: JsonSchema; depth?: number }) {
  const object = inner(schema)
  if (!object?.properties || depth >= DEEPEST) return null
  return (
    <ul>
      {Object.entries(object.properties).map(([name, member]) => (
        <li>
          <code>{name}</code>
          {object.required?.includes(name) ? null : <span class="soft">?</span>}{' '}
          <span class="soft small">{typeWords(member)}</span>
          {member.description ? <span class="small"> {member.description}</span> : null}
          <Members schema={member} depth={depth + 1} />
        </li>
      ))}
    </ul>
  )
}

const schemaIn = (content: unknown): JsonSchema | undefined =>
  Object.values((content ?? {}) as Record<string, { schema?: JsonSchema }>)[0]?.schema

function Operation({
  view,
  path,
  method,
  operation,
}: {
  view: View
  path: string
  method: string
  operation: OpenApiOperation
}) {
  const body = schemaIn(operation.requestBody?.content)
  const answers = Object.entries(operation.responses).filter(([status]) => status !== 'default')
  const access = operation['x-access']
  return (
    <article class="operation" id={operation.operationId}>
      <h3>
        <span class={`verb verb-${method}`}>{method.toUpperCase()}</span>
        <code>{path}</code>
      </h3>
      <p>{say(view, { zh: operation['x-summary-zh'], en: operation.summary })}</p>
      <p class="small soft">
        {access === 'public'
          ? say(view, { zh: '任何人可调用', en: 'Anybody may call it' })
          : say(view, { zh: `需要权限 ${access}`, en: `Needs the permission ${access}` })}
      </p>
      {operation.parameters.length ? (
        <div class="schema">
          <p class="field-label">{say(view, { zh: '参数', en: 'Parameters' })}</p>
          <ul>
            {operation.parameters.map(({ name, in: place, required, description, schema }) => (
              <li>
                <code>{name}</code>
                {required ? null : <span class="soft">?</span>}{' '}
                <span class="soft small">
                  {place}, {typeWords(schema as JsonSchema)}
                </span>
                {description ? <span class="small"> {description}</span> : null}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {body ? (
        <details class="schema" open>
          <summary>{say(view, { zh: '请求体', en: 'Body' })}</summary>
          <Members schema={body} />
        </details>
      ) : null}
      {answers.map(([status, answer]) => {
        const schema = schemaIn((answer as { content?: unknown }).content)
        return (
          <details class="schema">
            <summary>
              {say(view, { zh: '回答 ', en: 'Answer ' })}
              {status} <span class="soft small">{schema ? typeWords(schema) : ''}</span>
            </summary>
            {schema ? <Members schema={schema} /> : null}
          </details>
        )
      })}
    </article>
  )
}

/** The API as people read it, from the same object machines get. */
export function DocsPage({ view, api, baseUrl }: { view: View; api: OpenApi; baseUrl: string }) {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))]
  return (
    <Layout view={view} title={say(view, { zh: '接口文档', en: 'API' })} face="shop">
      <Heading
        title={say(view, { zh: '接口文档', en: 'API' })}
        lead={say(view, {
          zh: '金额为最小货币单位的整数，时间为 UTC。错误一律为 RFC 9457 problem+json，含稳定的 code 与出错的 field。',
          en: 'Money is in minor units, times are UTC. Every error is RFC 9457 problem+json with a stable code and the field at fault.',
        })}
      >
        <a class="button" href="/openapi.json">
          OpenAPI {api.openapi}
        </a>
      </Heading>
      <div class="docs">
        <nav aria-label={say(view, { zh: '目录', en: 'Contents' })}>
          {tags.map((tag) => (
            <a href={`#${tag.replaceAll(/\W+/g, '-')}`}>{tag}</a>
          ))}
          <a href="/docs/problems">{say(view, { zh: '错误代码', en: 'Problems' })}</a>
        </nav>
        <div>
          <section class="stack">
            <h2>{say(view, { zh: '从这里开始', en: 'To begin with' })}</h2>
            <p>
              {say(view, {
                zh: '请在 Authorization 请求头中提供 API 密钥（在工作台“账号与密钥”中创建）。创建类请求需带 Idempotency-Key：每个新请求用新值，重试时不变。',
                en: 'Send an API key (made in the console under “Accounts and keys”) in the Authorization header. Requests that create something need an Idempotency-Key: new for each request, the same when it is repeated.',
              })}
            </p>
            <pre>{`curl ${baseUrl}/api/v1/campaigns\ncurl -H 'Authorization: Bearer fck_…' ${baseUrl}/api/v1/trends`}</pre>
          </section>
          {tags.map((tag) => (
            <section class="section" id={tag.replaceAll(/\W+/g, '-')}>
              <h2>{tag}</h2>
              {operations
                .filter(({ operation }) => operation.tags.includes(tag))
                .map((each) => (
                  <Operation view={view} {...each} />
                ))}
            </section>
          ))}
        </div>
      </div>
    </Layout>
  )
}

/** What an error answer looks like, and where its words come from. `type` of every problem leads here. */
export function ProblemsPage({ view }: { view: View }) {
  const statuses: [string, { zh: string; en: string }][] = [
    [
      '400',
      {
        zh: '请求无法解析，请按文档检查格式。',
        en: 'The request could not be read. Compare it with this documentation.',
      },
    ],
    ['401', { zh: '未登录、密钥无效或签名不符。', en: 'Not signed in, an unknown key, or a wrong signature.' }],
    ['403', { zh: '没有该权限，请联系运营管理员。', en: 'The permission is missing. Ask an operator for it.' }],
    ['404', { zh: '没有这个对象，或者不属于您。', en: 'There is no such thing, or it is not yours.' }],
    [
      '409',
      {
        zh: '当前状态不允许，或有人抢先一步。请重新读取后再试。',
        en: 'Not possible in its present state, or somebody was quicker. Read it again first.',
      },
    ],
    ['410', { zh: '链接已过期，请重新获取。', en: 'The link has expired. Fetch it anew.' }],
    ['413', { zh: '内容过大。', en: 'Too large.' }],
    [
      '422',
      {
        zh: '内容有误，field 指出哪一项，detail 说明怎么改。',
        en: 'The content is wrong: field says where, detail says how to mend it.',
      },
    ],
    ['429', { zh: '请求过于频繁，请按 Retry-After 等待。', en: 'Too many requests. Wait as Retry-After says.' }],
    [
      '503',
      {
        zh: '暂时不可用，请按 Retry-After 等待后重试。',
        en: 'Not available just now. Wait as Retry-After says and send it again.',
      },
    ],
  ]
  return (
    <Layout view={view} title={say(view, { zh: '错误代码', en: 'Problems' })} face="shop">
      <Heading
        title={say(view, { zh: '错误代码', en: 'Problems' })}
        lead={say(view, {
          zh: '每个错误都有稳定的 code（机器可读）、detail（按您的语言说明原因与办法）和出错的 field。',
          en: 'Every problem has a stable code for machines, a detail in your language that says what to do, and the field at fault.',
        })}
      />
      <pre>{`HTTP/1.1 422
content-type: application/problem+json

{
  "type": "/docs/problems#preorders.size",
  "title": "Please check the input",
  "status": 422,
  "detail": "There is no size \\"XXS\\". This style comes in …",
  "code": "preorders.size",
  "field": "lines.0.size"
}`}</pre>
      <dl class="facts section">
        {statuses.map(([status, words]) => (
          <div>
            <dt class="num">{status}</dt>
            <dd>{say(view, words)}</dd>
          </div>
        ))}
      </dl>
    </Layout>
  )
}
