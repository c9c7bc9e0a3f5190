/** A drape on its form from four sides, each panel in a colour of its own. */
import type { Draped } from '../../src/garments/drape/drape.ts'
import { formSurfaces } from '../../src/garments/drape/form/surface.ts'
import { look, type Picture, type Shown } from '../../src/garments/drape/look.ts'

const SKIN = [220, 212, 204] as const
const COLOURS = [
  [196, 88, 72],
  [88, 120, 190],
  [120, 170, 110],
  [210, 170, 80],
  [150, 110, 180],
  [90, 170, 175],
  [200, 130, 150],
  [140, 140, 140],
] as const
const [WIDE, HIGH] = [480, 620]

export function fourSides({ mesh, at, form }: Draped): Picture {
  const corners = mesh.panels.map((): number[] => [])
  for (let t = 0; t < mesh.triangles.length; t += 3)
    corners[mesh.panelOf[mesh.triangles[t]!]!]?.push(...mesh.triangles.subarray(t, t + 3))
  const shown: Shown[] = [
    ...formSurfaces(form).map((surface) => ({ ...surface, colour: SKIN })),
    ...corners.map((list, i) => ({
      at,
      triangles: Uint32Array.from(list),
      colour: COLOURS[i % COLOURS.length] ?? SKIN,
    })),
  ]
  const heights = at.filter((_, i) => i % 3 === 1)
  const [low, high] = [Math.min(...heights), Math.max(...heights)]
  const views = [0, 45, 90, 180].map((turn) =>
    look(shown, turn, { middle: [0, (low + high) / 2], tall: 1.25 * (high - low), width: WIDE, height: HIGH }),
  )
  const rgb = new Uint8Array(WIDE * views.length * HIGH * 3)
  views.forEach((view, i) => {
    for (let y = 0; y < HIGH; y++)
      rgb.set(view.rgb.subarray(3 * y * WIDE, 3 * (y + 1) * WIDE), 3 * (y * WIDE * views.length + i * WIDE))
  })
  return { width: WIDE * views.length, height: HIGH, rgb }
}
