/** One whole style: drafted in five sizes, marked, costed, drawn, labelled, encoded. */
import {
  DEFAULT_RULES,
  encodeLabelled,
  MATERIALS,
  openStudio,
  packshotInput,
  sampleSpec,
  type DerivedStyle,
  type PackshotInput,
} from '../../src/garments/index.ts'
import type { Bench } from './bench.ts'
import { aimed, type Turn } from './turns.ts'

const ROUNDS = 5
const label = { contentProducer: 'bench', produceId: 'bench', digitalSourceType: 'algorithmicMedia' } as const

const inputOf = ({ spec: whole, draft }: DerivedStyle): PackshotInput => {
  const base = draft.sizes.find(({ size }) => size === whole.sizes.base) ?? { measures: {} }
  return packshotInput(whole, base, whole.colourways[0]?.id ?? '', 'front', { scale: 1 })
}

export const style: Bench = {
  name: 'styles',
  rows: ['style', 'style-colourways'],
  async *run(wanted, say) {
    await using studio = openStudio()
    const spec = sampleSpec('coat', 'men', MATERIALS)
    const one: Turn[] = []
    const added: Turn[] = []
    for (let round = 0; round <= ROUNDS; round++) {
      const at = [performance.now()]
      const mark = () => void at.push(performance.now())
      const whole = await studio.derive({ spec: { ...spec, seed: round }, rules: DEFAULT_RULES })
      mark()
      const packshot = inputOf(whole)
      const [front] = await studio.picture({ packshot })
      mark()
      if (front)
        await Promise.all([
          encodeLabelled(front, { format: 'webp', widthPx: 1024, label }),
          encodeLabelled(front, { format: 'avif', widthPx: 1024, label }),
        ])
      mark()
      const colourings = ['#3b4a2f', '#26344d', '#5b2b2b', '#2b2b2b', '#8a6a43', '#6b6f73'].map((shell) => ({
        ...packshot.colours,
        shell,
      }))
      const six = await studio.picture({ packshot, colourings })
      await Promise.all(six.map((picture) => encodeLabelled(picture, { format: 'webp', widthPx: 1024, label })))
      mark()
      const [a = 0, b = 0, c = 0, d = 0, e = 0] = at.map((ms) => ms / 1000)
      // The first round starts threads and compiles; it is not counted.
      if (!round) continue
      one.push({ value: d - a })
      // As the product draws them: one light for all, so that one colourway's drawing is there already.
      added.push({ value: e - d - (c - b) })
      say(`style ${round}/${ROUNDS}: ${(d - a).toFixed(2)} s = derive ${(b - a).toFixed(2)} + draw ${(c - b).toFixed(2)} + label and encode ${(d - c).toFixed(2)}`) // prettier-ignore
    }
    const row = { unit: 's', rounds: ROUNDS } as const
    if (wanted('style')) {
      const what = 'one whole style (coat): five sizes, front picture, WebP and AVIF'
      yield aimed({ ...row, id: 'style', what, aim: 2.5, ours: one })
    }
    if (wanted('style-colourways')) {
      const what = 'six colourways of it instead of one, WebP: added'
      yield aimed({ ...row, id: 'style-colourways', what, aim: 1.5, ours: added })
    }
  },
}
