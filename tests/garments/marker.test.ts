import { areaD, FillRule, intersectD } from 'clipper2-ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  improve,
  laidArea,
  markerSvg,
  mixedMarker,
  nest,
  planSections,
  polygonArea,
} from '../../src/garments/marker.ts'
import type { ImproveOptions, NestCloth, NestRequest } from '../../src/garments/marker.ts'
import { DEFAULT_GAP_MM } from '../../src/garments/marker.ts'
import type { Marker, Piece, Placement, Point } from '../../src/garments/types.ts'

const piece = (id: string, cut: readonly Point[], more: Partial<Piece> = {}): Piece => ({
  id,
  name: { zh: `${id}片`, en: id },
  role: 'shell',
  count: 1,
  mirrored: false,
  cut,
  seam: cut,
  grainDeg: 90,
  notches: [],
  lines: [],
  ...more,
})
const box = (width: number, height: number): Point[] => [
  { x: 0, y: 0 },
  { x: width, y: 0 },
  { x: width, y: height },
  { x: 0, y: height },
]
/** Neither symmetric left to right nor top to bottom, so that mirroring and turning show. */
const wing: Point[] = [
  { x: 0, y: 0 },
  { x: 300, y: 40 },
  { x: 260, y: 500 },
  { x: 120, y: 620 },
  { x: 0, y: 600 },
]
const cloth = (more: Partial<NestCloth> = {}): NestCloth => ({
  role: 'shell',
  usableWidthMm: 1460,
  nap: false,
  ...more,
})
const shirtish: NestRequest[] = [
  { piece: piece('front', wing, { count: 2, mirrored: true }), size: 'M', copies: 1 },
  { piece: piece('back', box(560, 740)), size: 'M', copies: 1 },
  {
    piece: piece(
      'sleeve',
      [
        { x: 0, y: 180 },
        { x: 200, y: 0 },
        { x: 420, y: 190 },
        { x: 330, y: 600 },
        { x: 90, y: 600 },
      ],
      { count: 2, mirrored: true },
    ),
    size: 'M',
    copies: 1,
  },
  {
    piece: piece('collar', [
      { x: 0, y: 0 },
      { x: 420, y: 0 },
      { x: 440, y: 70 },
      { x: 220, y: 40 },
      { x: 0, y: 70 },
    ]),
    size: 'M',
    copies: 1,
  },
]

const overlap = (a: Placement, b: Placement): number =>
  intersectD([[...a.outline]], [[...b.outline]], FillRule.NonZero, 3).reduce((sum, p) => sum + Math.abs(areaD(p)), 0)

function largestOverlap(marker: Marker): number {
  let worst = 0
  for (let i = 0; i < marker.placements.length; i++)
    for (let j = i + 1; j < marker.placements.length; j++)
      worst = Math.max(worst, overlap(marker.placements[i]!, marker.placements[j]!))
  return worst
}

const distanceToEdge = (p: Point, outline: readonly Point[]): number => {
  let near = Infinity
  for (const [i, a] of outline.entries()) {
    const b = outline[(i + 1) % outline.length]!
    const [dx, dy] = [b.x - a.x, b.y - a.y]
    const t = Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)))
    near = Math.min(near, Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy))
  }
  return near
}

const inCloth = (marker: Marker): boolean =>
  marker.placements.every((placement) =>
    placement.outline.every(
      (p) => p.x >= -0.01 && p.x <= marker.widthMm + 0.11 && p.y >= -0.01 && p.y <= marker.lengthMm + 0.01,
    ),
  )

/** Simple polygons of any shape: corners at rising angles round a centre. */
const anyOutline = fc
  .array(fc.tuple(fc.double({ min: 0.25, max: 1, noNaN: true }), fc.double({ min: 0.3, max: 1, noNaN: true })), {
    minLength: 3,
    maxLength: 9,
  })
  .chain((corners) => fc.tuple(fc.constant(corners), fc.integer({ min: 40, max: 350 })))
  .map(([corners, size]) => {
    const total = corners.reduce((sum, [step]) => sum + step, 0)
    let angle = 0
    return corners.map(([step, radius]) => {
      angle += (step / total) * 2 * Math.PI
      return { x: size * radius * Math.cos(angle), y: 1.6 * size * radius * Math.sin(angle) }
    })
  })
