/**
 * The designer that asks a language model. The model chooses named parameters, options from closed lists and words; we
 * clamp, complete and check. Whatever it leaves open or gets wrong, the embedded designer does, and the record says so.
 */
import type { Localized } from '../../../core/values.ts'
import type { LanguageModel } from '../../../engines/ports.ts'
import {
  BLOCKS,
  normalise,
  type Block,
  type ClampNote,
  type Material,
  newestRecipe,
  type StyleSpec,
} from '../../../garments/index.ts'
import { colourwaysFor } from '../designer/colourways.ts'
import { attributesOf, complete } from '../designer/compose.ts'
import type { BriefTrend, DesignBrief, Designer, Proposal } from '../designer/designer.ts'
import { styleDistance } from '../designer/distance.ts'
import { both } from '../designer/facts.ts'
import { rightsGate } from '../gates/content.ts'
import { wordFaults } from '../gates/wording.ts'
import { concerns, wishesOf } from '../designer/implied.ts'
import { PALETTE, type NamedColour } from '../designer/palette.ts'
import { sizesOf, worded } from '../designer/parametric.ts'
import { NO_PREFERENCES } from '../designer/preference.ts'
import { chance } from '../designer/random.ts'
import { bestFor, shellSuits } from '../designer/suitability.ts'
import { proposeAnswer, proposeSchema, type DesignAnswer } from './answer.ts'
import { ask, type Ledger } from './asking.ts'
import { sayBlocks, sayColours, sayMaterials, sayPrice, sayPreferences, saySold, sayTrends } from './catalogue.ts'
import { fillIn, readPrompt } from './prompts.ts'

export const PROPOSE = 'designs.propose'

/** Two proposals nearer than this are one. */
const TOO_ALIKE = 0.06
const MOST_BLOCKS = 10
const TOKENS_PER_DESIGN = 900

/** Blocks worth telling the model about: those the trends concern, else all that are allowed. */
function blocksFor(brief: DesignBrief): Block[] {
  const allowed = BLOCKS.filter((b) => brief.categories.includes(b.category) && brief.genders.includes(b.gender))
  const concerned = allowed.filter((b) => brief.trends.some((trend) => concerns(trend, b, wishesOf(trend, b))))
  return (concerned.length > 0 ? concerned : allowed).slice(0, MOST_BLOCKS)
}

const shellsFor = (brief: DesignBrief, blocks: readonly Block[]): Material[] =>
  brief.materials.filter((m) => blocks.some((b) => shellSuits(m, b.category, 'all-season') > 0))

/** The palette, and what the trends call by names of their own. */
function coloursFor(brief: DesignBrief): NamedColour[] {
  const own = brief.trends.flatMap((trend) =>
    BLOCKS.slice(0, 1).flatMap((block) =>
      wishesOf(trend, block).flatMap((wish) => (wish.kind === 'colour' ? wish.colours : [])),
    ),
  )
  return [...new Map([...PALETTE, ...own].map((colour) => [colour.id, colour])).values()]
}

/** Settings and choices the block knows; the others are told, not guessed at. */
function known(design: DesignAnswer, block: Block, notes: Localized[]) {
  const parameters: Record<string, number> = {}
  for (const { key, value } of design.parameters) {
    if (block.parameters.some((parameter) => parameter.key === key) && Number.isFinite(value)) parameters[key] = value
    else
      notes.push(
        both(
          `模型给出的参数“${key}”不属于该版型，已忽略。`,
          `The model set “${key}”, which this block does not have; it was left out.`,
        ),
      )
  }
  const construction: Record<string, string> = {}
  for (const { slot, option } of design.construction) {
    const found = block.construction.find((candidate) => candidate.slot === slot)
    if (found?.options.some(({ value }) => value === option)) construction[slot] = option
    else
      notes.push(
        both(
          `模型选择的“${slot}: ${option}”不在该版型的选项中，已用默认值。`,
          `The model chose “${slot}: ${option}”, which this block does not offer; the default is used.`,
        ),
      )
  }
  return { parameters, construction }
}

