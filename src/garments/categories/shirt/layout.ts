/** Shirt: placket, collar on a stand, yoke, cuffs, curved tails. */
import { ridge, swell, weigh } from '../../drawing/folds.ts'
import type { Path } from '../../drawing/geometry.ts'
import { clamp, lerp, mirror, offset, onSide, pt, smooth, through } from '../../drawing/geometry.ts'
import type { Full, PackshotInput } from '../../drawing/input.ts'
import { choose } from '../../drawing/input.ts'
import type { Layout, Part } from '../../drawing/layout.ts'
import { backCollar, shirtCollar, standCollar } from '../../drawing/collars.ts'
import { cuffOf } from '../../drawing/cuffs.ts'
import { finish } from '../../drawing/finish.ts'
import { belowArms, bodyFolds, bodyOutline, bodySurface, hemLine, upperFrame } from '../../drawing/frame.ts'
import type { UpperFrame } from '../../drawing/frame.ts'
import { neckInside, scoop } from '../../drawing/necks.ts'
import type { Piece } from '../../drawing/piece.ts'
import { buttonRow, on, spread } from '../../drawing/piece.ts'
import { pocket } from '../../drawing/pockets.ts'
import { mirrorSleeve, sleeveFolds, sleeveGeometry } from '../../drawing/sleeves.ts'

/** From the centre back to the fold of a box pleat, mm. */
const PLEAT = 16

/** A dart pointed at both ends, from below the shoulder blade to above the seat. */
const fishEye = ({ m, waistY }: UpperFrame): Path =>
  through(
    [pt(m.halfChest * 0.2, waistY - 130), pt(m.halfChest * 0.185, waistY), pt(m.halfChest * 0.2, waistY + 120)],
    6,
  )

