/** Where pockets and buttons lie, as a person measures it on the cut piece. */
import { expect, test } from 'vitest'
import { BLOCKS } from '../../src/garments/categories/index.ts'
import { boxOf } from '../../src/garments/geometry.ts'
import { MATERIALS } from '../../src/garments/materials.ts'
import { sampleSpec } from '../../src/garments/sample.ts'
import { positionsOf } from '../../src/garments/techpack/positions.ts'
import { draftOf } from '../support/drafts.ts'

test.each(BLOCKS.map(({ category, gender }) => ({ category, gender })))(
  'every pocket and every button of a $category for $gender has its place in every size',
  ({ category, gender }) => {
    const spec = sampleSpec(category, gender, MATERIALS)
    const draft = draftOf(spec)
    const base = draft.sizes.find(({ size }) => size === spec.sizes.base)!
    const positions = positionsOf(draft, spec.sizes.base)
    for (const piece of base.pieces.filter(({ role }) => role === 'shell')) {
      const own = positions.filter((each) => each.piece === piece.id)
      for (const [kind, ...words] of [
        ['pocket', 'Pocket', 'Pocket flap', 'Pocket mouth'],
        ['button', 'Button'],
        ['buttonhole', 'Buttonhole'],
      ]) {
        const marks = piece.lines.filter((line) => line.kind === kind)
        const placed = own.filter(({ what }) => words.includes(what.en))
        expect(placed.reduce((sum, { count }) => sum + count, 0)).toBe(marks.length)
        // Measured again: the upper end of the first mark below the piece's highest point.
        const tops = marks.map(({ points }) => Math.round(boxOf(points).y0 - boxOf(piece.seam).y0))
        for (const { fromTop } of placed) expect(tops).toContain(fromTop[base.size])
      }
    }
    for (const { fromTop, fromEdge, spacing } of positions)
      for (const values of [fromTop, fromEdge, ...(spacing ? [spacing] : [])]) {
        expect(Object.keys(values)).toEqual(draft.sizes.map(({ size }) => size))
        for (const mm of Object.values(values)) expect(mm).toBeGreaterThanOrEqual(0)
      }
  },
)

test('a shirt’s buttons are one row with its spacing, near the front edge', () => {
  const draft = draftOf(sampleSpec('shirt', 'men', MATERIALS))
  const row = positionsOf(draft, '175/92A').find(({ piece, what }) => piece === 'frontRight' && what.en === 'Button')!
  const front = draft.sizes[2]!.pieces.find(({ id }) => id === 'frontRight')!
  const buttons = front.lines.filter(({ kind }) => kind === 'button').map(({ points }) => points[0]!)
  expect(row.count).toBe(buttons.length)
  expect(row.spacing?.['175/92A']).toBe(Math.round((buttons.at(-1)!.y - buttons[0]!.y) / (buttons.length - 1)))
  // Of both sides the nearer one counts, at the height of the first button.
  const { x0, x1 } = boxOf(front.seam)
  expect(row.fromEdge['175/92A']).toBeLessThanOrEqual(Math.round(Math.min(buttons[0]!.x - x0, x1 - buttons[0]!.x)))
  expect(row.fromEdge['175/92A']).toBeGreaterThan(0)
})

test('a coat’s flap, lapel, collar and half belt are told as such, as a person measures them again', () => {
  const draft = draftOf(sampleSpec('coat', 'men', MATERIALS))
  const positions = positionsOf(draft, '175/92A')
  const found = (piece: string, words: RegExp) =>
    positions.find((each) => each.piece === piece && words.test(each.what.en))!
  const base = draft.sizes[2]!
  const front = base.pieces.find(({ id }) => id === 'front')!
  const flap = boxOf(base.pieces.find(({ id }) => id === 'flap')!.seam)
  const placed = found('front', /^Pocket flap$/).size!['175/92A']!
  expect(Math.abs(placed.width - (flap.x1 - flap.x0))).toBeLessThanOrEqual(4)
  expect(Math.abs(placed.height - (flap.y1 - flap.y0))).toBeLessThanOrEqual(4)
  const lapel = found('front', /^Break point/)
  const { rollLineStart, collarTip, cfNeck } = front.anchors!
  expect(lapel.fromTop['175/92A']).toBe(Math.round(rollLineStart!.y - boxOf(front.seam).y0))
  expect(lapel.fromEdge['175/92A']).toBe(0)
  // A lapel of a coat is between a hand’s width and two.
  expect(lapel.size!['175/92A']!.width).toBeGreaterThan(70)
  expect(lapel.size!['175/92A']!.width).toBeLessThan(200)
  const notch = Math.hypot(collarTip!.x - cfNeck!.x, collarTip!.y - cfNeck!.y)
  expect(found('front', /^Lapel tip/).size!['175/92A']!.width).toBe(Math.round(notch))
  expect(found('collar', /^Collar point/).size!['175/92A']!.width).toBeGreaterThan(20)
  const belt = found('back', /^Belt/)
  expect(belt.fromTop['175/92A']).toBeGreaterThan(300)
  expect(belt.fromTop['175/92A']).toBeLessThan(600)
  for (const { what } of positions) expect(what.en).not.toBe('Guide')
})

test.each([
  ['jacket', 'men'],
  ['shirt', 'men'],
] as const)('a %s for %s tells its collar, and its lapel where it has one', (category, gender) => {
  const positions = positionsOf(draftOf(sampleSpec(category, gender, MATERIALS)), '175/92A')
  expect(positions.filter(({ what }) => what.en.startsWith('Collar point'))).toHaveLength(1)
  expect(positions.filter(({ what }) => what.en.startsWith('Break point'))).toHaveLength(category === 'jacket' ? 1 : 0)
})
