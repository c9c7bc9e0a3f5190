import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { LanguageModel } from '../../src/engines/ports.ts'
import { blockFor, normalise } from '../../src/garments/index.ts'
import { rightsGate } from '../../src/stages/2-designs/gates/content.ts'
import { wordFaults } from '../../src/stages/2-designs/gates/wording.ts'
import { modelDesigner } from '../../src/stages/2-designs/model-designer/designer.ts'
import { parametricDesigner } from '../../src/stages/2-designs/designer/parametric.ts'
import { shellSuits } from '../../src/stages/2-designs/designer/suitability.ts'
import { NAME_LIMITS } from '../../src/stages/2-designs/designer/words.ts'
import { briefOf, memoryLedger } from '../support/designs.ts'

const folder = new URL('../../fixtures/llm/', import.meta.url)
const answers = readdirSync(folder).filter((name) => name.endsWith('.txt'))

const answering = (text: string): LanguageModel => ({
  name: 'recorded',
  deadlineMs: 1000,
  mostMicros: () => 1,
  sentMicros: () => 0,
  complete: async () => ({
    text,
    model: 'recorded',
    requestId: undefined,
    mode: 'prompt',
    usage: { input: 1, output: 1 },
    costMicros: 1,
    latencyMs: 1,
    attempts: 1,
  }),
})

describe.each(answers)('whatever the model says: %s', (name) => {
  const proposals = modelDesigner(
    answering(readFileSync(new URL(name, folder), 'utf8')),
    memoryLedger().ledger,
    parametricDesigner(),
  ).propose(briefOf({ genders: ['men', 'women'], count: 4 }))

  test('four proposals of the categories asked for', async () => {
    expect(await proposals).toHaveLength(4)
    for (const { spec } of await proposals) expect(spec.category).toBe('coat')
  })

  test('values in range, cloth that suits', async () => {
    for (const { spec } of await proposals) {
      expect(normalise(spec).clamped).toEqual([])
      const shell = spec.materials.shell
      expect(shell && shellSuits(shell, spec.category, 'all-season')).toBeGreaterThan(0)
    }
  })

  test('names of printable length, no absolute claims, no brands, facts that equal the data, no emblems', async () => {
    for (const { spec } of await proposals) {
      expect([...spec.names.zh].length).toBeLessThanOrEqual(NAME_LIMITS.zh)
      expect([...spec.names.en].length).toBeLessThanOrEqual(NAME_LIMITS.en)
      expect(wordFaults(spec, blockFor(spec.category, spec.gender)).map(({ en }) => en)).toEqual([])
      expect(rightsGate(spec).verdict).toBe('pass')
    }
  })
})

test('there are answers to run', () => expect(answers.length).toBeGreaterThanOrEqual(5))
