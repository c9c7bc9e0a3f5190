/**
 * A picture model redraws our own packshot, so that its picture keeps the cut. What it sends is judged like any picture;
 * where it fails, is too dear, or bends the garment, our renderer's picture stands alone and the record says so.
 */
import { hashOf, sha256 } from '../../core/canonical.ts'
import { Problem } from '../../core/errors.ts'
import type { ImageModel } from '../../engines/ports.ts'
import { blockFor, pictureGate, type PackshotInput, type StyleSpec } from '../../garments/index.ts'
import { detailsOf, sayComposition } from './facts.ts'
import type { GenerationRecord, Ledger } from './model-designer/asking.ts'
import { fillIn, readPrompt } from './model-designer/prompts.ts'

/** How far a model's picture may bend the garment's outline, as a share. */
const MOST_BENT = 0.08

export interface Illustrator {
  /** The redrawn picture as PNG, or undefined with the reason in the ledger. */
  illustrate(asked: {
    packshot: Buffer
    input: PackshotInput
    spec: StyleSpec
    colour: string
    subjectId: string
  }): Promise<Buffer | undefined>
}

export const openIllustrator = (model: ImageModel, ledger: Ledger): Illustrator => ({
  async illustrate({ packshot, input, spec, colour, subjectId }) {
    const prompt = readPrompt('design/illustrate', 1)
    const shell = spec.materials.shell
    const block = blockFor(spec.category, spec.gender)
    const [message] = fillIn(prompt, {
      name: spec.names.en,
      cloth: shell ? `${shell.name.en}, ${shell.gsm} gsm, ${sayComposition(shell.composition).en}` : '',
      colour,
      details:
        detailsOf(spec, block)
          .map(({ label }) => label.en)
          .join(', ') || 'none',
    })
    const text = message?.content ?? ''
    const [today, subject] = [await ledger.today(), await ledger.subject(subjectId, 1)]
    if (today.spent >= today.budget || subject.spent >= subject.budget) return undefined
    const began = performance.now()
    const keep = (outcome: GenerationRecord['outcome'], more: Partial<GenerationRecord> = {}) =>
      ledger.keep({
        purpose: 'designs.illustrate',
        subjectId,
        prompt: { name: prompt.name, version: prompt.version, hash: prompt.hash, filledHash: hashOf(text) },
        asked: model.name,
        answered: undefined,
        parameters: { temperature: 0, seed: spec.seed, maxTokens: 0 },
        schemaHash: '',
        cacheKey: hashOf({ text, packshot: sha256(packshot), model: model.name }),
        requestId: undefined,
        usage: { input: 0, output: 0 },
        costMicros: 0,
        latencyMs: Math.round(performance.now() - began),
        attempts: 1,
        mode: 'image',
        outcome,
        failure: undefined,
        parent: undefined,
        outputHash: undefined,
        output: undefined,
        ...more,
      })
    try {
      const made = await model.edit({ prompt: text, image: packshot, size: '1024x1024' })
      const figures = await pictureGate(made.png, input)
      const bent = figures.proportions > MOST_BENT || figures.coverage < 0.45 || figures.coverage > 0.9
      const known = { answered: made.model, costMicros: made.costMicros, outputHash: sha256(made.png) }
      await keep(bent ? 'unusable' : 'answered', { ...known, ...(bent ? { failure: 'image.bent' } : {}) })
      return bent ? undefined : made.png
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      await keep('failed', { failure: error.code })
      return undefined
    }
  },
})