const anyRequests = fc.array(
  fc.record({
    cut: anyOutline,
    count: fc.integer({ min: 1, max: 3 }),
    mirrored: fc.boolean(),
    copies: fc.integer({ min: 0, max: 2 }),
    grainDeg: fc.constantFrom(90, 0, 270, 45),
  }),
  { minLength: 1, maxLength: 6 },
)
const requestsOf = (
  rows: readonly { cut: Point[]; count: number; mirrored: boolean; copies: number; grainDeg: number }[],
) =>
  rows.map(({ cut, count, mirrored, copies, grainDeg }, i): NestRequest => ({
    piece: piece(`p${i}`, cut, { count, mirrored, grainDeg }),
    size: 'M',
    copies,
  }))

describe('laying pieces on cloth', () => {
  test('no two pieces overlap, all lie in the cloth, and as many lie there as were asked for, whatever their shapes', () => {
    fc.assert(
      fc.property(anyRequests, fc.boolean(), fc.integer({ min: 0, max: 50 }), (rows, nap, seed) => {
        const requests = requestsOf(rows)
        const marker = nest(requests, cloth({ nap }), { iterations: 6, seed, stripMm: 7 })
        expect(largestOverlap(marker)).toBeLessThan(0.5)
        expect(inCloth(marker)).toBe(true)
        for (const { piece: wanted, copies } of requests) {
          const laid = marker.placements.filter((placement) => placement.piece === wanted.id)
          const fits = !marker.misfits.some((misfit) => misfit.piece === wanted.id)
          expect(laid).toHaveLength(fits ? wanted.count * copies : 0)
          for (const placement of laid) expect(polygonArea(placement.outline)).toBeCloseTo(polygonArea(wanted.cut), 1)
        }
        if (marker.placements.length > 0) {
          expect(marker.utilisation).toBeGreaterThan(0)
          expect(marker.utilisation).toBeLessThan(1)
          expect(marker.utilisation).toBeCloseTo(laidArea(marker) / (marker.widthMm * marker.lengthMm), 6)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('the knife has its room: every two pieces are the gap apart', () => {
    const marker = nest(shirtish, cloth(), { iterations: 40 })
    for (const a of marker.placements)
      for (const b of marker.placements)
        if (a !== b)
          for (const corner of a.outline)
            expect(distanceToEdge(corner, b.outline)).toBeGreaterThanOrEqual(DEFAULT_GAP_MM - 0.25)
  })

  test('on cloth with a nap every piece lies the same way up, and that takes no less cloth', () => {
    const free = nest(shirtish, cloth(), { iterations: 80 })
    const napped = nest(shirtish, cloth({ nap: true }), { iterations: 80 })
    expect(napped.placements.map((placement) => placement.rotation)).not.toContain(180)
    expect(free.placements.some((placement) => placement.rotation === 180)).toBe(true)
    expect(napped.lengthMm).toBeGreaterThanOrEqual(free.lengthMm)
  })

  test('left and right are cut as mirror images, garment by garment', () => {
    const [request] = shirtish
    const marker = nest([{ ...request!, copies: 3 }], cloth(), { iterations: 5 })
    expect(marker.placements.filter((placement) => placement.mirrored)).toHaveLength(3)
    const turn = ({ outline }: Placement): number =>
      Math.sign(
        outline.reduce((sum, a, i) => {
          const b = outline[(i + 1) % outline.length]!
          return sum + a.x * b.y - b.x * a.y
        }, 0),
      )
    for (const placement of marker.placements) expect(turn(placement)).toBe(placement.mirrored ? -1 : 1)
  })

  test('the grain runs along the cloth, also for a piece that was drafted lying on its side', () => {
    const lying = nest([{ piece: piece('belt', box(1200, 60), { grainDeg: 0 }), size: 'M', copies: 1 }], cloth())
    expect(lying.lengthMm).toBe(1200)
    const standing = nest([{ piece: piece('belt', box(1200, 60)), size: 'M', copies: 1 }], cloth())
    expect(standing.lengthMm).toBe(60)
  })

  test('a piece wider than the cloth is named with the width it needs, and the others are laid', () => {
    const marker = nest([...shirtish, { piece: piece('circle', box(1700.4, 900)), size: 'M', copies: 1 }], cloth(), {
      iterations: 3,
    })
    expect(marker.misfits).toEqual([{ piece: 'circle', size: 'M', needMm: 1701 }])
    expect(marker.placements).toHaveLength(6)
  })

  test('a rectangle as wide as the cloth uses all of it', () => {
    const marker = nest([{ piece: piece('panel', box(1460, 800)), size: 'M', copies: 1 }], cloth())
    expect(marker.lengthMm).toBe(800)
    expect(marker.utilisation).toBeCloseTo(1, 6)
  })

  test('the same pieces and seed give the same marker; more moves never a longer one', () => {
    const first = nest(shirtish, cloth(), { iterations: 50, seed: 7 })
    expect(nest(shirtish, cloth(), { iterations: 50, seed: 7 })).toEqual(first)
    const lengths = [0, 10, 40, 160].map((iterations) => nest(shirtish, cloth(), { iterations, seed: 7 }).lengthMm)
    // The cost weighs depth in a little: a millimetre may be given for it, never more.
    for (let i = 1; i < lengths.length; i++) expect(lengths[i]!).toBeLessThanOrEqual(lengths[i - 1]! * 1.02)
  })

  test('on a check the hems lie on the repeat and the pieces are centred on it', () => {
    const repeat = { alongMm: 64, acrossMm: 64 }
    const marker = nest(shirtish, cloth({ nap: true, repeat }), { iterations: 20 })
    const phase = (value: number): number => ((value % 64) + 64) % 64
    const hems = marker.placements.map((p) => phase(Math.max(...p.outline.map((q) => q.y))))
    for (const hem of hems) expect(Math.abs(hem - hems[0]!)).toBeLessThan(0.2)
    for (const p of marker.placements) {
      const xs = p.outline.map((q) => q.x)
      const centre = phase((Math.min(...xs) + Math.max(...xs)) / 2)
      expect(Math.min(centre, 64 - centre)).toBeLessThan(0.2)
    }
    expect(largestOverlap(marker)).toBeLessThan(0.5)
    expect(marker.lengthMm).toBeGreaterThanOrEqual(nest(shirtish, cloth({ nap: true }), { iterations: 20 }).lengthMm)
  })

  test('nothing to lay is an empty marker, not a failure', () => {
    expect(nest([], cloth())).toMatchObject({ lengthMm: 0, utilisation: 0, placements: [] })
  })

  test('cloth without a width, a piece without an outline and half a garment are refused in both languages', () => {
    for (const [requests, on] of [
      [shirtish, cloth({ usableWidthMm: 0 })],
      [[{ piece: piece('line', box(1, 1).slice(0, 2)), size: 'M', copies: 1 }], cloth()],
      [[{ ...shirtish[0]!, copies: 0.5 }], cloth()],
    ] as const)
      expect(() => nest(requests, on)).toThrowError(
        expect.objectContaining({
          status: 422,
          text: { zh: expect.stringMatching(/[一-龥]/), en: expect.any(String) },
        }),
      )
  })

  test('an aborted nesting stops', () => {
    expect(() => nest(shirtish, cloth(), { signal: AbortSignal.abort() })).toThrowError(/abort/i)
  })
})

describe('the improving search', () => {
  const rack = shirtish.map((request) => ({ ...request, copies: 2 }))

  test('is never longer than the quick marker, and tells how far it is', async () => {
    const told: number[] = []
    const quick = nest(rack, cloth(), { iterations: 0 })
    const better = await improve(rack, cloth(), { budgetMs: 250, onProgress: ({ lengthMm }) => told.push(lengthMm) })
    expect(better.lengthMm).toBeLessThanOrEqual(quick.lengthMm)
    expect(better.placements).toHaveLength(quick.placements.length)
    expect(largestOverlap(better)).toBeLessThan(0.5)
    expect(told.length).toBeGreaterThan(0)
    expect(told).toEqual([...told].sort((a, b) => b - a))
  })

  test('a marker that is not beaten is the answer', async () => {
    const good = nest(rack, cloth(), { iterations: 400 })
    expect((await improve(rack, cloth(), { budgetMs: 1, beat: good })).lengthMm).toBeLessThanOrEqual(good.lengthMm)
    const short = { ...good, lengthMm: 1 }
    expect(await improve(rack, cloth(), { budgetMs: 1, beat: short })).toBe(short)
  })

  test('answers with its best so far when it is stopped', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 60)
    const started = performance.now()
    const marker = await improve(rack, cloth(), { budgetMs: 20_000, signal: stop.signal })
    expect(performance.now() - started).toBeLessThan(5000)
    expect(marker.lengthMm).toBeGreaterThan(0)
  })
})

describe('letting pieces overlap and moving them apart', () => {
  const rack = shirtish.map((request) => ({ ...request, copies: 3 }))
  const apart = (more: Partial<NestCloth> = {}, options: Partial<ImproveOptions> = {}) =>
    improve(rack, cloth(more), { budgetMs: 0, rounds: 150, ...options })

  /** Least distance of two outlines, mm; 0 where they overlap. */
  const between = (a: Placement, b: Placement): number =>
    overlap(a, b) > 0
      ? 0
      : Math.min(
          ...a.outline.map((p) => distanceToEdge(p, b.outline)),
          ...b.outline.map((p) => distanceToEdge(p, a.outline)),
        )
  const closest = ({ placements }: Marker): number =>
    Math.min(...placements.flatMap((a, i) => placements.slice(i + 1).map((b) => between(a, b))))

  test('gives a shorter marker of the same pieces, the same one for the same seed and rounds', async () => {
    const quick = nest(rack, cloth())
    const better = await apart()
    expect(better.method).toMatch(/^moved apart/)
    expect(better.lengthMm).toBeLessThan(quick.lengthMm)
    expect(await apart()).toEqual(better)
    const cutsOf = ({ placements }: Marker) =>
      placements.map(({ piece: id, size, copy, mirrored }) => `${id} ${size} ${copy} ${mirrored}`).toSorted()
    expect(cutsOf(better)).toEqual(cutsOf(quick))
    expect(better.utilisation).toBeCloseTo(laidArea(better) / (better.widthMm * better.lengthMm), 6)
  })

  test('leaves the knife its room and keeps every piece in the cloth, as the true outlines lie', async () => {
    for (const nap of [false, true]) {
      const marker = await apart({ nap })
      expect(marker.method).toMatch(/^moved apart/)
      expect(closest(marker)).toBeGreaterThanOrEqual(DEFAULT_GAP_MM - 0.05)
      expect(inCloth(marker)).toBe(true)
    }
  })

  test('turns pieces only where the nap allows it, and keeps their grain along the cloth', async () => {
    const napped = await apart({ nap: true })
    expect(napped.placements.every(({ rotation }) => rotation === 0)).toBe(true)
    for (const marker of [napped, await apart()])
      for (const { piece: id, outline } of marker.placements) {
        const { cut } = rack.find((request) => request.piece.id === id)!.piece
        const tall = (points: readonly Point[]) =>
          Math.max(...points.map((p) => p.y)) - Math.min(...points.map((p) => p.y))
        expect(tall(outline)).toBeCloseTo(tall(cut), 6)
      }
  })

  test('holds for pieces of any shape, sharp and hollow', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequests, fc.boolean(), fc.integer({ min: 0, max: 50 }), async (rows, nap, seed) => {
        const requests = requestsOf(rows)
        const marker = await improve(requests, cloth({ nap, usableWidthMm: 1000 }), { budgetMs: 0, rounds: 25, seed })
        expect(largestOverlap(marker)).toBe(0)
        expect(inCloth(marker)).toBe(true)
        const quick = nest(requests, cloth({ nap, usableWidthMm: 1000 }), { iterations: 0, seed })
        expect(marker.lengthMm).toBeLessThanOrEqual(quick.lengthMm)
        expect(marker.placements).toHaveLength(quick.placements.length)
        if (marker.placements.length > 1 && marker.method.startsWith('moved apart'))
          expect(closest(marker)).toBeGreaterThanOrEqual(DEFAULT_GAP_MM - 0.05)
      }),
      { numRuns: 30 },
    )
  })

  test('goes on from the marker that is to be beaten', async () => {
    const once = await apart()
    const twice = await apart({}, { beat: once, seed: 2 })
    expect(twice.lengthMm).toBeLessThanOrEqual(once.lengthMm)
    expect(largestOverlap(twice)).toBe(0)
  })

  test('leaves a check on its repeat: such a marker is searched by orders alone', async () => {
    const repeat = { alongMm: 64, acrossMm: 64 }
    const marker = await apart({ nap: true, repeat })
    expect(marker.method).not.toMatch(/moved apart/)
    const phases = marker.placements.map(({ outline }) => Math.max(...outline.map((p) => p.y)) % 64)
    for (const phase of phases) expect(Math.abs(phase - phases[0]!)).toBeLessThan(0.2)
  })
})

describe('cutting an order', () => {
  const sized = Object.fromEntries(
    ['S', 'M', 'L'].map((size, i) => [
      size,
      shirtish.map(({ piece: p }) => ({
        ...p,
        cut: p.cut.map((q) => ({ x: q.x * (1 + i * 0.04), y: q.y * (1 + i * 0.03) })),
      })),
    ]),
  )

  test('cuts exactly what was ordered, for any quantities', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('XS', 'S', 'M', 'L', 'XL', 'XXL'), fc.integer({ min: 1, max: 240 }), {
          minKeys: 1,
        }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 60 }),
        (wanted, maxGarments, maxPlies) => {
          const cut: Record<string, number> = {}
          for (const { ratio, plies } of planSections(new Map(Object.entries(wanted)), maxGarments, maxPlies)) {
            expect(plies).toBeLessThanOrEqual(maxPlies)
            expect([...ratio.values()].reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(maxGarments)
            for (const [size, count] of ratio) cut[size] = (cut[size] ?? 0) + count * plies
          }
          expect(cut).toEqual({ ...wanted })
        },
      ),
      { numRuns: 60 },
    )
  })

  test('mixed sizes take less cloth than one garment at a time', () => {
    const quantities = { S: 23, M: 48, L: 31 }
    const plan = mixedMarker(sized, cloth(), quantities, { iterations: 15 })
    const alone = Object.entries(quantities).reduce(
      (sum, [size, count]) =>
        sum +
        count *
          (40 +
            nest(
              sized[size]!.map((p) => ({ piece: p, size, copies: 1 })),
              cloth(),
              { iterations: 15 },
            ).lengthMm),
      0,
    )
    expect(plan.garments).toBe(102)
    expect(plan.clothMm).toBeLessThan(alone)
    for (const spread of plan.spreads) {
      expect(largestOverlap(spread.marker)).toBeLessThan(0.5)
      expect(spread.clothMm).toBe(spread.plies * (spread.marker.lengthMm + 40))
    }
    expect(plan.utilisation).toBeGreaterThan(0.6)
  })

  test('a size that was never drafted is refused by name', () => {
    expect(() => mixedMarker(sized, cloth(), { XXL: 3 })).toThrowError(/XXL/)
  })
})

describe('the drawing', () => {
  const marker = nest(shirtish, cloth(), { iterations: 5 })

  test('shows every piece by name, the width, the length and the utilisation, in the language asked for', () => {
    const names = Object.fromEntries(shirtish.map(({ piece: p }) => [p.id, p.name]))
    const zh = markerSvg(marker, 'zh', names)
    expect(zh).toContain('排料图')
    expect(zh).toContain('front片')
    expect(zh).toContain(`${(marker.lengthMm / 1000).toFixed(3)} m`)
    expect(zh).toContain('1460 mm')
    expect(zh).toContain(`${(marker.utilisation * 100).toFixed(1)} %`)
    expect(markerSvg(marker, 'en', names)).toContain('utilisation')
    expect(zh.match(/<g>/g)).toHaveLength(marker.placements.length)
  })

  test('a name cannot break the drawing', () => {
    const svg = markerSvg(marker, 'en', { back: { zh: '<script>', en: '<script>&"' } })
    expect(svg).not.toContain('<script>')
    expect(svg).toContain('&lt;script&gt;&amp;')
  })
})
