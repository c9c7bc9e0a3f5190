/** One whole style, split into its steps: drafted in five sizes, marked, costed, drawn, labelled, encoded. */
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
import { median, type Row } from './table.ts'

const label = { contentProducer: 'bench', produceId: 'bench', digitalSourceType: 'algorithmicMedia' } as const

export async function benchStyle(rounds: number): Promise<Row[]> {
  await using studio = openStudio()
  const spec = sampleSpec('coat', 'men', MATERIALS)
  const inputOf = ({ spec: whole, draft }: DerivedStyle): PackshotInput => {
    const base = draft.sizes.find(({ size }) => size === whole.sizes.base) ?? { measures: {} }
    return packshotInput(whole, base, whole.colourways[0]?.id ?? '', 'front', { scale: 1 })
  }
  const steps: { derive: number; picture: number; encode: number; six: number }[] = []
  for (let round = 0; round <= rounds; round++) {
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
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = at
    // The first round starts threads and compiles; it is not counted.
    if (round) steps.push({ derive: b - a, picture: c - b, encode: d - c, six: e - d })
  }
  const of = (key: keyof (typeof steps)[number]) => median(steps.map((step) => step[key]))
  // As the product draws them: one light for all, so that one colourway's drawing is there already.
  const added = median(steps.map(({ six, picture }) => six - picture))
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`
  const whole = of('derive') + of('picture') + of('encode')
  return [
    {
      what: 'one whole style (coat): five sizes, front picture, WebP and AVIF',
      ours: `${seconds(whole)} = derive ${seconds(of('derive'))} + draw ${seconds(of('picture'))} + label and encode ${seconds(of('encode'))}`,
      baseline: 'aim 2.5 s',
      ratio: (whole / 2500).toFixed(2),
    },
    {
      what: 'six colourways of it instead of one, WebP: added',
      ours: seconds(added),
      baseline: 'aim 1.5 s',
      ratio: (added / 1500).toFixed(2),
    },
  ]
}
