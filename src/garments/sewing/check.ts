/** What cannot be sewn of one size: told with the seam, both lengths and what to change. */
import type { Localized } from '../../core/values.ts'
import { at, distance, inside, nearestOnRing, round1 } from '../geometry.ts'
import type { Piece, Point, SizeDraft } from '../types.ts'
import { EASE } from './ease.ts'
import { sayOpening } from './openings.ts'
import { clash, doubled, gaps, type Panel, panelsOf, stretchesOf } from './resolve.ts'
import type { Seam, Sewn, SewingFault, Side } from './types.ts'
import { seamName } from './words.ts'

/** Rounding of outlines and anchors to a tenth adds up over a chain, mm. */
const ROUNDED = 0.6

const names = (side: Side, pieces: ReadonlyMap<string, Piece>): Localized => {
  const ids = [...new Set(side.stretches.map(({ piece }) => piece))]
  const said = (language: 'zh' | 'en') => ids.map((id) => pieces.get(id)?.name[language] ?? id).join(' + ')
  return { zh: said('zh'), en: said('en') }
}

function easeFault(seam: Seam, pieces: ReadonlyMap<string, Piece>): SewingFault[] {
  const { is, min, max } = seam.ease
  const over = round1(Math.max(min - is, is - max))
  if (over <= ROUNDED) return []
  const [a, b, name] = [names(seam.a, pieces), names(seam.b, pieces), seamName(seam.id)]
  const { advice } = EASE[seam.kind]
  return [
    {
      kind: 'ease',
      at: seam.id,
      mm: over,
      text: {
        en: `${name.en}: ${a.en} measures ${seam.a.length} mm, ${b.en} ${seam.b.length} mm; the difference of ${is} mm must lie between ${min} and ${max}. To mend it, ${advice.en}.`,
        zh: `${name.zh}：${a.zh}长 ${seam.a.length} 毫米，${b.zh}长 ${seam.b.length} 毫米，差量 ${is} 毫米，应在 ${min} 至 ${max} 之间。${advice.zh}。`,
      },
    },
  ]
}

/** A mark may lie on the outline, this far over it, mm. */
const OVER = 0.6

/** Marks that lie beyond the seam line of their piece: in an allowance, in a hem, or on the table. */
function marksOutside({ seam, notches, lines }: Piece): string[] {
  const off = (p: Point): boolean => nearestOnRing(p, seam).distance > OVER
  const stray = lines.filter(({ points }) => points.some((p) => !inside(seam, p) && off(p)))
  return [...notches.filter(off).map(() => 'notch'), ...stray.map(({ kind }) => kind)]
}

/** Edges that run back over themselves: no cloth lies between, and a cutter's knife would pass twice. */
function retraced({ seam }: Piece): number {
  let found = 0
  for (let i = 0; i < seam.length; i++) {
    const [a, b, c] = [at(seam, i - 1), at(seam, i), at(seam, i + 1)]
    const [ab, bc] = [distance(a, b), distance(b, c)]
    if (ab < 0.5 || bc < 0.5) continue
    const cross = ((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)) / (ab * bc)
    const dot = ((b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y)) / (ab * bc)
    if (dot < 0 && Math.abs(cross) < 0.01) found++
  }
  return found
}

/** An edge that is sewn to two things, by the names of both. */
function twiceFault(panel: Panel, copy: number, mm: number, sewn: Sewn): SewingFault {
  const { piece, ring } = panel
  const found = clash(panel, copy, sewn)
  const spot = ring.at(found?.place ?? 0)
  const place = `${Math.round(spot.x)}, ${Math.round(spot.y)}`
  const [a, b] = found ? found.seams.map((id) => seamName(id)) : []
  return {
    kind: 'twice',
    at: piece.id,
    mm,
    text: {
      en: `${piece.name.en}: ${mm} mm of its edge (around ${place}) are sewn to two things at once${a && b ? `: “${a.en}” and “${b.en}”` : ''}. Leave that edge to one of them.`,
      zh: `${piece.name.zh}：有 ${mm} 毫米的边（${place} 处）被重复缝合${a && b ? `：“${a.zh}”与“${b.zh}”` : ''}。请只保留其中一处。`,
    },
  }
}

/**
 * All that cannot be sewn of one size that was drafted with a seam graph.
 * @returns nothing for a draft without one (recipe 1)
 */
export function sewingFaults(size: SizeDraft): SewingFault[] {
  if (!size.sewn) return []
  const pieces = new Map(size.pieces.map((piece) => [piece.id, piece]))
  const faults = size.sewn.flatMap((entry) => (entry.does === 'sewn' ? easeFault(entry, pieces) : []))
  for (const opening of size.openings ?? [])
    if (opening.mm < opening.needs)
      faults.push({
        kind: 'opening',
        at: opening.id,
        mm: round1(opening.needs - opening.mm),
        text: sayOpening(opening),
      })
  const taken = size.sewn.flatMap(stretchesOf)
  for (const panel of panelsOf(size.pieces).values()) {
    const { piece } = panel
    for (let copy = 0; copy < piece.count; copy++) {
      for (const { from, length } of gaps(panel, copy, taken)) {
        const spot = panel.ring.at(from + length / 2)
        const place = `${Math.round(spot.x)}, ${Math.round(spot.y)}`
        faults.push({
          kind: 'unsewn',
          at: piece.id,
          mm: round1(length),
          text: {
            en: `${piece.name.en}: ${round1(length)} mm of its edge (around ${place}) are neither sewn nor hemmed, folded, bound or left open.`,
            zh: `${piece.name.zh}：有 ${round1(length)} 毫米的边（${place} 处）既未缝合，也未折边、包边或注明毛边。`,
          },
        })
      }
      const twice = round1(doubled(panel, copy, taken))
      if (twice > 0) faults.push(twiceFault(panel, copy, twice, size.sewn))
    }
    const stray = marksOutside(piece)
    if (stray.length)
      faults.push({
        kind: 'mark',
        at: piece.id,
        mm: stray.length,
        text: {
          en: `${piece.name.en}: ${stray.length} marks (${stray.join(', ')}) lie beyond its edge. Move the pocket or the buttons inwards.`,
          zh: `${piece.name.zh}：有 ${stray.length} 处标记（${stray.join('、')}）超出裁片边缘，请将口袋或扣位内移。`,
        },
      })
    const back = retraced(piece)
    if (back)
      faults.push({
        kind: 'retraced',
        at: piece.id,
        mm: back,
        text: {
          en: `${piece.name.en}: its outline runs back over itself at ${back} places.`,
          zh: `${piece.name.zh}：轮廓有 ${back} 处自身重叠。`,
        },
      })
  }
  return faults
}
