/** The back of a coat or jacket: vents and belt. */
import { lerp, offset, onSide, pt, through } from '../geometry.ts'
import type { Part } from '../layout.ts'
import type { CoatBody } from './coat-style.ts'
import type { Piece } from './piece.ts'
import { on } from './piece.ts'

/** Vents and belt, in drawing order. */
export function coatBack({ f, style: { coat, belted }, hasBelt }: CoatBody): Piece {
  const { m } = f
  const c = f.input.construction
  const thick = f.hand.thick
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  if (coat) {
    const top = lerp(f.waistY, m.bodyLength, 0.42)
    parts.push({
      id: 'vent',
      belongs: 'body',
      ink: 'shell',
      outline: [pt(-3, top), pt(26, top + 22), pt(27, m.bodyLength + 9), pt(-3, m.bodyLength + 9)].map((p) =>
        pt(p.x - 4, p.y),
      ),
      surface: on(thick),
      shadow: { dx: -4, dy: 3, blur: 5, opacity: 0.5 },
      stitches: [[pt(-3, top + 5), pt(19, top + 24)]],
    })
  } else if (/centre/.test(c['back'] ?? '')) {
    parts.push({
      id: 'vent',
      belongs: 'body',
      ink: 'shell',
      outline: [
        pt(-5, m.bodyLength - 230),
        pt(20, m.bodyLength - 212),
        pt(21, m.bodyLength + 6),
        pt(-6, m.bodyLength + 6),
      ],
      surface: on(thick),
      shadow: { dx: -3, dy: 3, blur: 4, opacity: 0.45 },
    })
  } else if (c['back'] !== 'no-vent')
    for (const s of [-1, 1] as const) {
      const x = f.halfAt(m.bodyLength) * 0.66
      parts.push({
        id: `vent-${s}`,
        belongs: 'body',
        ink: 'shell',
        outline: onSide(
          [
            pt(x - 4, m.bodyLength - 210),
            pt(x + 24, m.bodyLength - 196),
            pt(x + 26, m.bodyLength + 7),
            pt(x - 6, m.bodyLength + 7),
          ],
          s,
        ),
        surface: on(thick),
        shadow: { dx: -2 * s, dy: 3, blur: 4, opacity: 0.4 },
      })
    }
  if (hasBelt || belted === 'half') {
    const w = belted === 'half' ? f.halfAt(f.waistY) * 0.46 : f.halfAt(f.waistY) + 4
    const strip = through([pt(-w, f.waistY - 25), pt(0, f.waistY - 17), pt(w, f.waistY - 25)], 10)
    const low = through([pt(-w, f.waistY + 21), pt(0, f.waistY + 29), pt(w, f.waistY + 21)], 10)
    parts.push({
      id: 'belt',
      belongs: 'body',
      ink: 'shell',
      outline: [...strip, ...[...low].reverse()],
      grain: 90,
      surface: on(thick * 1.8),
      shadow: { dx: 2, dy: 6, blur: 6, opacity: 0.55 },
      stitches: [offset(strip, 5), offset(low, -5)],
    })
    if (belted === 'half')
      trims.push(
        ...[-1, 1].map((s) => ({
          kind: 'button' as const,
          at: pt(s * (w - 24), f.waistY + 3),
          radius: 11,
          style: 'four-hole' as const,
          over: 'belt',
        })),
      )
  }
  return { parts, trims }
}