interface Designed {
  spec: StyleSpec
  block: Block
  trends: BriefTrend[]
  notes: Localized[]
  clamped: ClampNote[]
}

function toSpec(design: DesignAnswer, brief: DesignBrief, index: number): Designed | undefined {
  const block = BLOCKS.find((b) => b.category === design.category && b.gender === design.gender)
  if (!block || !brief.categories.includes(block.category) || !brief.genders.includes(block.gender)) return undefined
  const notes: Localized[] = []
  const random = chance(brief.seed).fork(`model ${index}`)
  const { parameters, construction } = known(design, block, notes)
  const named = brief.materials.find(({ id }) => id === design.shell)
  const usable = named && shellSuits(named, block.category, 'all-season') > 0 ? named : undefined
  const shell =
    usable ??
    bestFor(
      'shell',
      block.category,
      brief.materials.filter((m) => shellSuits(m, block.category, brief.season) > 0),
    )
  if (!shell) return undefined
  if (!usable)
    notes.push(
      both(
        `模型选择的面料“${design.shell}”不可用，已改用${shell.name.zh}。`,
        `The model chose the cloth “${design.shell}”, which cannot be used; ${shell.name.en} is used.`,
      ),
    )
  // Only trends it was given: a made-up id is no evidence.
  const trends = brief.trends.filter(({ id }) => design.trends.includes(id))
  const withDefaults = {
    ...Object.fromEntries(block.construction.map((slot) => [slot.slot, slot.default])),
    ...construction,
  }
  const bare: StyleSpec = {
    schema: 'firstcut.style/1',
    ...newestRecipe(),
    category: block.category,
    gender: block.gender,
    season: brief.season,
    names: { zh: '', en: '' },
    story: { zh: '', en: '' },
    attributes: [],
    parameters,
    construction: withDefaults,
    materials: { shell },
    colourways: [],
    sizes: sizesOf(block.gender),
    seamAllowanceMm: 10,
    seed: random.below(2 ** 31),
  }
  const clothed = complete(bare, block, brief.materials)
  const roles = block.roles(withDefaults, clothed.recipe)
  if (roles.some((role) => clothed.materials[role] === undefined)) return undefined
  const textures = Object.fromEntries(Object.entries(clothed.materials).map(([role, m]) => [role, m.texture]))
  const offered = coloursFor(brief)
  const lead = design.colours.flatMap((id) => offered.find((colour) => colour.id === id) ?? [])
  const coloured = { ...clothed, colourways: colourwaysFor({ lead, season: brief.season, roles, textures }, random) }
  const { spec, clamped, settled } = normalise(coloured)
  notes.push(...settled.map(({ reason }) => reason))
  return {
    spec: withWords({ ...spec, attributes: attributesOf(spec, block, trends) }, design, block, trends, notes),
    block,
    trends,
    notes,
    clamped,
  }
}

/** The model's words where they may be printed; our own, from the same data, where they may not. */
function withWords(
  spec: StyleSpec,
  design: DesignAnswer,
  block: Block,
  trends: readonly BriefTrend[],
  notes: Localized[],
): StyleSpec {
  const said: StyleSpec = {
    ...spec,
    names: { zh: design.nameZh.trim(), en: design.nameEn.trim() },
    story: { zh: design.storyZh.trim(), en: design.storyEn.trim() },
  }
  const faults = wordFaults(said, block)
  const rights = rightsGate(said)
  if (faults.length === 0 && rights.verdict === 'pass') return said
  const why = [...faults, ...(rights.verdict === 'pass' ? [] : [rights.reason])].slice(0, 3)
  notes.push(
    both(
      `模型文案未采用，已由数据重新生成：${why.map(({ zh }) => zh).join('')}`,
      `The model’s words were not used and were written anew from the data: ${why.map(({ en }) => en).join(' ')}`,
    ),
  )
  return worded(spec, block, trends)
}

