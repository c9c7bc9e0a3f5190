/** Refining with a model where one is configured and may be asked, with the rules where not. */
import type { LanguageModel } from '../../engines/ports.ts'
import { blockFor, type Material, type StyleSpec } from '../../garments/index.ts'
import type { BriefTrend } from './designer.ts'
import { refineAnswer, refineSchema, type RefineAnswer } from './model-designer/answer.ts'
import { ask, type Ledger } from './model-designer/asking.ts'
import { sayBlocks, sayColours, sayMaterials } from './model-designer/catalogue.ts'
import { fenced, fillIn, readPrompt } from './model-designer/prompts.ts'
import { finish, NO_IDEA, refineByRules, SENTENCE_LIMIT, type Draft, type Refinement } from './refine.ts'
import { leadWith } from './refine-colours.ts'
import { chooseOption } from './refine-construction.ts'
import { takeMaterial } from './refine-materials.ts'
import { setParameter } from './refine-parameters.ts'
import { shellSuits } from './suitability.ts'

export interface Refined extends Refinement {
  by: 'rules' | 'model'
  /** Why the rules took over from a configured model. */
  insteadOfModel?: string
  generationId?: string
}

/** The model's choices as changes of the same visible kind the rules make. */
function apply(
  spec: StyleSpec,
  answer: RefineAnswer,
  stock: readonly Material[],
  trends: readonly BriefTrend[],
): Refinement {
  const block = blockFor(spec.category, spec.gender)
  const draft: Draft = { spec, block, stock, changes: [], refused: [] }
  const refuse = (words: string) => draft.refused.push({ words, reason: NO_IDEA })
  for (const { slot, option } of answer.construction)
    if (!chooseOption(draft, slot, option)) refuse(`${slot}: ${option}`)
  for (const { key, value } of answer.parameters) if (!setParameter(draft, key, value)) refuse(`${key}: ${value}`)
  if (answer.shell !== null && !takeMaterial(draft, answer.shell)) refuse(answer.shell)
  if (answer.colour !== null && !leadWith(draft, answer.colour)) refuse(answer.colour)
  for (const words of answer.notUnderstood) refuse(words)
  return finish(spec, draft, trends)
}

export interface RefineOptions {
  stock: readonly Material[]
  trends: readonly BriefTrend[]
  /** Asked first, where configured. */
  model: LanguageModel | undefined
  ledger: Ledger
  subjectId: string
}

export async function refineStyle(spec: StyleSpec, sentence: string, options: RefineOptions): Promise<Refined> {
  const { stock, trends, model, ledger, subjectId } = options
  const byRules = (insteadOfModel?: string, generationId?: string): Refined => ({
    ...refineByRules(spec, sentence, stock, trends),
    by: 'rules',
    ...(insteadOfModel ? { insteadOfModel } : {}),
    ...(generationId ? { generationId } : {}),
  })
  if (!model) return byRules()
  const block = blockFor(spec.category, spec.gender)
  const shells = stock.filter((m) => shellSuits(m, spec.category, 'all-season') > 0)
  const prompt = readPrompt('design/refine', 1)
  const asked = await ask(model, ledger, {
    purpose: 'designs.refine',
    subjectId,
    styles: 1,
    prompt,
    messages: fillIn(prompt, {
      style: JSON.stringify({
        parameters: spec.parameters,
        construction: spec.construction,
        shell: spec.materials.shell?.id,
        colours: spec.colourways.map(({ id }) => id),
      }),
      block: sayBlocks([block]),
      materials: sayMaterials(shells, [block]),
      colours: sayColours(),
      sentence: fenced(sentence.slice(0, SENTENCE_LIMIT)),
    }),
    schema: refineSchema(block, shells),
    schemaName: 'refinement',
    read: refineAnswer,
    temperature: 0,
    seed: spec.seed,
    maxTokens: 1200,
  })
  if (!asked.ok) return byRules(asked.code, asked.generationId)
  return { ...apply(spec, asked.value, stock, trends), by: 'model', generationId: asked.generationId }
}
