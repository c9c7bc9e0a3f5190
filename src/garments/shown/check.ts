/**
 * The drawing and the pattern are one garment: everything that picture and flats draw is a piece, a mark or a row of
 * trims, and every piece, mark and row is drawn or known to be out of sight.
 */
import { buttonGroups } from '../bom/fastenings.ts'
import { trimsOf } from '../bom/trims.ts'
import { completeMeasures, packshotInput } from '../packshot/input.ts'
import { layoutOf } from '../packshot/layouts.ts'
import type { Draft, SizeDraft, StyleSpec } from '../types.ts'
import { eyelets, LINES, type Made, PARTS, PIECES, POCKETS, ROWS, TRIMS } from './rules.ts'
import { type Sight, sightOf } from './sight.ts'

export interface ShownFault {
  kind: 'drawn-not-made' | 'made-not-drawn'
  /** Part, seam, trim, piece, mark or row. */
  what: string
}

const drawn = (what: string): ShownFault => ({ kind: 'drawn-not-made', what })
const made = (what: string): ShownFault => ({ kind: 'made-not-drawn', what })

/** Two counts that must agree. */
const counted = (what: string, seen: number, there: number): ShownFault[] => {
  if (seen === there) return []
  const text = `${what}: ${seen} drawn, ${there} made`
  return [seen > there ? drawn(text) : made(text)]
}

/** Buttons that a closed garment shows: those of a fly and of a concealed front lie under cloth. */
function buttonsShown({ size }: Made): number {
  const concealed = size.pieces.some(
    ({ id, lines }) => id === 'flyShield' && lines.some(({ kind }) => kind === 'buttonhole'),
  )
  return [...buttonGroups(size)].reduce(
    (sum, [group, { buttons }]) => (group === 'fly' || (group === 'front' && concealed) ? sum : sum + buttons),
    0,
  )
}

function partsUnmade(sight: Sight, there: Made): ShownFault[] {
  const faults = sight.parts.flatMap((part): string[] => {
    if (part.pocket) return POCKETS[part.pocket](there) ? [] : [`${part.id} (${part.pocket})`]
    if (/^(back-)?pocket.*-(mouth|lip)$|^pocket--?1$/.test(part.id))
      return Object.values(POCKETS).some((is) => is(there)) ? [] : [part.id]
    const rule = PARTS.find(([id]) => id.test(part.id))
    return rule?.[1](there) ? [] : [part.id]
  })
  const pressed = sight.parts.some(({ creases }) => creases?.length)
  const folds = there.size.pieces.some(({ id, lines }) => id === 'front' && lines.some(({ kind }) => kind === 'fold'))
  return [...[...new Set(faults)].map(drawn), ...(pressed && !folds ? [drawn('crease')] : [])]
}

function linesUnmade(sight: Sight, there: Made): ShownFault[] {
  const graph = new Set<string>((there.size.sewn ?? []).map(({ seam }) => seam))
  return [...sight.seams.keys()].flatMap((shows) => {
    if (shows === 'dart') return []
    if (shows === 'pleat' || shows === 'mouth') return LINES[shows](there) > 0 ? [] : [drawn(`line ${shows}`)]
    return graph.has(shows) ? [] : [drawn(`seam ${shows}`)]
  })
}

function trimsUnmade(sight: Sight, there: Made): ShownFault[] {
  return [...sight.trims.keys()].flatMap((kind) =>
    kind === 'button' || kind === 'eyelet' || TRIMS[kind](there) ? [] : [drawn(`trim ${kind}`)],
  )
}

function undrawn(sight: Sight, there: Made): ShownFault[] {
  const of = (
    key: string,
    rules: readonly (readonly [RegExp, string | ((sight: Sight) => boolean)])[],
  ): ShownFault[] => {
    const seen = rules.find(([id]) => id.test(key))?.[1]
    if (typeof seen === 'string' || seen?.(sight)) return []
    return [made(key)]
  }
  return [
    ...there.size.pieces.flatMap(({ id }) => of(id, PIECES)),
    ...[...there.rows.keys()].flatMap((code) => of(code, ROWS)),
  ]
}

/** What both views of a style draw, in its base size. */
export function sightOfStyle(spec: StyleSpec, draft: Draft): { size: SizeDraft; sight: Sight } {
  const size = draft.sizes.find((each) => each.size === spec.sizes.base)
  const [colourway] = spec.colourways
  if (!size || !colourway) throw new RangeError('a style without its base size, or without a colourway')
  const layout = (view: 'front' | 'back') =>
    layoutOf(
      packshotInput(spec, size, colourway.id, view, { sizePx: 64 }),
      completeMeasures(spec.category, size.measures),
    )
  return { size, sight: sightOf(layout('front'), layout('back')) }
}

/**
 * What a style's drawing and its pattern do not agree in, in its base size.
 * @param draft of recipe 2: the seams that are drawn are looked up in its graph
 */
export function shownFaults(spec: StyleSpec, draft: Draft): ShownFault[] {
  const { size, sight } = sightOfStyle(spec, draft)
  const rows = new Map(trimsOf(spec, draft).map(({ code, quantity }) => [code, quantity[size.size] ?? 0]))
  const there: Made = { size, rows }
  const eyes = [...rows].reduce((sum, [code, count]) => (code.startsWith('EYE-') ? sum + count : sum), 0)
  return [
    ...partsUnmade(sight, there),
    ...linesUnmade(sight, there),
    ...trimsUnmade(sight, there),
    ...undrawn(sight, there),
    ...counted('darts', sight.seams.get('dart') ?? 0, LINES.dart(there)),
    ...counted('buttons', sight.trims.get('button') ?? 0, buttonsShown(there)),
    ...counted('eyelets', sight.trims.get('eyelet') ?? 0, eyes),
    ...counted('places of eyelets', sight.trims.get('eyelet') ?? 0, eyelets(there)),
  ]
}