/** The brief in the words of the prompt. */
const asSaid = (brief: DesignBrief, blocks: readonly Block[], shells: readonly Material[]) => ({
  count: String(brief.count),
  season: brief.season,
  currency: brief.currency,
  price: sayPrice(brief),
  sold: saySold(brief.whatSold) + sayPreferences(brief.preferences ?? NO_PREFERENCES),
  blocks: sayBlocks(blocks),
  materials: sayMaterials(shells, blocks),
  colours: sayColours(coloursFor(brief)),
  trends: sayTrends(brief.trends),
})

/**
 * @param fallback takes over whole when the model fails or may not be asked, and fills up what it left open
 */
export const modelDesigner = (model: LanguageModel, ledger: Ledger, fallback: Designer): Designer => ({
  name: `model ${model.name}`,
  propose: async (brief) => {
    const blocks = blocksFor(brief)
    const shells = shellsFor(brief, blocks)
    const instead = async (code: string, generationId?: string, said?: string): Promise<Proposal[]> => {
      const proposals = await fallback.propose(brief)
      return proposals.map((p) => ({
        ...p,
        made: {
          ...p.made,
          insteadOfModel: code,
          ...(said ? { insteadSaid: said } : {}),
          ...(generationId ? { generationId } : {}),
        },
      }))
    }
    if (blocks.length === 0 || shells.length === 0) return fallback.propose(brief)
    const prompt = readPrompt('design/propose', 1)
    const asked = await ask(model, ledger, {
      purpose: PROPOSE,
      subjectId: brief.subjectId,
      styles: brief.count,
      prompt,
      messages: fillIn(prompt, asSaid(brief, blocks, shells)),
      schema: proposeSchema(
        blocks,
        shells,
        brief.trends.map(({ id }) => id),
        coloursFor(brief).map(({ id }) => id),
      ),
      schemaName: 'designs',
      read: proposeAnswer,
      temperature: 0.7,
      seed: brief.seed,
      maxTokens: 600 + brief.count * TOKENS_PER_DESIGN,
      once: true,
    })
    if (!asked.ok) return instead(asked.code, asked.generationId, asked.said)

    const chosen: Designed[] = []
    for (const [i, design] of asked.value.designs.slice(0, brief.count).entries()) {
      const designed = toSpec(design, brief, i)
      if (!designed) continue
      if (chosen.some((other) => styleDistance(designed.spec, other.spec, designed.block) < TOO_ALIKE)) continue
      chosen.push(designed)
    }
    const proposals: Proposal[] = []
    const silent = { flagged: false, categories: [], unavailable: true }
    let answers = true
    for (const { spec, trends, notes, clamped } of chosen) {
      const text = [spec.names.zh, spec.names.en, spec.story.zh, spec.story.en].join('\n')
      // A moderation that does not answer is no approval: the gate asks for a second look. It is waited for once.
      const moderation = answers ? await model.moderate?.(text).catch(() => ((answers = false), silent)) : silent
      proposals.push({
        spec,
        trendIds: trends.map(({ id }) => id),
        notes,
        clamped,
        made: {
          designer: 'model',
          seed: brief.seed,
          generationId: asked.generationId,
          model: asked.model,
          prompt: { name: prompt.name, version: prompt.version, hash: prompt.hash },
          ...(asked.repaired ? { repaired: true } : {}),
        },
        ...(moderation ? { moderation } : {}),
      })
    }
    if (proposals.length === 0) return instead('designs.rubbish', asked.generationId)
    const missing = brief.count - proposals.length
    if (missing <= 0) return proposals
    const filled = await fallback.propose({ ...brief, count: missing })
    return [
      ...proposals,
      ...filled.map((p) => ({
        ...p,
        made: { ...p.made, insteadOfModel: 'designs.too-few', generationId: asked.generationId },
      })),
    ]
  },
})
