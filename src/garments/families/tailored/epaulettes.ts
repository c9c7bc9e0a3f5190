/** Shoulder straps with their buttons. */
import { lerp, onSide, pt } from '../../drawing/geometry.ts'
import type { Part } from '../../drawing/layout.ts'
import type { UpperFrame } from '../../drawing/frame.ts'
import type { Piece } from '../../drawing/piece.ts'
import { on } from '../../drawing/piece.ts'

/** Both straps, buttoned near the neck. */
export function epaulettes(f: UpperFrame): Piece {
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  for (const s of [-1, 1] as const) {
    const a = pt(f.sp.x - 1, f.sp.y + 2)
    const b = pt(f.np.x + 34, lerp(f.np.y, f.sp.y, 34 / (f.sp.x - f.np.x)) + 5)
    const path = [pt(a.x, a.y - 3), pt(a.x + 3, a.y + 34), pt(b.x + 4, b.y + 27), pt(b.x - 9, b.y + 15), pt(b.x, b.y)]
    const st = [pt(a.x - 4, a.y + 30), pt(b.x + 6, b.y + 22.5), pt(b.x - 3, b.y + 14), pt(b.x + 2, b.y + 5)]
    parts.push({
      id: s < 0 ? 'epaulette-left' : 'epaulette-right',
      belongs: 'body',
      ink: 'shell',
      outline: onSide(path, s),
      grain: s * -70,
      surface: on(f.hand.thick * 1.3, 2.4),
      shadow: { dx: 2, dy: 5, blur: 5, opacity: 0.5 },
      stitches: [onSide(st, s)],
    })
    trims.push({
      kind: 'button',
      at: onSide([pt(b.x + 14, b.y + 16)], s)[0]!,
      radius: 7.5,
      style: 'four-hole',
      over: s < 0 ? 'epaulette-left' : 'epaulette-right',
    })
  }
  return { parts, trims }
}
