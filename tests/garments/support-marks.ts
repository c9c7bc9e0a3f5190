/** Where the mouths of pockets are notched, read from a pattern as a sewer would: along the seam from the waist. */
import { at, chain, lengthOf, nearestOnRing } from '../../src/garments/geometry.ts'
import type { Piece, Point, SizeDraft } from '../../src/garments/types.ts'

export interface MarkedPanel {
  piece: Piece
  /** Distances of its two notches from the waist, along the seam, mm. */
  mouth: number[]
  at: Point[]
}

/** The upper end of the side seam: the highest corner of the outline on that side. */
function waistCorner({ seam }: Piece, side: 'left' | 'right'): Point {
  const middle = seam.reduce((sum, { x }) => sum + x, 0) / seam.length
  const turn = (i: number): number => {
    const [a, p, b] = [at(seam, i - 1), at(seam, i), at(seam, i + 1)]
    const angle = Math.atan2(b.y - p.y, b.x - p.x) - Math.atan2(p.y - a.y, p.x - a.x)
    return Math.abs(Math.atan2(Math.sin(angle), Math.cos(angle)))
  }
  const corners = seam.filter((p, i) => turn(i) > 0.7 && (side === 'left' ? p.x < middle : p.x > middle))
  return corners.reduce((best, p) => (p.y < best.y ? p : best))
}

/**
 * The two panels on either side of a pocketed seam and the bag, with the distances of their notches.
 * @throws where a panel or the bag is missing
 */
export function seamFeatures(size: SizeDraft): { panels: MarkedPanel[]; bag: number[] } {
  const piece = (...ids: string[]) => ids.flatMap((each) => size.pieces.find(({ id }) => id === each) ?? [])[0]
  const bag = piece('pocketBag')!
  // on its straight edge; its two halves are balanced on their outer edge too
  const edge = Math.min(...bag.seam.map(({ x }) => x))
  const opening = bag.notches
    .flatMap(({ x, y }) => (x - edge < 1 ? [y - Math.min(...bag.seam.map((p) => p.y))] : []))
    .toSorted((a, b) => a - b)
  const [front, back, side, zip] = [
    piece('skirtFront', 'front'),
    piece('skirtBack', 'back'),
    piece('skirtPanelSide'),
    piece('skirtPanelZip'),
  ]
  const measured = (of: Piece, edge: 'left' | 'right'): MarkedPanel => {
    const corner = waistCorner(of, edge)
    const way = edge === 'left' ? -1 : 1
    const middle = of.seam.reduce((sum, { x }) => sum + x, 0) / of.seam.length
    const found = of.notches.filter(
      ({ x, y, kind }) =>
        kind === 'single' &&
        way * (x - middle) > 5 &&
        y > corner.y + 5 &&
        y < corner.y + 260 &&
        nearestOnRing({ x, y }, of.seam).distance < 0.3,
    )
    const mouth = found.map((p) => lengthOf(chain(of.seam, corner, p))).toSorted((a, b) => a - b)
    return { piece: of, mouth, at: found }
  }
  if (side) {
    // of four panels, the two at the back carry pocket and zip; of more, four alike meet in pairs
    const beside = zip && measured(zip, 'left')
    return {
      panels: [measured(side, 'right'), beside?.mouth.length === 2 ? beside : measured(side, 'right')],
      bag: opening,
    }
  }
  if (!front || !back) throw new RangeError('no panels')
  // trousers' legs are drafted with the side seam of the front at the left; skirts' halves with it at the right
  const legs = front.id === 'front'
  return { panels: [measured(front, legs ? 'left' : 'right'), measured(back, 'right')], bag: opening }
}
