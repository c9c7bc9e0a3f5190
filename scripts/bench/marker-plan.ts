/**
 * The yield of what is really cut: an order of 100 garments in five sizes, laid out in mixed markers of the shell cloth,
 * searched for as long as a brief's markers are while its lot gathers. Area of the pieces by the cloth of the markers;
 * what is lost at the ends of the plies is not counted.
 */
import { clothOf, draftStyle, MATERIALS, sampleSpec } from '../../src/garments/index.ts'
import { mixedMarker, type Spread } from '../../src/garments/marker.ts'
import { EFFORT, improvedLays } from '../../src/garments/techpack/cutting.ts'
import type { Sample } from './marker.ts'

interface Plan extends Sample {
  /** Least yield, percent. */
  aim: number
}
export const PLANS: readonly Plan[] = [
  { id: 'marker-plan-coat', what: 'long coats, men', category: 'coat', gender: 'men', aim: 84 },
  { id: 'marker-plan-shirt', what: 'shirts, men', category: 'shirt', gender: 'men', aim: 84 },
  { id: 'marker-plan-trousers', what: 'trousers, men', category: 'trousers', gender: 'men', aim: 83 },
  { id: 'marker-plan-tee', what: 'T-shirts, men', category: 'tee', gender: 'men', aim: 82 },
  { id: 'marker-plan-hoodie', what: 'hoodies, men', category: 'hoodie', gender: 'men', aim: 79 },
  { id: 'marker-plan-jacket', what: 'jackets, men', category: 'jacket', gender: 'men', aim: 79 },
  { id: 'marker-plan-dress', what: 'dresses, women', category: 'dress', gender: 'women', aim: 76 },
]
/** Of 100, smallest size first. */
const CURVE = [10, 25, 30, 22, 13] as const

export interface PlanRow extends Plan {
  widthMm: number
  /** Yield before and after the search, percent, and how long the latter took, ms. */
  quick: number
  searched: number
  searchMs: number
  lays: readonly Spread[]
}

/** Area of the pieces ÷ area of the markers, over all plies, percent. */
function yieldOf(lays: readonly Spread[]): number {
  const sum = (of: (lay: Spread) => number): number => lays.reduce((total, lay) => total + lay.plies * of(lay), 0)
  return (100 * sum(({ marker }) => marker.utilisation * marker.lengthMm)) / sum(({ marker }) => marker.lengthMm)
}

export async function* benchPlans(
  budgetMs: number,
  wanted: (id: string) => boolean = () => true,
): AsyncGenerator<PlanRow> {
  for (const plan of PLANS) {
    if (!wanted(plan.id)) continue
    const spec = sampleSpec(plan.category, plan.gender, MATERIALS)
    const draft = draftStyle(spec)
    const cloth = clothOf('shell', spec.materials.shell!)
    const quantities = Object.fromEntries(spec.sizes.list.map((size, i) => [size, CURVE[i] ?? 0]))
    const pieces = Object.fromEntries(draft.sizes.map((size) => [size.size, size.pieces]))
    const { spreads } = mixedMarker(pieces, cloth, quantities, EFFORT)
    const started = performance.now()
    const lays = await improvedLays({ spec, draft }, spreads, budgetMs)
    yield {
      ...plan,
      widthMm: cloth.usableWidthMm,
      quick: yieldOf(spreads),
      searched: yieldOf(lays),
      searchMs: performance.now() - started,
      lays,
    }
  }
}
