/** The slit at the lower end of a centre back seam, in a jacket or a narrow skirt. */
import { lerp, pt, through } from './geometry.ts'
import type { Part } from './layout.ts'
import { on } from './piece.ts'

/** One edge of a vent laps over the other and swings out a little at the hem. */
export function centreVent(top: number, low: number, thick: number): Part[] {
  return [
    // what is seen of the under edge, in the shade of the other
    {
      id: 'vent-under',
      belongs: 'body',
      ink: 'shell',
      outline: [pt(0, top + 30), pt(2, top + 30), pt(-1, low - 1), pt(-13, low - 1)],
      surface: on(0, 0),
      shade: 0.45,
    },
    {
      id: 'vent',
      belongs: 'body',
      ink: 'shell',
      outline: [
        pt(-0.5, top),
        pt(34, top + 24),
        ...through([pt(34, top + 24), pt(36, lerp(top, low, 0.6)), pt(38, low - 0.5)], 6).slice(1),
        pt(-4, low - 0.5),
        pt(-2, lerp(top, low, 0.5)),
      ],
      surface: on(thick, 2),
      shadow: { dx: -4.5, dy: 2.5, blur: 5, opacity: 0.62 },
      stitches: [[pt(1.5, top + 4), pt(31, top + 25)]],
    },
  ]
}
