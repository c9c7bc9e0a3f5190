import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { z } from 'zod'
import { openLanguageModel } from '../../src/engines/language/openai.ts'
import { ask, type GenerationRecord, type Ledger } from '../../src/stages/2-designs/model-designer/asking.ts'
import { modelServer } from '../support/model-server.ts'
import type { CaseRow } from './row.ts'

/** Ask an endpoint that always answers with a file, as a design run would. */
async function asked(file: string, status = 200) {
  await using server = await modelServer(() => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: readFileSync(file, 'utf8'),
  }))
  const settled: GenerationRecord[] = []
  const ledger: Ledger = {
    reserve: async () => ({ ok: true, id: 'g' }),
    settle: async (_, record) => void settled.push(record),
    cached: async () => undefined,
    earlier: async () => [],
    keep: async () => 'g',
  }
  const model = openLanguageModel({
    baseUrl: `${server.url}/v1`,
    apiKey: 'k',
    model: 'm',
    timeoutMs: 5000,
    deadlineMs: 15_000,
    retries: 0,
    price: { input: 1, output: 1 },
  })
  const answer = await ask(model, ledger, {
    purpose: 'test',
    subjectId: 's',
    styles: 1,
    prompt: { name: 'p', version: 1, hash: 'h', parts: [] },
    messages: [{ role: 'user', content: 'json please' }],
    schema: { type: 'object' },
    schemaName: 's',
    read: z.object({ designs: z.array(z.object({ name: z.string() })).min(1) }),
    temperature: 0,
    seed: 1,
    maxTokens: 100,
  })
  return { answer, seen: server.seen, settled }
}

const thoughts = ['list', 'prose', 'no-open-tag', 'draft', 'newline'].map((name): CaseRow => ({
  folder: '12',
  sentence: `an answer behind thoughts, prose and raw line breaks is read at the first call (${name})`,
  async run(folder) {
    const { answer, seen } = await asked(join(folder, `${name}.json`))
    expect(answer).toMatchObject({ ok: true, repaired: false })
    expect(seen).toHaveLength(1)
  },
}))

export const rows: readonly CaseRow[] = [
  ...thoughts,
  {
    folder: '13',
    sentence: 'the text part of an answer in parts is the answer, and the call is settled',
    async run(folder) {
      const { answer, seen, settled } = await asked(join(folder, 'reply.json'))
      expect(answer).toMatchObject({ ok: true, value: { designs: [{ name: 'coat' }] } })
      expect(seen).toHaveLength(1)
      expect(settled.map(({ outcome }) => outcome)).toEqual(['answered'])
    },
  },
  {
    folder: '15',
    sentence: 'what an endpoint demands is tried, and what it said is quoted where that does not help',
    async run(folder) {
      const { answer, seen } = await asked(join(folder, 'refusal.json'), 400)
      expect(seen[1]?.body['enable_thinking']).toBe(false)
      expect(answer).toMatchObject({ ok: false, said: expect.stringContaining('enable_thinking must be set to false') })
      const range = await asked(join(folder, 'max-tokens.json'), 400)
      expect(range.answer).toMatchObject({ ok: false, said: expect.stringContaining('[1, 8192]') })
    },
  },
  {
    folder: '16',
    sentence: 'a provider’s filter is told apart from a wrong request, after one request',
    async run(folder) {
      for (const name of ['filter.json', 'inspection.json']) {
        const { answer, seen } = await asked(join(folder, name), 400)
        expect(answer).toMatchObject({ ok: false, code: 'language.refused' })
        expect(seen).toHaveLength(1)
      }
    },
  },
]
