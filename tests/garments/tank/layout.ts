/** Tank top: a body with bound edges. */
import { choicesIn } from '../../../src/garments/blocks/common.ts'
import { finish } from '../../../src/garments/drawing/finish.ts'
import { bodyFolds, bodyOutline, bodySurface, hemLine, upperFrame } from '../../../src/garments/drawing/frame.ts'
import { mirror, offset } from '../../../src/garments/drawing/geometry.ts'
import type { Full, PackshotInput } from '../../../src/garments/drawing/input.ts'
import type { Layout } from '../../../src/garments/drawing/layout.ts'
import { neckInside, ribNeck, scoop } from '../../../src/garments/drawing/necks.ts'
import { alone, NOTHING, together } from '../../../src/garments/drawing/piece.ts'
import { choices } from './choices.ts'

export function layout(input: PackshotInput, m: Full): Layout {
  const { collar, edge } = choicesIn(choices, input.construction)
  const f = upperFrame(input, m)
  const drop = f.back ? m.backNeckDrop : m.frontNeckDrop
  const neckline = scoop(f, drop, collar === 'deep' && !f.back)
  const hem = hemLine(f, 4)
  const bound = [f.armhole, mirror(f.armhole)]
  const body = alone({
    id: 'body',
    belongs: 'body',
    ink: 'shell',
    outline: bodyOutline(f, neckline, hem),
    folds: bodyFolds(f, { drag: 3, flutes: 2, fluteDepth: 4, from: f.ua.y + 40 }),
    surface: bodySurface(f, 40, 0.22),
    seams: bound.map((path) => ({ path, shows: 'armholeBound' as const, width: 3, depth: 0.8 })),
    stitches: [
      hem.map((p) => ({ x: p.x * 0.995, y: p.y - 22 })),
      ...bound.map((path) => offset(path, path[0]!.x > 0 ? 9 : -9)),
    ],
  })
  const { parts, trims } = together(
    f.back ? NOTHING : neckInside(f, drop, 'shell', 4),
    body,
    f.back ? NOTHING : ribNeck(f, neckline, 12, edge === 'rib' ? 'rib' : 'shell', false),
  )
  return finish(f, parts, trims, { cuff: false })
}
