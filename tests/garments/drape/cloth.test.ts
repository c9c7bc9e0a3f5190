/** Each class of cloth hangs as cloth of its kind is known to, in the drape test of the trade. */
import { describe, expect, test } from 'vitest'
import { CLASSES, classOf, type ClothClass, clothOf, clothOfClass } from '../../../src/garments/drape/cloth.ts'
import { drapeCoefficient, PUBLISHED } from '../../../src/garments/drape/drape-test.ts'
import { MATERIALS } from '../../../src/garments/materials.ts'
import { TEXTURES } from '../../../src/garments/types.ts'

const NAMES = Object.keys(CLASSES) as ClothClass[]

describe('a disc of 30 cm on a plate of 18 cm', () => {
  test.each(NAMES)('%s has a drape coefficient inside the range of its kind', (name) => {
    const { gsm, from, to } = PUBLISHED[name]
    const percent = drapeCoefficient(name, gsm)
    expect(percent).toBeGreaterThanOrEqual(from)
    expect(percent).toBeLessThanOrEqual(to)
  })

  test('the same disc twice is the same; canvas stands out further than jersey', () => {
    const jersey = drapeCoefficient('jersey', 180)
    expect(drapeCoefficient('jersey', 180)).toBe(jersey)
    expect(drapeCoefficient('canvas', 340)).toBeGreaterThan(jersey + 30)
  })
})

test('every weave has its class, and every cloth of the library its numbers', () => {
  for (const texture of TEXTURES) expect(CLASSES[classOf(texture)]).toBeDefined()
  for (const material of Object.values(MATERIALS)) {
    const { gsm, warp, weft, bias, bend, thickness } = clothOf(material)
    for (const value of [gsm, warp, weft, bias, bend, thickness]) expect(value).toBeGreaterThan(0)
    expect(bias).toBeLessThan(warp)
  }
})

test('bending is weight times the cube of the bending length (Peirce); two layers weigh twice', () => {
  const { bend } = clothOfClass('poplin', 130)
  const length = CLASSES.poplin.bendingLength / 1000
  expect(bend).toBeCloseTo(0.13 * 9.81 * length ** 3 * 1e6, 6)
  const shell = { texture: 'poplin', gsm: 130 } as const
  expect(clothOf(shell, 2).gsm).toBe(260)
  expect(clothOf(shell, 2).bend).toBeGreaterThan(2 * clothOf(shell).bend)
})
