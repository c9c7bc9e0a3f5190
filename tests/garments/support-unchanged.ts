/** What a garment comes to, in hashes: whoever moves its code compares these before and after. */
import { hashOf, sha256 } from '../../src/core/canonical.ts'
import { Problem } from '../../src/core/errors.ts'
import { Field } from '../../src/garments/drawing/folds.ts'
import { flatWithSpots } from '../../src/garments/flats/index.ts'
import {
  type Block,
  DEFAULT_RULES,
  deriveStyle,
  type DerivedStyle,
  MATERIALS,
  type Parameter,
  sampleSpec,
  styleHash,
  type StyleSpec,
} from '../../src/garments/index.ts'
import { colourise, packshotInput, renderLightMap } from '../../src/garments/packshot/index.ts'
import { svgText } from '../../src/garments/linework/svg-pen.ts'
import { calloutsOf } from '../../src/garments/techpack/callouts.ts'
import { measureDiagram } from '../../src/garments/techpack/measure-diagram.ts'
import { techPackFiles } from '../../src/garments/techpack/index.ts'
import { techPackInput } from './support-draft.ts'
import { readPdf } from './support-pdf.ts'

/** Short, and long enough that no two differ by chance. */
const short = (hash: string): string => hash.slice(0, 20)

/** Where in its range a parameter stands: at its usual value, or a third from either end. */
function standing({ min, max, default: usual, step }: Parameter, turn: number): number {
  const share = [undefined, 0.35, 0.65][turn % 3]
  return share === undefined ? usual : Math.min(max, Math.round((min + share * (max - min)) / step) * step)
}

/** So many styles of a block that every option of every choice is in one of them. */
export const setsOf = ({ construction }: Block): number => Math.max(3, ...construction.map((s) => s.options.length))

/** @param more the recipe of a style that was made before, for one */
export const specOf = (block: Block, set: number, more: Partial<StyleSpec> = {}): StyleSpec =>
  sampleSpec(block.category, block.gender, MATERIALS, {
    ...more,
    seed: 1 + set * 7,
    parameters: Object.fromEntries(block.parameters.map((p, i) => [p.key, standing(p, set + i)])),
    construction: Object.fromEntries(
      block.construction.map(({ slot, options }, i) => [slot, options[(set + i) % options.length]!.value]),
    ),
  })

/** A drawing as text: fields of folds by their bytes; how hair flows is seen in the picture. */
const drawingText = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => {
    if (part instanceof Field) return { ...part, data: part.data }
    return part instanceof Float32Array || part instanceof Float64Array ? sha256(new Uint8Array(part.buffer)) : part
  })

function seen({ spec, draft }: DerivedStyle, view: 'front' | 'back', sizePx: number): Record<string, string> {
  const base = draft.sizes.find(({ size }) => size === spec.sizes.base)!
  const input = packshotInput(spec, base, spec.colourways[0]!.id, view, { sizePx, scale: 1 })
  const { drawing, spots } = flatWithSpots(input, view)
  const { layout, map } = renderLightMap(input)
  return {
    [`layout ${view}`]: short(sha256(drawingText(layout))),
    [`flat ${view}`]: short(sha256(svgText(drawing))),
    [`spots ${view}`]: short(hashOf(spots)),
    [`picture ${view}`]: short(sha256(new Uint8Array(colourise(map, input.colours)))),
  }
}

const sold = ({ spec, derived, markers }: DerivedStyle): Record<string, string> => ({
  style: short(styleHash(spec, derived, DEFAULT_RULES)),
  geometry: short(derived.geometryHash),
  markers: short(hashOf(markers.map(({ role, mix, lengthMm, utilisation }) => ({ role, mix, lengthMm, utilisation })))),
  bom: short(hashOf(derived.bom)),
  cost: short(hashOf([derived.cost, derived.priceFloor, derived.ladder])),
})
/** A style or the words it was refused with. */
function derivedOf(spec: StyleSpec): DerivedStyle | { refused: string } {
  try {
    return deriveStyle(spec, DEFAULT_RULES)
  } catch (error) {
    if (error instanceof Problem) return { refused: error.code }
    throw error
  }
}
/** What was sold with a style: its one hash, pattern, markers, materials and price. */
export function valuesOf(spec: StyleSpec): Record<string, string> {
  const made = derivedOf(spec)
  return 'refused' in made ? made : sold(made)
}

/** Everything a style of a block comes to. Pictures are hashed as pixels, before any encoder has seen them. */
export function styleFigures(block: Block, set: number, sizePx = 96): Record<string, string> {
  const made = derivedOf(specOf(block, set))
  if ('refused' in made) return made
  const { spec, derived, problems, draft } = made
  const base = draft.sizes.find(({ size }) => size === spec.sizes.base)!
  const lettered = derived.points.map(({ code }, i) => ({ code, letter: String.fromCodePoint(65 + i) }))
  return {
    ...sold(made),
    labels: short(hashOf([derived.fibreLabel, derived.care, derived.safetyClass, derived.sizes])),
    problems: short(hashOf(problems)),
    callouts: short(hashOf(calloutsOf(spec))),
    diagram: short(sha256(svgText(measureDiagram(spec.category, lettered, base.measures).drawing))),
    ...seen(made, 'front', sizePx),
    ...seen(made, 'back', sizePx),
  }
}

/** A garment's papers: PDFs by what can be read in them, the others by their bytes. */
export async function paperFigures(block: Pick<Block, 'category' | 'gender'>): Promise<Record<string, string>> {
  const figures: Record<string, string> = {}
  for (const { name, bytes } of await techPackFiles(techPackInput(block.category, block.gender))) {
    if (name.endsWith('.pdf')) {
      const pages = await readPdf(bytes)
      figures[name] = short(hashOf(pages.map(({ width, height, text }) => [width, height, text])))
    } else if (name === 'brief.json') {
      // Its files are hashed here one by one; the name and number of a schema may change without the garment.
      const { files: _, schema: __, ...brief } = JSON.parse(bytes.toString('utf8')) as Record<string, unknown>
      figures[name] = short(hashOf(brief))
    } else figures[name] = short(sha256(bytes))
  }
  return figures
}
