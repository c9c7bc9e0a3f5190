/** What a picture is made from: category, construction, the measures of the size shown, cloth and colours. */
import { problem } from '../../core/errors.ts'
import { definitionOf } from '../categories/index.ts'
import type { Full, PackshotInput, PackshotView } from '../drawing/input.ts'
import type { Category, MaterialRole, MeasureCode, Measures, Piece, Point, StyleSpec, Texture } from '../types.ts'

/** Where the fronts of a size are buttoned ({@link PackshotInput.buttons}), from the marks of its pattern pieces. */
export function frontButtons(pieces: readonly Piece[]): Point[] {
  const front = pieces.find(
    ({ id, lines }) => /^front(Left|Right)?$/.test(id) && lines.some(({ kind }) => kind === 'button'),
  )
  if (!front) return []
  // fronts are drafted with the centre front at x 0, and no point of theirs lies above the high point shoulder
  const top = front.seam.reduce((least, { y }) => Math.min(least, y), Infinity)
  return front.lines
    .flatMap(({ kind, points: [at] }) => (kind === 'button' && at ? [{ x: at.x, y: at.y - top }] : []))
    .toSorted((a, b) => a.y - b.y || a.x - b.x)
}

/** Darts of the shell's pieces ({@link PackshotInput.darts}). */
const dartsOf = (pieces: readonly Piece[]): Record<string, number> =>
  Object.fromEntries(
    pieces.flatMap(({ id, role, lines }) =>
      role === 'lining' || role === 'interlining' ? [] : [[id, lines.filter(({ kind }) => kind === 'dart').length]],
    ),
  )

const COUNTED = ['buttons', 'buttonRows', 'panels']

/**
 * Takes from a style what its picture needs. Colourway: by id; an unknown id is a problem, not a default.
 * @param size measures of the size shown and its pattern pieces, whose marks say where it is buttoned
 */
export function packshotInput(
  spec: StyleSpec,
  size: { measures: Measures; pieces?: readonly Piece[] },
  colourwayId: string,
  view: PackshotView,
  options: { sizePx?: number; aspect?: '1:1' | '4:5'; scale?: number } = {},
): PackshotInput {
  const colourway = spec.colourways.find((c) => c.id === colourwayId)
  if (!colourway)
    throw problem(
      'packshot.colourway',
      422,
      {
        en: `The style has no colourway "${colourwayId}". Choose one of: ${spec.colourways.map((c) => c.id).join(', ')}.`,
        zh: `该款没有配色“${colourwayId}”。可选：${spec.colourways.map((c) => c.id).join('、')}。`,
      },
      { field: 'colourwayId' },
    )
  const textures: Partial<Record<MaterialRole, { texture: Texture; repeatMm: number }>> = {}
  for (const [role, m] of Object.entries(spec.materials) as [MaterialRole, StyleSpec['materials'][MaterialRole]][])
    if (m) textures[role] = { texture: m.texture, repeatMm: m.repeatMm }
  return {
    category: spec.category,
    gender: spec.gender,
    construction: spec.construction,
    counts: Object.fromEntries(Object.entries(spec.parameters).filter(([key]) => COUNTED.includes(key))),
    measures: size.measures,
    ...(size.pieces ? { buttons: frontButtons(size.pieces), darts: dartsOf(size.pieces) } : {}),
    textures,
    colours: colourway.colours,
    seed: spec.seed,
    view,
    sizePx: options.sizePx ?? 1024,
    ...(options.aspect ? { aspect: options.aspect } : {}),
    ...(options.scale ? { scale: options.scale } : {}),
  }
}

/**
 * Measures as given, the missing ones from the category's usual proportions scaled to the given chest, waist or length,
 * so that a drawing never fails for a measure its pattern does not have.
 */
export function completeMeasures(category: Category, given: Measures): Full {
  const { usual, build } = definitionOf(category).drawing
  const keys: MeasureCode[] = ['halfChest', 'halfHip', 'halfWaist', 'bodyLength', 'inseam']
  const known = keys.find((k) => given[k] && usual[k])
  const ratio = known ? given[known]! / usual[known]! : 1
  const at = (k: MeasureCode, otherwise: number): number => {
    const v = given[k]
    if (v !== undefined && v > 0) return v
    return usual[k] !== undefined ? usual[k] * ratio : otherwise
  }
  const chest = at('halfChest', at('halfHip', 500))
  const length = at('bodyLength', 700)
  const shoulder = at('shoulder', chest * 0.82)
  const bicep = at('halfBicep', chest * 0.36)
  const cuff = at('halfCuff', chest * 0.2)
  const lower = build === 'trousers'
  const hip = at('halfHip', lower ? 520 : chest)
  const thigh = at('halfThigh', hip * 0.58)
  const inseam = at('inseam', 790)
  return {
    bodyLength: length,
    halfChest: chest,
    halfWaist: at('halfWaist', lower ? 420 : chest * 0.96),
    halfHem: at('halfHem', chest),
    shoulder,
    acrossFront: at('acrossFront', Math.min(shoulder - 30, chest * 0.76)),
    acrossBack: at('acrossBack', Math.min(shoulder - 18, chest * 0.8)),
    sleeveLength: at('sleeveLength', 620),
    halfBicep: bicep,
    halfElbow: at('halfElbow', bicep * 0.5 + cuff * 0.5 + 4),
    halfCuff: cuff,
    armhole: at('armhole', chest * 0.45),
    neckWidth: at('neckWidth', chest * 0.33),
    frontNeckDrop: at('frontNeckDrop', 85),
    backNeckDrop: at('backNeckDrop', 22),
    halfNeckStretched: at('halfNeckStretched', 300),
    collarHeight: at('collarHeight', 70),
    hoodHeight: at('hoodHeight', 340),
    hoodDepth: at('hoodDepth', 250),
    ribHeight: at('ribHeight', 60),
    cuffHeight: at('cuffHeight', 60),
    waistLength: at('waistLength', length > 900 ? 430 : Math.min(length * 0.62, 430)),
    halfHip: hip,
    frontRise: at('frontRise', 270),
    backRise: at('backRise', 380),
    inseam,
    outseam: at('outseam', inseam + at('frontRise', 270) * 0.93),
    halfThigh: thigh,
    halfKnee: at('halfKnee', thigh * 0.75),
    halfLegOpening: at('halfLegOpening', thigh * 0.62),
    waistband: at('waistband', 40),
  }
}
