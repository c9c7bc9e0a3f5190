import { describe, expect, it } from 'vitest'
import { bodyOf, SIZE_SYSTEMS, sizeSystem } from '../../src/garments/sizes.ts'

const systems = Object.values(SIZE_SYSTEMS)

describe('body tables', () => {
  it.each(systems)('$id has at least five sizes and every measurement grows, or rests, from size to size', (system) => {
    expect(system.sizes.length).toBeGreaterThanOrEqual(5)
    for (let i = 1; i < system.sizes.length; i++) {
      const [small, large] = [system.sizes[i - 1], system.sizes[i]]
      for (const [key, value] of Object.entries(large?.body ?? {}))
        expect(value, `${system.id} ${key} ${small?.label}→${large?.label}`).toBeGreaterThanOrEqual(
          // The side from waist to armpit may shorten: the armhole of a bigger body is deeper.
          (small?.body[key] ?? 0) - (key === 'waistToArmpit' ? 10 : 0),
        )
    }
  })

  it('the intermediate bodies are those of GB/T 1335: 170/88A and 160/84A', () => {
    expect(bodyOf(sizeSystem('gbt1335-men', 'men'), '170/88A')).toMatchObject({
      height: 1700,
      chest: 880,
      waist: 740,
      seat: 900,
      neck: 368,
      waistToFloor: 1025,
    })
    expect(bodyOf(sizeSystem('gbt1335-women', 'women'), '160/84A')).toMatchObject({
      height: 1600,
      chest: 840,
      waist: 680,
      seat: 900,
      neck: 336,
      waistToFloor: 980,
    })
  })

  it('a size of series 5·4 is 5 cm taller, 4 cm wider in chest and waist, than the one before', () => {
    const system = sizeSystem('gbt1335-men', 'men')
    for (let i = 1; i < system.sizes.length; i++) {
      const [a, b] = [system.sizes[i - 1]?.body, system.sizes[i]?.body]
      for (const [key, step] of [
        ['height', 50],
        ['chest', 40],
        ['waist', 40],
        ['seat', 32],
      ] as const)
        expect((b?.[key] ?? 0) - (a?.[key] ?? 0)).toBe(step)
    }
  })

  it('a system for the other gender and an unknown size are refused with what there is', () => {
    expect(() => sizeSystem('gbt1335-men', 'women')).toThrow(/gbt1335-women, alpha-women/)
    expect(() => bodyOf(sizeSystem('alpha-men', 'men'), '3XL')).toThrow(/XS, S, M, L, XL, XXL/)
  })
})
