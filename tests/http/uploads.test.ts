/** A file over HTTP: looked at first, then read by the columns that a person names. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => void (server = await testServer()))
afterAll(() => server.close())

const days = Array.from({ length: 14 }, (_, i) => new Date(Date.UTC(2026, 9, 5 + i)).toISOString().slice(0, 10))
const table = `日期,货物,大类,出库,金额\n${days.map((day) => `${day},羊毛大衣女,女装,3,99`).join('\n')}\n`

async function upload(fields: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', new Blob([table], { type: 'text/csv' }), '出库.csv')
  const response = await fetch(`${server.url}/api/v1/uploads`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.key}` },
    body: form,
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

test('a table of unclear columns is refused with their names, looked at with others, and then stored', async () => {
  const refused = await upload({})
  expect(refused).toMatchObject({ status: 422, body: { code: 'feeds.unclear-columns' } })
  expect(JSON.stringify(refused.body)).toContain('出库')
  const columns = 'product=货物; units=出库'
  const preview = await upload({ columns, preview: 'true' })
  expect(preview).toMatchObject({ status: 200, body: { format: 'sales', kept: 1, leftOut: 0 } })
  expect(preview.body['columns']).toContainEqual({ role: 'units', column: '出库' })
  expect(preview.body['sourceId']).toBeUndefined()
  expect(await upload({ columns })).toMatchObject({ status: 201, body: { name: '销售表', itemsSeen: 1 } })
})
