/** Waistcoat: front in cloth, back in lining or cloth. */
import type { Path } from '../../drawing/geometry.ts'
import { bezier, lerp, mirror, offset, onSide, pt, through } from '../../drawing/geometry.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import { choose } from '../../drawing/input.ts'
import type { Layout, Part } from '../../drawing/layout.ts'
import { finish } from '../../drawing/finish.ts'
import { bodyFolds, bodyOutline, bodySurface, hemLine, upperFrame } from '../../drawing/frame.ts'
import { scoop } from '../../drawing/necks.ts'
import type { Piece } from '../../drawing/piece.ts'
import { buttonRow, lowShadow, on, spread } from '../../drawing/piece.ts'
import { pocket } from '../../drawing/pockets.ts'

export function waistcoatLayout(input: PackshotInput, m: Full): Layout {
  const c = input.construction
  const f = upperFrame(input, m)
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const add = (p: Piece): void => {
    parts.push(...p.parts)
    trims.push(...p.trims)
  }
  const db =
    choose(
      c,
      ['closure', 'front'],
      [
        ['double', /double|db/],
        ['single', /./],
      ],
      'single',
    ) === 'double'
  const h = m.neckWidth / 2
  const throat = m.frontNeckDrop
  const marked = (input.buttons ?? []).map(({ y }) => y)
  const bottomKind = choose(
    c,
    ['hem', 'bottom'],
    [
      ['rounded', /round/],
      ['straight', /straight|square/],
      ['pointed', /./],
    ],
    'pointed',
  )
  // The back hangs level to the measured length. Fronts end in their points below it, rounded and square ones with it;
  // all rise to the side, and the last button is sewn where the edge begins to turn away.
  const turn = marked.at(-1) ?? m.bodyLength - { pointed: 32, rounded: 53, straight: 25 }[bottomKind]
  const sideEnd = m.bodyLength - 15
  if (f.back) {
    const neckline = scoop(f, m.backNeckDrop)
    const hem = hemLine(f, 0)
    parts.push({
      id: 'body',
      belongs: 'body',
      ink: c['back'] === 'self' ? 'shell' : 'lining',
      outline: bodyOutline(f, neckline, hem),
      folds: bodyFolds(f, { drag: 3, flutes: 1, fluteDepth: 4 }),
      surface: bodySurface(f, 30, 0.16),
      seams: [
        { path: [pt(0, m.backNeckDrop), pt(0, m.bodyLength)], width: 2.2, depth: 1 },
        ...[1, -1].map((s) => ({
          path: onSide(
            through(
              [
                pt(m.halfChest * 0.2, f.ua.y + 40),
                pt(m.halfChest * 0.18, f.waistY),
                pt(m.halfChest * 0.2, m.bodyLength - 30),
              ],
              6,
            ),
            s as 1 | -1,
          ),
          width: 2,
          depth: 0.8,
        })),
      ],
    })
    const y = f.waistY
    const w = f.halfAt(y) * 0.98
    for (const s of c['belt'] === 'none' ? [] : ([-1, 1] as const))
      parts.push({
        id: `cinch-${s}`,
        belongs: 'body',
        ink: c['back'] === 'self' ? 'shell' : 'lining',
        outline: onSide(
          [
            pt(w, y - 12),
            pt(s === 1 ? 18 : -30, y - 10),
            pt(s === 1 ? 18 : -36, y),
            pt(s === 1 ? 18 : -30, y + 10),
            pt(w, y + 14),
          ],
          s,
        ),
        grain: 90,
        surface: on(1.6),
        shadow: lowShadow,
      })
    if (c['belt'] !== 'none')
      trims.push({ kind: 'buckle', at: pt(18, y), width: 24, height: 24, shape: 'frame', over: 'cinch-1' })
    return finish(f, parts, trims, { cuff: false })
  }
  const inX = f.sp.x
  // inside of the back in lining, seen through neck and armholes
  const backIn: Path = [
    pt(h, 0),
    ...bezier(pt(h, 0), pt(h * 0.7, 14), pt(h * 0.3, m.backNeckDrop), pt(0, m.backNeckDrop), 8),
  ]
  const inner: Path = [
    pt(h, 0),
    pt(inX, f.sp.y),
    ...f.armhole,
    pt(f.ua.x - 14, f.ua.y + 90),
    pt(f.halfAt(f.waistY) - 16, f.waistY),
    pt(f.halfAt(f.waistY) - 22, m.bodyLength - 46),
    pt(0, m.bodyLength - 60),
  ]
  parts.push({
    id: 'inside',
    belongs: 'inside',
    ink: 'lining',
    outline: [
      ...mirror(inner).reverse(),
      ...[...mirror(backIn)].slice(0, -1),
      ...[...backIn].reverse(),
      ...inner.slice(1),
    ],
    surface: {
      kind: 'base',
      z: 4,
      dome: -10,
      bevel: 2,
      halfWidth: { from: -40, step: 60, values: Array.from({ length: 16 }, () => f.ua.x) },
    },
    shade: 0.55,
    folds: bodyFolds(f, { flutes: 1, fluteDepth: 4, from: f.ua.y }),
  })
  trims.push({ kind: 'label', at: pt(0, m.backNeckDrop + 26), width: 46, height: 22, over: 'inside' })
  const lap = db ? 74 : 18
  const folds = bodyFolds(f, { drag: 2.6, flutes: 1, fluteDepth: 2.5 })
  const order = f.lap === 1 ? ([-1, 1] as const) : ([1, -1] as const)
  order.forEach((side, i) => {
    const e = -lap
    const low = m.bodyLength - 1
    const bottom: Path = [
      ...(bottomKind === 'pointed'
        ? [pt(e, turn + 4), ...(db ? [pt(e, turn + 32)] : []), pt(f.halfAt(low) * 0.22, turn + 62)]
        : bottomKind === 'rounded'
          ? [
              pt(e, turn + 4),
              ...bezier(
                pt(e, turn + 4),
                pt(e + 3, lerp(turn, low, 0.66)),
                pt(e + 26, low),
                pt(f.halfAt(low) * 0.24, low),
                10,
              ),
              pt(f.halfAt(low) * 0.5, low),
            ]
          : [pt(e, low), pt(f.halfAt(low) * 0.5, low)]),
      pt(f.halfAt(sideEnd), sideEnd),
    ]
    const neck = [
      pt(h, 0),
      ...bezier(pt(h, 0), pt(h * 0.84, throat * 0.36), pt(lerp(e, h, 0.36), throat * 0.78), pt(e, throat), 16),
    ]
    const sideLine = f.side.filter((p) => p.y < sideEnd - 8)
    const outline = [
      ...neck,
      ...bottom,
      ...[...sideLine].reverse(),
      ...[...f.armhole].reverse(),
      pt(lerp(h, f.sp.x, 0.5), lerp(0, f.sp.y, 0.5)),
    ]
    const neckStitch = offset(neck, -6).slice(1)
    parts.push({
      id: i === 1 ? 'body' : 'front-under',
      belongs: 'body',
      ink: 'shell',
      outline: onSide(outline, side),
      folds,
      origin: pt(side * 9, 2),
      surface: bodySurface(f, 36 + i * 2.5, 0.19),
      shadow: { dx: 3, dy: 6, blur: 8, opacity: 0.5 },
      seams: [
        {
          path: onSide(
            through(
              [
                pt(m.halfChest * 0.22, f.ua.y + 30),
                pt(m.halfChest * 0.2, f.waistY),
                pt(m.halfChest * 0.23, m.bodyLength + (bottomKind === 'pointed' ? 12 : -3)),
              ],
              6,
            ),
            side,
          ),
          width: 2.2,
          depth: 0.8,
        },
      ],
      stitches: [onSide(neckStitch, side), onSide([pt(e + 5, throat + 6), pt(e + 5, turn)], side)],
    })
  })
  if (
    choose(
      c,
      ['collar', 'lapel'],
      [
        ['none', /none|plain|v/],
        ['notched', /notch|lapel|shawl|peak/],
      ],
      'none',
    ) === 'notched'
  )
    for (const side of [-1, 1] as const) {
      const lapel = [
        pt(h - 2, -4),
        ...bezier(
          pt(h - 2, -4),
          pt(h * 0.84, throat * 0.36),
          pt(lerp(-lap, h, 0.36), throat * 0.78),
          pt(-lap + 2, throat),
          14,
        ),
        ...bezier(
          pt(-lap + 2, throat),
          pt(lerp(-lap, h, 0.55) + 18, throat * 0.82),
          pt(h + 34, throat * 0.52),
          pt(h + 38, throat * 0.36),
          10,
        ),
        pt(h + 14, throat * 0.34),
        pt(h + 26, throat * 0.3),
        ...bezier(pt(h + 26, throat * 0.3), pt(h + 24, throat * 0.15), pt(h + 18, 12), pt(h + 12, 3), 6),
      ]
      parts.push({
        id: `lapel-${side}`,
        belongs: 'body',
        ink: 'shell',
        outline: onSide(lapel, side),
        grain: side * -10,
        surface: { kind: 'base', z: 44, dome: 0, bevel: 2.4 },
        shadow: { dx: 2, dy: 5, blur: 5, opacity: 0.5 },
      })
    }
  for (const side of /none/.test(c['pocket'] ?? '') ? [] : ([-1, 1] as const))
    add(
      pocket(`pocket-${side}`, 'welt', {
        x: side * f.halfAt(f.waistY) * 0.56,
        y: f.waistY + 40,
        w: 116,
        h: 21,
        slant: -6,
        side,
        thick: 1.6,
      }),
    )
  if (
    choose(
      c,
      ['pocket', 'pockets'],
      [
        ['four', /four|breast|chest|4/],
        ['two', /./],
      ],
      'two',
    ) === 'four'
  )
    add(
      pocket('pocket-breast', 'welt', {
        x: f.halfAt(f.ua.y) * 0.5,
        y: f.ua.y + 6,
        w: 92,
        h: 19,
        slant: -6,
        side: 1,
        thick: 1.6,
      }),
    )
  const rows = marked.length ? marked : spread(throat + 14, turn, db ? 3 : (input.counts?.['buttons'] ?? 5))
  if (db) for (const x of [46, -46]) trims.push(...buttonRow(rows, x, 8.4, 'body'))
  else
    for (const y of rows)
      trims.push(
        { kind: 'buttonhole', at: pt(f.lap * -5, y), length: 16, angle: 0, over: 'body' },
        { kind: 'button', at: pt(0, y), radius: 7.6, style: 'four-hole', over: 'body' },
      )
  return finish(f, parts, trims, { cuff: false, neck: pt(f.lap * -lap, throat) })
}
