/** Walks a garment from its parameters to a factory's papers, in a copy of the code that knows it: prints what came of it. */
import { flatWithSpots } from '../../src/garments/flats/index.ts'
import {
  blockFor,
  type Category,
  DEFAULT_RULES,
  deriveStyle,
  MATERIAL_LIBRARY,
  MATERIALS,
  packshotInput,
  pictureGate,
  renderPackshot,
  sampleSpec,
} from '../../src/garments/index.ts'
import { briefSchema } from '../../src/garments/techpack/brief-schema/index.ts'
import { techPackFiles } from '../../src/garments/techpack/index.ts'
import { measureDiagram } from '../../src/garments/techpack/measure-diagram.ts'
import { parametricDesigner } from '../../src/stages/2-designs/designer/parametric.ts'
import { refineByRules } from '../../src/stages/2-designs/refine/refine.ts'
import { briefOf } from '../support/designs.ts'
import { techPackInput } from './support-draft.ts'

const category = 'tank' as Category
const { spec, derived, draft, problems } = deriveStyle(sampleSpec(category, 'women', MATERIALS), DEFAULT_RULES)
const base = draft.sizes.find(({ size }) => size === spec.sizes.base)!
const input = packshotInput(spec, base, 'olive', 'front', { sizePx: 256, scale: 1 })
const picture = await renderPackshot(input)
const points = derived.points.map(({ code }, i) => ({ code, letter: String.fromCodePoint(65 + i) }))
const files = await techPackFiles(techPackInput(category, 'women'))
const brief = briefSchema.parse(JSON.parse(files[0]!.bytes.toString('utf8')))
const proposals = await parametricDesigner().propose(
  briefOf({ categories: [category], season: 'summer', trends: [], count: 3 }),
)
const tee = sampleSpec('tee', 'women', MATERIALS)

process.stdout.write(
  JSON.stringify({
    block: blockFor(category, 'men').name.en,
    pieces: base.pieces.map(({ name }) => name.en),
    problems: problems.map(({ text }) => text.en),
    bill: derived.bom.map(({ code }) => code),
    floor: derived.priceFloor,
    picture: await pictureGate(picture, input),
    spots: Object.keys(flatWithSpots(input, 'front').spots),
    unplaced: measureDiagram(category, points, base.measures).unplaced,
    papers: files.map(({ name }) => name),
    brief: brief.style.category,
    standard: brief.techPack.labels.gb5296.standard,
    designs: proposals.map(({ spec: { category: made, names } }) => [made, names.en]),
    refined: refineByRules(spec, '短一点，罗纹包边', MATERIAL_LIBRARY).changes.length,
    instead: refineByRules(tee, 'make it a tank top', MATERIAL_LIBRARY).notUnderstood.map(
      ({ instead }) => instead?.category,
    ),
  }),
)
