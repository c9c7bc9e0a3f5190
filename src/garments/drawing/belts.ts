/** A belt of the garment's own cloth. */
import { makeField, ridge, swell, undulate } from './folds.ts'
import { lerp, offset, pt, through } from './geometry.ts'
import type { Part } from './layout.ts'
import type { UpperFrame } from './frame.ts'
import type { Piece } from './piece.ts'
import { lowShadow, on, rect } from './piece.ts'

/** A self-fabric belt through a frame buckle, with its end hanging. */
export function buckledBelt(f: UpperFrame, y: number, height: number, tied: boolean): Piece {
  const x = f.halfAt(y) + 5
  const dip = 9
  const h2 = height / 2
  const top = through(
    [
      pt(-x, y - h2 - 3),
      pt(-x * 0.5, y - h2 + dip * 0.7),
      pt(0, y - h2 + dip),
      pt(x * 0.5, y - h2 + dip * 0.7),
      pt(x, y - h2 - 3),
    ],
    10,
  )
  const low = through(
    [
      pt(-x, y + h2 - 3),
      pt(-x * 0.5, y + h2 + dip * 0.7),
      pt(0, y + h2 + dip),
      pt(x * 0.5, y + h2 + dip * 0.7),
      pt(x, y + h2 - 3),
    ],
    10,
  )
  const thick = f.hand.thick
  const cx = f.lap * -26
  const cy = y + dip
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const seed = f.input.seed
  const field = makeField(-x - 20, y - 60, x + 20, y + 60, 3)
  undulate(field, 1, 70, 0.7, seed + 71)
  for (let i = 0; i < 5; i++) {
    const px = lerp(-x * 0.85, x * 0.85, (i + f.rng()) / 5)
    ridge(field, [pt(px, y - h2 + 4), pt(px + (f.rng() - 0.5) * 26, y + h2 + 6)], 1.6, 6, 4, swell.middle)
  }
  const loopX = x * 0.66
  for (const s of [-1, 1])
    parts.push({
      id: s < 0 ? 'loop-left' : 'loop-right',
      belongs: 'body',
      ink: 'shell',
      outline: rect(s * loopX - 7, y - h2 - 14, 14, height + 28),
      surface: on(2),
      shadow: lowShadow,
    })
  parts.push({
    id: 'belt',
    belongs: 'body',
    ink: 'shell',
    outline: [...top, ...low.reverse()],
    grain: 90,
    folds: field,
    surface: on(thick * 2.2, thick * 1.3),
    shadow: { dx: 2, dy: 7, blur: 7, opacity: 0.58 },
    stitches: [offset(top, 5), offset(low.reverse(), -5)],
  })
  for (const s of [-1, 1])
    parts.push({
      id: s < 0 ? 'keeper-left' : 'keeper-right',
      belongs: 'body',
      ink: 'shell',
      outline: rect(s * loopX - 7, y - h2 - 6, 14, height + 18),
      surface: on(thick * 1.4, 2),
      shadow: lowShadow,
      stitches: [
        [pt(s * loopX - 4.4, y - h2 - 4), pt(s * loopX - 4.4, y + h2 + 10)],
        [pt(s * loopX + 4.4, y - h2 - 4), pt(s * loopX + 4.4, y + h2 + 10)],
      ],
    })
  const l = f.lap
  const tailW = height * 0.92
  const tailPath = tied
    ? [pt(cx, cy + 4), pt(cx + l * 20, cy + 70), pt(cx + l * 30, cy + 160), pt(cx + l * 27, cy + 250)]
    : [pt(cx + l * 14, cy - 2), pt(cx + l * 36, cy + 62), pt(cx + l * 52, cy + 130), pt(cx + l * 53, cy + 196)]
  const spine = through(tailPath, 8)
  const L = offset(spine, -tailW / 2)
  const R = offset(spine, tailW / 2)
  const end = spine[spine.length - 1]!
  const tail = [...L, pt(end.x + 1, end.y + 15), ...[...R].reverse()]
  const tailPart: Part = {
    id: 'belt-tail',
    belongs: 'body',
    ink: 'shell',
    outline: tail,
    grain: -10 * l,
    origin: pt(30, 9),
    surface: on(thick * 1.8, thick * 1.2),
    shadow: { dx: 4, dy: 7, blur: 6, opacity: 0.55 },
    stitches: [offset(spine, -tailW / 2 + 5).slice(2), offset(spine, tailW / 2 - 5).slice(2)],
  }
  parts.push(tailPart)
  if (tied) {
    const second = through(
      [pt(cx - l * 6, cy + 2), pt(cx - l * 30, cy + 80), pt(cx - l * 44, cy + 160), pt(cx - l * 41, cy + 220)],
      8,
    )
    parts.push({
      ...tailPart,
      id: 'belt-tail-2',
      outline: [...offset(second, -tailW / 2), ...offset(second, tailW / 2).reverse()],
      stitches: [offset(second, -tailW / 2 + 5), offset(second, tailW / 2 - 5)],
    })
    const knot = through(
      [
        pt(cx - 30, cy - h2 + 3),
        pt(cx + 2, cy - h2 - 7),
        pt(cx + 30, cy - h2 + 5),
        pt(cx + 27, cy + h2 - 2),
        pt(cx + 2, cy + h2 + 9),
        pt(cx - 27, cy + h2 - 1),
        pt(cx - 30, cy - h2 + 3),
      ],
      5,
    )
    const kf = makeField(cx - 50, cy - 50, cx + 50, cy + 60, 2.5)
    ridge(kf, [pt(cx - 26, cy - h2 + 8), pt(cx + 24, cy + h2 - 4)], 7, 12, 7, swell.even)
    ridge(kf, [pt(cx + 22, cy - h2 + 8), pt(cx + 4, cy + 2)], -4, 5, 5, swell.middle)
    parts.push({
      id: 'belt-knot',
      belongs: 'body',
      ink: 'shell',
      outline: knot,
      grain: 50,
      folds: kf,
      surface: { kind: 'on', lift: 8, bevel: 8, puff: 7, puffRadius: 10 },
      shadow: { dx: 3, dy: 6, blur: 6, opacity: 0.6 },
    })
  } else
    trims.push({
      kind: 'buckle',
      at: pt(cx, cy),
      width: height * 0.98,
      height: height + 10,
      shape: 'frame',
      over: 'belt',
    })
  return { parts, trims }
}
