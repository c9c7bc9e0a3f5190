/** Refining with a model where one is configured and may be asked, with the rules where not. */
import type { LanguageModel } from '../../../engines/ports.ts'
import type { Localized } from '../../../core/values.ts'
import { blockFor, type Material, type StyleSpec } from '../../../garments/index.ts'
import type { BriefTrend } from '../designer/designer.ts'
import { both } from '../designer/facts.ts'
import { refineAnswer, refineSchema, type RefineAnswer } from '../model-designer/answer.ts'
import { ask, type Ledger } from '../model-designer/asking.ts'
import { sayBlocks, sayColours, sayMaterials } from '../model-designer/catalogue.ts'
import { fenced, fillIn, readPrompt } from '../model-designer/prompts.ts'
import { SENTENCE_LIMIT, type GenerationNote } from '../model.ts'
import { asRefused, finish, NO_IDEA, refineByRules, tidy, UNCHANGED, type Refinement } from './refine.ts'
import type { Draft } from './draft.ts'
import { kindWish, type KindWish } from './kind.ts'
import { leadWith } from './colours.ts'
import { chooseOption } from './construction.ts'
import { takeMaterial } from './materials.ts'
import { setParameter } from './parameters.ts'
import { shellSuits } from '../designer/suitability.ts'

export interface Refined extends Refinement {
  by: 'rules' | 'model'
  /** Which model's choices these are, or why the rules took over from a configured one. */
  made: Pick<GenerationNote, 'insteadOfModel' | 'insteadSaid' | 'generationId' | 'model' | 'prompt' | 'repaired'>
}

/** A model's answer is not printed without end, whatever it says. */
const MOST_REFUSED = 12
const MOST_WORDS = 120

const NO_PARAMETER = both('该版型没有这个可调尺寸，未采用。', 'This block has no such measure; it was left out.')
const NO_OPTION = both('该版型没有这种做法，未采用。', 'This block cannot be made that way; it was left out.')
const NO_CLOTH = both(
  '物料库中没有这种面料，或它不适合这个品类，未采用。',
  'This cloth is not in the material library or does not suit the garment; it was left out.',
)
const NO_COLOUR = both('色库中没有这个颜色，未采用。', 'This colour is not in the palette; it was left out.')

/** The model's choices as changes of the same visible kind the rules make. */
function apply(
  spec: StyleSpec,
  { sentence, wish }: { sentence: string; wish: KindWish | undefined },
  answer: RefineAnswer,
  stock: readonly Material[],
  trends: readonly BriefTrend[],
): Refinement {
  const block = blockFor(spec.category, spec.gender)
  const draft: Draft = { spec, block, stock, changes: [], refused: wish ? [asRefused(wish, trends, stock)] : [] }
  const refuse = (words: string, reason: Localized) => {
    const said = words.trim().slice(0, MOST_WORDS)
    if (said && draft.refused.length < MOST_REFUSED) draft.refused.push({ words: said, reason })
  }
  for (const { slot, option } of answer.construction)
    if (!chooseOption(draft, slot, option)) refuse(`${slot}: ${option}`, NO_OPTION)
  for (const { key, value } of answer.parameters)
    if (!setParameter(draft, key, value)) refuse(`${key}: ${value}`, NO_PARAMETER)
  if (answer.shell !== null && !takeMaterial(draft, answer.shell)) refuse(answer.shell, NO_CLOTH)
  if (answer.colour !== null && !leadWith(draft, answer.colour)) refuse(answer.colour, NO_COLOUR)
  for (const words of answer.notUnderstood) refuse(words, NO_IDEA)
  if (draft.changes.length === 0 && draft.refused.length === 0) refuse(sentence, UNCHANGED)
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
  const byRules = (made: Refined['made'] = {}): Refined => ({
    ...refineByRules(spec, sentence, stock, trends),
    by: 'rules',
    made,
  })
  const { wish, rest } = kindWish(spec, tidy(sentence.slice(0, SENTENCE_LIMIT)))
  // A wish for another garment is answered without a model; one that says nothing else is not worth a call.
  if (!model || (wish && !/[\p{L}\p{N}]{2}/u.test(rest))) return byRules()
  const asking = wish ? rest : sentence
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
      sentence: fenced(asking.slice(0, SENTENCE_LIMIT)),
    }),
    schema: refineSchema(block, shells),
    schemaName: 'refinement',
    read: refineAnswer,
    temperature: 0,
    seed: spec.seed,
    maxTokens: 1200,
  })
  if (!asked.ok)
    return byRules({
      insteadOfModel: asked.code,
      ...(asked.said === undefined ? {} : { insteadSaid: asked.said }),
      ...(asked.generationId ? { generationId: asked.generationId } : {}),
    })
  return {
    ...apply(spec, { sentence: asking, wish }, asked.value, stock, trends),
    by: 'model',
    made: {
      generationId: asked.generationId,
      model: asked.model,
      prompt: { name: prompt.name, version: prompt.version, hash: prompt.hash },
      ...(asked.repaired ? { repaired: true } : {}),
    },
  }
}
