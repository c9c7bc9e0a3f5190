/** Every seam and edge of the base size as the pattern has it: what is joined to what, how, how wide, with how much ease. */
import { both, SEAMS } from '../blocks/common.ts'
import { at, nearestOnRing } from '../geometry.ts'
import { Ring } from '../sewing/ring.ts'
import type { Edge, Seam, Stretch } from '../sewing/types.ts'
import { workName } from '../sewing/words.ts'
import type { Piece, SizeDraft } from '../types.ts'
import type { SeamRow } from './brief-schema/index.ts'

/** What is done to an edge, as it is said on the floor. */
export const DOES = {
  sewn: both('缝合', 'joined'),
  hemmed: both('折边', 'hemmed'),
  folded: both('对折', 'folded'),
  bound: both('包边', 'bound'),
  laid: both('贴缝', 'sewn on'),
  open: both('不缝', 'left open'),
} as const satisfies Record<SeamRow['does'], unknown>

const stretchesOf = (entry: Seam | Edge): readonly Stretch[] =>
  entry.does === 'sewn' ? [...entry.a.stretches, ...entry.b.stretches] : entry.stretches
/** Copies of one piece whose edges are worked alike: two patch pockets are one entry of the graph. */
function copiesOf(entry: Seam | Edge): number {
  if (entry.does === 'sewn' || entry.does === 'folded') return 1
  const [first] = entry.stretches
  const alike = entry.stretches.every(({ piece }) => piece === first?.piece)
  return alike ? new Set(entry.stretches.map(({ copy }) => copy)).size : 1
}
const lengthOf = (entry: Seam | Edge): number =>
  entry.does === 'sewn'
    ? entry.a.length
    : entry.stretches.reduce((sum, { sewn }) => sum + Math.abs(sewn), 0) / copiesOf(entry)

type Pieces = ReadonlyMap<string, Piece>

/** From the sew line to the cut edge halfway along a stretch, mm: what is cut, whatever a table says. */
function allowanceAt(stretch: Stretch, pieces: Pieces): number {
  const piece = pieces.get(stretch.piece)
  if (!piece) return 0
  const middle = new Ring(piece.seam).at(stretch.from + stretch.length / 2)
  return Math.round(nearestOnRing(middle, piece.cut).distance * 2) / 2
}

function namesOf(stretches: readonly Stretch[], pieces: Pieces): { zh: string; en: string } {
  const names = [...new Set(stretches.map(({ piece }) => piece))].flatMap((id) => pieces.get(id)?.name ?? [])
  return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') }
}

function piecesOf(entry: Seam | Edge, pieces: Pieces): { zh: string; en: string } {
  const [from, to] =
    entry.does === 'sewn'
      ? [namesOf(entry.a.stretches, pieces), namesOf(entry.b.stretches, pieces)]
      : [namesOf(entry.stretches, pieces), entry.onto ? pieces.get(entry.onto)?.name : undefined]
  if (!to || to.zh === from.zh) return from
  return both(`${from.zh} → ${to.zh}`, `${from.en} → ${to.en}`)
}

function rowOf(entries: readonly (Seam | Edge)[], n: number, pieces: Pieces): SeamRow {
  const first = at(entries, 0)
  const spec = first.by ? SEAMS[first.by] : undefined
  const stretches = stretchesOf(first)
  return {
    n,
    name: workName(entries, pieces),
    layer: first.layer,
    does: first.does,
    pieces: piecesOf(first, pieces),
    // Left and right by themselves may each be of several layers.
    times: entries.length > 1 ? entries.length : copiesOf(first),
    stitch: spec?.stitch ?? null,
    seam: spec && /^\d/.test(spec.seamClass) ? spec.seamClass : null,
    stitchesPerCm: spec?.perCm ?? 0,
    allowanceMm: Math.max(0, ...stretches.map((stretch) => allowanceAt(stretch, pieces))),
    lengthMm: Math.max(1, Math.round(lengthOf(first))),
    easeMm: first.does === 'sewn' ? Math.round(first.ease.is * 2) / 2 : null,
  }
}

/** Rows in the order of sewing, left and right in one; none for a draft of the first recipes. */
export function seamTable({ sewn, pieces }: SizeDraft): SeamRow[] {
  if (!sewn) return []
  const byId = new Map(pieces.map((piece) => [piece.id, piece]))
  const groups: (Seam | Edge)[][] = []
  // What is fused on is no seam: it stands in the order of operations.
  for (const entry of sewn.filter((each) => each.does !== 'open' || each.why !== 'fused')) {
    const said = piecesOf(entry, byId).zh
    const like = groups.find(
      ([other]) =>
        other?.seam === entry.seam &&
        other.does === entry.does &&
        other.by === entry.by &&
        other.layer === entry.layer &&
        piecesOf(other, byId).zh === said,
    )
    if (like) like.push(entry)
    else groups.push([entry])
  }
  return groups.map((entries, i) => rowOf(entries, i + 1, byId))
}
