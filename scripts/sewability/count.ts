/** What cannot be sewn of some styles, counted. */
import { Problem } from '../../src/core/errors.ts'
import { draftStyle, sewingFaults, shownFaults, type StyleSpec } from '../../src/garments/index.ts'

export interface Count {
  styles: number
  /** Styles that the engine cannot draft: refused with its own words. */
  refused: number
  seams: number
  outOfEase: number
  openings: number
  marksOutside: number
  /** Edges that nothing happens to, and edges that are taken twice. */
  unsewnEdges: number
  retraced: number
  /** Drawn and neither cut, marked nor bought; and the other way round. */
  featuresWithoutPiece: number
  piecesWithoutFeature: number
}
export const NONE: Count = {
  styles: 0,
  refused: 0,
  seams: 0,
  outOfEase: 0,
  openings: 0,
  marksOutside: 0,
  unsewnEdges: 0,
  retraced: 0,
  featuresWithoutPiece: 0,
  piecesWithoutFeature: 0,
}
const COUNTED = {
  ease: 'outOfEase',
  opening: 'openings',
  mark: 'marksOutside',
  unsewn: 'unsewnEdges',
  twice: 'unsewnEdges',
  retraced: 'retraced',
} as const

export const add = (a: Count, b: Count): Count =>
  Object.fromEntries((Object.keys(NONE) as (keyof Count)[]).map((key) => [key, a[key] + b[key]])) as unknown as Count

/** @param say told of every fault, with its style and size */
export function countStyle(spec: StyleSpec, say: (text: string) => void = () => undefined): Count {
  const count = { ...NONE, styles: 1 }
  const who = `${spec.category} ${spec.gender}`
  try {
    const draft = draftStyle(spec)
    for (const fault of shownFaults(spec, draft)) {
      count[fault.kind === 'drawn-not-made' ? 'featuresWithoutPiece' : 'piecesWithoutFeature'] += 1
      say(`${who} ${spec.sizes.base} ${fault.kind} ${fault.what}:`)
    }
    for (const size of draft.sizes) {
      count.seams += (size.sewn ?? []).filter(({ does }) => does === 'sewn').length
      for (const fault of sewingFaults(size)) {
        count[COUNTED[fault.kind]] += fault.kind === 'mark' || fault.kind === 'retraced' ? fault.mm : 1
        say(`${who} ${size.size} ${fault.kind} ${fault.at}: ${fault.text.en}`)
      }
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    count.refused = 1
    say(`${who} refused: ${error.text.en}`)
  }
  return count
}
