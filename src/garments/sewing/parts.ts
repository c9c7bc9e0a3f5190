/** Declarations that many garments share: rib bands, patch pockets, interlinings, bags in side seams. */
import type { StitchKey } from '../blocks/common.ts'
import type { EaseKind } from './ease.ts'
import type { Plan, Way } from './types.ts'
import type { SeamId } from './words.ts'
import { folded, hemmed, laid, open, sew } from './write.ts'

/** A rib band doubled over: both its long edges to the edge it holds in, its short ends to each other first. */
export const ribBands = (
  id: SeamId,
  join: SeamId,
  rib: string,
  edge: readonly Way[],
  { twice = false, kind = 'rib' }: { twice?: boolean; kind?: EaseKind } = {},
): Plan[] => [
  sew(join, 'ribJoin', `${rib}: tl > bl`, `${rib}: tr > br`, { twice }),
  sew(id, 'ribJoin', `${rib}: bl > br`, edge, { kind, twice, caught: `${rib}: tl > tr` }),
]

/** A patch pocket of {@link ../blocks/common.ts patchPocket}: its mouth hemmed, its sides and point sewn on to the body. */
export const patchPockets = (piece: string, onto: string, twice: boolean): Plan[] => [
  hemmed('pocketMouth', 'topstitch', `${piece}: tl > tr`, { twice }),
  laid('pocket', 'topstitch', `${piece}: tl > bl > tip > br > tr`, onto, { twice }),
]

/** Pieces that are fused on to another of their shape: no edge of theirs is sewn by itself. */
export const fused = (...pieces: string[]): Plan => open('interlining', 'fused', pieces)

/** A band cut double and folded along its middle, closed at both ends: its long edges meet, or hold an edge between. */
export const bandEnds = (id: SeamId, piece: string): Plan => folded(id, [`${piece}: tl > bl`, `${piece}: tr > br`])

/** Two halves of a bag of {@link ../blocks/seam-pocket.ts bagShape} round their outside. */
export const bagRound = (by: StitchKey): Plan =>
  sew('pocketBag', by, 'pocketBag#0: tr > br > low > bl', 'pocketBag#1: tr > br > low > bl', { twice: true })
/** Outer layer and lining of a flap that is cut as a rectangle, its upper edge set on to the body. */
export const flaps = (outer: string, inner: string, onto: string): Plan[] => [
  sew('flap', 'tailored', `${outer}: tl > bl > br > tr`, `${inner}: tl > bl > br > tr`, { twice: true, kind: 'turn' }),
  laid('flapSet', 'topstitch', [`${outer}: tl > tr`, `${inner}: tl > tr`], onto, { twice: true }),
]

/** A belt or band cut double: its long edges to each other, its ends turned in. */
export const doubledBelt = (piece: string, by: StitchKey): Plan[] => [
  sew('belt', by, `${piece}: tl > tr`, `${piece}: bl > br`),
  folded('belt', [`${piece}: tl > bl`, `${piece}: tr > br`]),
]

/** The straight edges of both halves, caught in the seam that they open in. */
export const BAG_EDGES: readonly Way[] = ['pocketBag#0: tl > bl', 'pocketBag#1: tl > bl']
/** The tops of both halves on one side, caught in the waist seam. */
export const BAG_TOPS: readonly Way[] = ['pocketBag#0: tl > tr', 'pocketBag#1: tl > tr']
