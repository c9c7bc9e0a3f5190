/** Dress: a fitted bodice and a skirt that falls in flutes from the waist seam. */
import { SKIRT_MOUTH } from '../../openings.ts'
import { ridge, swell } from '../../drawing/folds.ts'
import { lerp, mirror, offset, onSide, pt, smooth, through, yAt } from '../../drawing/geometry.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import { choose } from '../../drawing/input.ts'
import type { Layout, Part } from '../../drawing/layout.ts'
import { buckledBelt } from '../../drawing/belts.ts'
import { shirtCollar } from '../../drawing/collars.ts'
import { finish } from '../../drawing/finish.ts'
import { belowArms, bodyFolds, bodyOutline, bodySurface, upperFrame } from '../../drawing/frame.ts'
import { neckInside, scoop, vee } from '../../drawing/necks.ts'
import type { Piece } from '../../drawing/piece.ts'
import { buttonRow, lowShadow, on, spread } from '../../drawing/piece.ts'
import { seamPocket } from '../../drawing/pockets.ts'
import { mirrorSleeve, sleeveFolds, sleeveGeometry } from '../../drawing/sleeves.ts'
import { centreVent } from '../../drawing/vents.ts'

export function dressLayout(input: PackshotInput, m: Full): Layout {
  const c = input.construction
  const neck = choose(
    c,
    ['collar', 'neck', 'neckline'],
    [
      ['vee', /^v|vee|wrap/],
      ['shirt', /shirt|collar|peter/],
      ['square', /square/],
      ['scoop', /./],
    ],
    'scoop',
  )
  const sleeve = choose(
    c,
    ['sleeve', 'sleeves'],
    [
      ['none', /none|sleeveless|strap/],
      ['puff', /puff|gather/],
      ['set', /./],
    ],
    'set',
  )
  const closure = choose(
    c,
    ['closure', 'front'],
    [
      ['button', /button|shirt/],
      ['zip', /./],
    ],
    'zip',
  )
  const belt = choose(
    c,
    ['belt', 'waist'],
    [
      ['belt', /belt|sash|tie/],
      ['plain', /./],
    ],
    'plain',
  )
  const skirt = choose(
    c,
    ['skirt', 'pleat'],
    [
      ['gathered', /gather|dirndl/],
      ['straight', /straight|pencil|slim/],
      ['flared', /./],
    ],
    'flared',
  )
  const f = upperFrame(input, m)
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const add = (p: Piece): void => {
    parts.push(...p.parts)
    trims.push(...p.trims)
  }
  const drop = f.back ? m.backNeckDrop : m.frontNeckDrop
  const h = m.neckWidth / 2
  const square = (d: number) => {
    const right = through([pt(h, 0), pt(h - 3, d * 0.6), pt(h - 9, d - 3)], 5)
    const low = through([pt(h - 9, d - 3), pt(h * 0.5, d), pt(0, d)], 5)
    const half = [...right, ...low.slice(1)]
    return [...half, ...mirror(half).reverse().slice(1)]
  }
  const neckline = f.back
    ? scoop(f, drop)
    : neck === 'vee'
      ? vee(f, drop)
      : neck === 'square'
        ? square(drop)
        : scoop(f, drop)
  if (!f.back) add(neckInside(f, drop, c['lining'] === 'none' ? 'shell' : 'lining', 5, -1))
  const long = m.sleeveLength > 330
  if (sleeve !== 'none' && m.sleeveLength > 40)
    for (const side of [-1, 1] as const) {
      let g = sleeveGeometry(
        f,
        long
          ? { upper: 25, lower: 13, round: sleeve === 'puff' ? 70 : 42, cap: sleeve === 'puff' ? 16 : 0 }
          : { upper: 40, lower: 33, round: sleeve === 'puff' ? 66 : 42, cap: sleeve === 'puff' ? 14 : 0 },
        (f.rng() - 0.5) * 3,
      )
      if (side === -1) g = mirrorSleeve(g)
      const s = g.sections[Math.max(0, g.sections.length - 5)]!
      const endLine = [0.02, 0.3, 0.7, 0.98].map((t) => pt(lerp(s.a.x, s.b.x, t), lerp(s.a.y, s.b.y, t)))
      parts.push({
        id: side === 1 ? 'sleeve-right' : 'sleeve-left',
        belongs: 'sleeve',
        ink: 'shell',
        outline: g.outline,
        origin: pt(side * 21, 9),
        folds: sleeveFolds(f, g, { bend: 6, stack: 0, gather: sleeve === 'puff' ? 5 : 0 }),
        surface: { kind: 'strip', z: 8, dome: m.halfBicep * 0.22, sections: g.sections, bevel: 1.6 },
        stitches: [endLine],
      })
    }
  // skirt flutes wave the hem
  const folds = bodyFolds(f, {
    drag: 3.4,
    ...(skirt === 'gathered' ? { held: { y: f.waistY, up: 46, down: 110, depth: 4.6 } } : {}),
  })
  const hemX = m.halfHem / 2
  const n = skirt === 'straight' ? 2 : skirt === 'gathered' ? 10 : 7
  const k = f.hand.drape
  const at: number[] = []
  for (let i = 0; i < n; i++) {
    const t = lerp(-0.86, 0.86, (i + 0.5 + (f.rng() - 0.5) * 0.4) / n)
    at.push(t)
    const top = lerp(
      f.waistY,
      m.bodyLength,
      (skirt === 'straight' ? 0.04 : 0.01) + f.rng() * (skirt === 'straight' ? 0.22 : 0.08),
    )
    const path = [0, 0.2, 0.45, 0.7, 1].map((q) => {
      const y = lerp(top, m.bodyLength + 30, q)
      return pt(t * f.halfAt(y) * (1 + 0.02 * Math.sin(q * 4 + i)), y)
    })
    const w = (hemX / n) * (0.42 + 0.2 * f.rng())
    ridge(
      folds,
      path,
      (skirt === 'straight' ? 6 : 23) * k * (0.7 + 0.5 * f.rng()),
      t > 0 ? w : w * 0.7,
      t > 0 ? w * 0.7 : w,
      swell.end,
    )
  }
  const bow = Math.min(30, (hemX - m.halfWaist / 2) * 0.14)
  const side = f.side.map((p) => pt(p.x, p.y > f.waistY ? p.y - bow * smooth(f.waistY, m.bodyLength, p.y) : p.y))
  const hem = Array.from({ length: 61 }, (_, i) => {
    const t = 1 - (2 * i) / 60
    const wave = at.reduce((sum, a) => sum + Math.exp(-(((t - a) / 0.07) ** 2)), 0)
    return pt(
      t * hemX,
      m.bodyLength -
        bow +
        bow * (1 - t * t) +
        (skirt === 'straight' ? 0 : wave * 6 - 3) * (1 - smooth(0.9, 1, Math.abs(t))),
    )
  })
  const waistSeam = through(
    [pt(-f.halfAt(f.waistY), f.waistY), pt(0, f.waistY + 9), pt(f.halfAt(f.waistY), f.waistY)],
    12,
  )
  const dart = through([pt(m.halfChest * 0.2, f.ua.y + 40), pt(m.halfChest * 0.17, f.waistY + 5)], 6)
  const hemStitch = hem.map((p) => pt(p.x * 0.996, p.y - 20))
  parts.push({
    id: 'body',
    belongs: 'body',
    ink: 'shell',
    outline: bodyOutline({ ...f, side }, neckline, hem),
    folds,
    surface: bodySurface(f, 38, 0.24),
    shadow: { dx: 3, dy: 6, blur: 8, opacity: 0.4, from: belowArms(f) },
    seams: [
      { path: waistSeam, width: 2.2, depth: 1.2 },
      // equal panels laid from the zip at the centre back: six, or eight where pockets need seams at the sides
      ...(skirt === 'flared'
        ? (/seam/.test(c['pocket'] ?? '') ? [-1 / 2, 0, 1 / 2] : [-2 / 3, 0, 2 / 3]).map((t) => ({
            path: [0, 0.25, 0.5, 0.75, 1].map((q) => {
              const y = lerp(f.waistY, m.bodyLength, q)
              return pt(t * f.halfAt(y), y + 8 * (1 - q))
            }),
            width: 2.2,
            depth: 0.9,
          }))
        : []),
      ...[dart, mirror(dart)].map((path) => ({ path, width: 2, depth: 0.8 })),
      ...[f.armhole, mirror(f.armhole)].map((path) => ({ path, width: 2, depth: 0.7 })),
      ...(f.back && closure === 'zip'
        ? [{ path: [pt(0, drop), pt(0, skirt === 'straight' ? m.bodyLength : f.waistY + 160)], width: 2.4, depth: 1.2 }]
        : []),
    ],
    stitches: [
      hemStitch,
      ...(neck === 'shirt' ? [] : [offset(neckline, -5).slice(1, -1)]),
      ...(sleeve === 'none' ? ([1, -1] as const).map((s) => onSide(offset(f.armhole, 5), s)) : []),
    ],
  })
  if (/seam/.test(c['pocket'] ?? '')) {
    const edge = (y: number): number =>
      yAt(
        side.map((p) => pt(p.y, p.x)),
        y,
      ) ?? f.halfAt(y)
    const [from, to] = [f.waistY + SKIRT_MOUTH.from, f.waistY + SKIRT_MOUTH.from + SKIRT_MOUTH.length]
    for (const s of [-1, 1] as const) add(seamPocket(`pocket-${s}`, edge, from, to, s))
  }
  if (!f.back && closure === 'button') {
    const low = m.bodyLength - 2
    parts.push({
      id: 'placket',
      belongs: 'body',
      ink: 'shell',
      outline: [pt(-14, drop - 2), pt(14, drop - 2), pt(14, low), pt(-14, low)],
      surface: on(1.2),
      shadow: { dx: -1, dy: 1.2, blur: 2, opacity: 0.4 },
      stitches: [
        [pt(-10.5, drop), pt(-10.5, low)],
        [pt(10.5, drop), pt(10.5, low)],
      ],
    })
    trims.push(...buttonRow(spread(drop + 40, m.bodyLength - 130, 9), 0, 5.4, 'placket'))
  }
  if (belt === 'belt' && /tie|sash/.test(c['belt'] ?? '') && !f.back) add(buckledBelt(f, f.waistY, 34, true))
  else if (belt === 'belt') {
    const x = f.halfAt(f.waistY) + 3
    const top = through([pt(-x, f.waistY - 17), pt(0, f.waistY - 8), pt(x, f.waistY - 17)], 10)
    const low = through([pt(-x, f.waistY + 15), pt(0, f.waistY + 24), pt(x, f.waistY + 15)], 10)
    parts.push({
      id: 'belt',
      belongs: 'body',
      ink: 'shell',
      outline: [...top, ...[...low].reverse()],
      grain: 90,
      surface: on(2.4),
      shadow: { dx: 1, dy: 4, blur: 4, opacity: 0.45 },
      stitches: [offset(top, 3), offset(low, -3)],
    })
    if (!f.back)
      trims.push({ kind: 'buckle', at: pt(0, f.waistY + 8), width: 30, height: 38, shape: 'frame', over: 'belt' })
  }
  if (f.back && skirt === 'straight' && c['vent'] !== 'none') {
    parts.push(...centreVent(lerp(f.waistY, m.bodyLength, 0.62), m.bodyLength, f.hand.thick * 1.2))
  }
  if (neck === 'shirt' && !f.back)
    add(shirtCollar(f, { point: 62, spread: 0.7, stand: 26, ink: 'shell', buttonDown: false, open: 4, round: true }))
  if (f.back && closure === 'zip')
    trims.push({ kind: 'zip', path: [pt(0, drop + 2), pt(0, drop + 20)], width: 3, slider: 5, over: 'body' })
  if (f.back && neck === 'shirt')
    parts.push({
      id: 'collar-back',
      belongs: 'collar',
      ink: 'shell',
      outline: [
        ...through([pt(-h - 6, 2), pt(0, -22), pt(h + 6, 2)], 8),
        ...through([pt(h + 14, 34), pt(0, 44), pt(-h - 14, 34)], 8),
      ],
      grain: 90,
      surface: { kind: 'base', z: 46, dome: 0, bevel: 2 },
      shadow: lowShadow,
    })
  return finish({ ...f, side }, parts, trims, { cuff: long })
}