export function shirtLayout(input: PackshotInput, m: Full): Layout {
  const c = input.construction
  const collar = choose(
    c,
    ['collar'],
    [
      ['band', /band|stand|mandarin|grandad|mao/],
      ['buttonDown', /button-?down/],
      ['cutaway', /cutaway|spread|wide/],
      ['camp', /camp|cuban|open|resort|revere/],
      ['round', /round|club|peter/],
      ['point', /./],
    ],
    'point',
  )
  const pockets = choose(
    c,
    ['pocket', 'pockets'],
    [
      ['none', /none/],
      ['twoFlap', /two|double|flap|cargo|utility/],
      ['one', /./],
    ],
    'one',
  )
  const placket = choose(
    c,
    ['closure', 'placket', 'front'],
    [
      ['concealed', /conceal|fly|hidden|cover/],
      ['french', /french|plain/],
      ['popover', /popover|half/],
      ['placket', /./],
    ],
    'placket',
  )
  const cuffKind = choose(
    c,
    ['cuff', 'cuffs', 'sleeve'],
    [
      ['french', /french|double/],
      ['plain', /plain|short|hem|none/],
      ['barrel', /./],
    ],
    'barrel',
  )
  const corner = choose(
    c,
    ['cuff', 'cuffs'],
    [
      ['round', /round/],
      ['square', /straight|square/],
      ['mitred', /./],
    ],
    'mitred',
  )
  const hemKind = choose(
    c,
    ['hem', 'bottom'],
    [
      ['straight', /straight|square|vent/],
      ['curved', /./],
    ],
    'curved',
  )
  const pleat = choose(
    c,
    ['back', 'pleat'],
    [
      ['none', /none|plain|no/],
      ['side', /side|knife|two/],
      ['darts', /dart/],
      ['box', /./],
    ],
    'box',
  )
  const tail = hemKind === 'curved' ? 62 : 0
  const f = upperFrame(input, m, { tail })
  const parts: Part[] = []
  const trims: Piece['trims'] = []
  const add = (p: Piece): void => {
    parts.push(...p.parts)
    trims.push(...p.trims)
  }
  const drop = m.frontNeckDrop
  const neckline = f.back ? scoop(f, m.backNeckDrop) : scoop(f, drop)
  if (!f.back) add(neckInside(f, drop, 'shell', 10))
  const long = m.sleeveLength > 400
  const cuffH = long && cuffKind !== 'plain' ? clamp(m.cuffHeight, 50, 85) : 0
  for (const side of [-1, 1] as const) {
    let g = sleeveGeometry(
      f,
      long
        ? {
            upper: 26,
            lower: 12,
            round: 46,
            ...(cuffH ? { cuff: { height: cuffH, width: m.halfCuff }, blouse: m.halfCuff * 0.22 } : {}),
          }
        : { upper: 42, lower: 38, round: 44 },
      (f.rng() - 0.5) * 3,
    )
    if (side === -1) g = mirrorSleeve(g)
    const id = side === 1 ? 'sleeve-right' : 'sleeve-left'
    const folds = sleeveFolds(f, g, { bend: 7, stack: cuffH ? 4 : 0, gather: cuffH ? 3.4 : 0 })
    const endLine = [0.02, 0.3, 0.7, 0.98].map((t) => {
      const s = g.sections[Math.max(0, g.sections.length - 5)]!
      return pt(lerp(s.a.x, s.b.x, t), lerp(s.a.y, s.b.y, t))
    })
    parts.push({
      id,
      belongs: 'sleeve',
      ink: 'shell',
      outline: g.outline,
      origin: pt(side * 23, 7),
      folds,
      surface: { kind: 'strip', z: 8, dome: m.halfBicep * 0.19, sections: g.sections, bevel: 1.6 },
      ...(cuffH ? {} : { stitches: [endLine] }),
    })
    if (cuffH) {
      const linked = cuffKind === 'french'
      add(
        cuffOf(g, side, {
          id: `cuff-${side === 1 ? 'right' : 'left'}`,
          kind: 'band',
          height: cuffH,
          width: m.halfCuff,
          ink: 'shell',
          thick: 1,
          buttons: linked ? 0 : 2,
          close: linked ? 'linked' : corner,
        }),
      )
    }
  }
  const hem = tail
    ? through(
        [
          f.side[f.side.length - 1]!,
          pt(f.halfAt(m.bodyLength) * 0.93, m.bodyLength - tail * 0.72),
          pt(f.halfAt(m.bodyLength) * 0.68, m.bodyLength - 7),
          pt(f.halfAt(m.bodyLength) * 0.3, m.bodyLength),
          pt(-f.halfAt(m.bodyLength) * 0.3, m.bodyLength),
          pt(-f.halfAt(m.bodyLength) * 0.68, m.bodyLength - 7),
          pt(-f.halfAt(m.bodyLength) * 0.93, m.bodyLength - tail * 0.72),
          mirror([f.side[f.side.length - 1]!])[0]!,
        ],
        7,
      )
    : hemLine(f, 4)
  const folds = bodyFolds(f, { flutes: 3, fluteDepth: 6, from: f.ua.y + 30, drag: 4, swag: 2.4 })
  if (!f.back) weigh(folds, (x, y) => 1 - 0.55 * (1 - smooth(14, 60, Math.abs(x))) * smooth(0, 120, y))
  else if (pleat !== 'none' && pleat !== 'darts') {
    const yoke = lerp(f.sp.y, f.ua.y, 0.34)
    for (const x of pleat === 'box' ? [-PLEAT, PLEAT] : [-m.acrossBack * 0.33, m.acrossBack * 0.33])
      ridge(
        folds,
        [pt(x, yoke + 4), pt(x * 1.1, lerp(yoke, m.bodyLength, 0.3)), pt(x * 1.3, lerp(yoke, m.bodyLength, 0.66))],
        6,
        x < 0 ? 12 : 4,
        x < 0 ? 4 : 12,
        swell.start,
      )
  }
  const backDarts = f.back && pleat === 'darts' ? ([1, -1] as const).map((s) => onSide(fishEye(f), s)) : []
  // a dart draws the cloth in along its seam and lets it out softly beyond its points
  for (const path of backDarts) {
    const beyond = [pt(path[0]!.x, path[0]!.y - 60), ...path, pt(path.at(-1)!.x, path.at(-1)!.y + 60)]
    ridge(folds, beyond, -5, 16, 16, swell.middle)
  }
  const hemStitch = offset(hem, 8)
  const yokeFront = through(
    [pt(f.sp.x - 1, f.sp.y + 26), pt(lerp(f.np.x, f.sp.x, 0.5), lerp(f.np.y, f.sp.y, 0.5) + 27), pt(f.np.x + 3, 30)],
    6,
  )
  const yokeBackY = lerp(f.sp.y, f.ua.y, 0.34)
  const yokeBack = through([pt(f.sp.x - 14, yokeBackY), pt(0, yokeBackY + 5), pt(-f.sp.x + 14, yokeBackY)], 8)
  const yokes = f.back ? [yokeBack] : [yokeFront, mirror(yokeFront)]
  parts.push({
    id: 'body',
    belongs: 'body',
    ink: 'shell',
    outline: bodyOutline(f, neckline, hem),
    folds,
    surface: bodySurface(f, 38, 0.24),
    shadow: { dx: 3, dy: 7, blur: 9, opacity: 0.42, from: belowArms(f) },
    seams: [
      ...yokes.map((path) => ({ path, width: 1.8, depth: 0.7 })),
      ...[f.armhole, mirror(f.armhole)].map((path) => ({ path, width: 1.8, depth: 0.6 })),
      { path: hemStitch, width: 1.8, depth: 0.4 },
      ...backDarts.map((path) => ({ path, width: 2.2, depth: 1.8 })),
      ...(f.back && pleat === 'box'
        ? [-PLEAT, PLEAT].map((x) => ({
            path: [pt(x, yokeBackY + 4), pt(x * 1.06, lerp(yokeBackY, m.bodyLength, 0.3))],
            width: 2.2,
            depth: 1.3,
          }))
        : []),
    ],
    stitches: [
      hemStitch,
      ...yokes.map((p) => p.map((q) => pt(q.x, q.y + 4))),
      ...([1, -1] as const).map((s) => onSide(offset(f.armhole, 7), s)),
    ],
  })
  if (f.back) {
    if (collar !== 'band') add(backCollar(f, false, 'shell', 52))
    else add(backCollar(f, false, 'shell', 20))
    return finish(f, parts, trims, { cuff: long })
  }
  const low = m.bodyLength - 1
  const end = placket === 'popover' ? drop + 300 : low
  const w = 34
  const edge = f.lap * -w * 0.5
  if (placket !== 'french') {
    const strip = [pt(-w / 2, drop - 3), pt(w / 2, drop - 3), pt(w / 2, end), pt(-w / 2, end)]
    parts.push({
      id: 'placket',
      belongs: 'body',
      ink: 'shell',
      outline: strip,
      origin: pt(6, 2),
      surface: on(f.hand.thick * 1.5, 1.3),
      shadow: { dx: f.lap * -1.2 + 0.6, dy: 1.4, blur: 2.2, opacity: 0.42 },
      stitches: [
        [pt(-w / 2 + 4, drop), pt(-w / 2 + 4, end - 2)],
        [pt(w / 2 - 4, drop), pt(w / 2 - 4, end - 2)],
        ...(placket === 'popover'
          ? [
              [pt(-w / 2 + 4, end - 4), pt(w / 2 - 4, end - 4)],
              [pt(-w / 2 + 4, end - 18), pt(w / 2 - 4, end - 18)],
            ]
          : []),
      ],
    })
  } else {
    // a French front is turned in and held by its buttonholes: nothing but its edge is seen
    const front = parts.find(({ id }) => id === 'body')!
    front.seams = [...(front.seams ?? []), { path: [pt(edge, drop + 2), pt(edge, low + 2)], width: 2.8, depth: 1.7 }]
  }
  const column = placket === 'french' ? 'body' : 'placket'
  if (placket !== 'concealed') {
    const usual = spread(
      drop + 62,
      placket === 'popover' ? end - 40 : m.bodyLength - 108,
      placket === 'popover' ? 3 : (input.counts?.['buttons'] ?? 7),
    )
    const rows = input.buttons?.length ? input.buttons.map(({ y }) => y) : usual
    for (const y of rows) trims.push({ kind: 'buttonhole', at: pt(0, y), length: 15, angle: 90, over: column })
    trims.push(...buttonRow(rows, 0, 5.6, column))
  }
  const pw = m.halfChest * 0.215
  const patch = { x: f.ua.x * 0.5, y: f.ua.y - 36, w: pw, h: pw * 1.14, slant: 0, thick: 0.9, pointed: true }
  if (pockets === 'one') add(pocket('pocket-right', 'patch', { ...patch, side: 1 }))
  if (pockets === 'twoFlap')
    for (const side of [-1, 1] as const)
      add(
        pocket(`pocket-${side === 1 ? 'right' : 'left'}`, 'patch-flap', {
          ...patch,
          x: side * patch.x,
          side,
          button: true,
        }),
      )
  if (collar === 'band') add(standCollar(f, { height: 36, ink: 'shell', split: true }))
  else
    add(
      shirtCollar(f, {
        point: collar === 'camp' ? 84 : collar === 'cutaway' ? 70 : 74,
        spread: collar === 'cutaway' ? 0.92 : collar === 'camp' ? 0.8 : 0.6,
        stand: 34,
        ink: input.textures.contrast && /contrast/.test(c['collar'] ?? '') ? 'contrast' : 'shell',
        buttonDown: collar === 'buttonDown',
        open: collar === 'camp' ? 22 : 3,
        round: collar === 'round',
      }),
    )
  if (collar === 'band')
    trims.push({ kind: 'button', at: pt(f.lap * 2, drop - 16), radius: 5.2, style: 'four-hole', over: 'collar-right' })
  return finish(f, parts, trims, { cuff: long })
}
