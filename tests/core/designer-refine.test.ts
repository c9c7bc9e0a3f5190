import { describe, expect, test } from 'vitest'
import {
  MATERIAL_LIBRARY,
  MATERIALS,
  sampleSpec,
  type Category,
  type Gender,
  type StyleSpec,
} from '../../src/garments/index.ts'
import { colourById } from '../../src/stages/2-designs/designer/palette.ts'
import { refineByRules, type Refinement } from '../../src/stages/2-designs/refine/refine.ts'

const coat = sampleSpec('coat', 'men', MATERIALS, {
  season: 'winter',
  construction: { closure: 'double-breasted', collar: 'fur', belt: 'half', pocket: 'welt' },
})
const navy = colourById('navy')
const olive = {
  ...coat,
  colourways: [
    { id: 'olive', name: { zh: '橄榄绿', en: 'Olive' }, colours: { ...coat.colourways[0]?.colours, shell: '#5d6037' } },
    {
      id: 'navy',
      name: { zh: '藏青', en: 'Navy' },
      colours: { ...coat.colourways[0]?.colours, shell: navy?.hex ?? '' },
    },
    {
      id: 'ink-black',
      name: { zh: '墨黑', en: 'Ink black' },
      colours: { ...coat.colourways[0]?.colours, shell: '#1d1e21' },
    },
  ],
} satisfies StyleSpec
const other = (category: Category, gender: Gender) => sampleSpec(category, gender, MATERIALS)
const tee = other('tee', 'women')
const shirt = other('shirt', 'men')

const say = (spec: StyleSpec, sentence: string): Refinement => refineByRules(spec, sentence, MATERIAL_LIBRARY)
const moved = (from: StyleSpec, result: Refinement, key: string): number =>
  (result.spec.parameters[key] ?? 0) - (from.parameters[key] ?? 0)

/** What a sentence must change: parameter → sign or exact difference; slot → option; and so on. */
interface Expected {
  by?: Record<string, number>
  up?: string[]
  down?: string[]
  slot?: Record<string, string>
  lead?: string
  shell?: (
    shell: NonNullable<StyleSpec['materials']['shell']>,
    was: NonNullable<StyleSpec['materials']['shell']>,
  ) => boolean
  colour?: Record<string, string>
  ways?: string[]
}

const CASES: readonly [StyleSpec, string, Expected][] = [
  [olive, '短一点', { by: { bodyLength: -30 } }],
  [olive, '短一点，领子换成布的', { by: { bodyLength: -30 }, slot: { collar: 'notched' } }],
  [olive, '长5厘米', { by: { bodyLength: 50 } }],
  [olive, '加长十公分', { by: { bodyLength: 100 } }],
  [olive, '衣长改成105厘米', { by: { bodyLength: 1050 - 1120 } }],
  [olive, '领子换成布的', { slot: { collar: 'notched' } }],
  [olive, '不要腰带', { slot: { belt: 'none' } }],
  [olive, '去掉毛领，改成立领', { slot: { collar: 'stand' } }],
  [olive, '不要腰带和毛领', { slot: { belt: 'none', collar: 'notched' } }],
  [olive, '改成藏青色', { lead: 'navy' }],
  [olive, '换成酒红，双排扣改成单排扣', { lead: 'burgundy', slot: { closure: 'single-breasted' } }],
  [olive, '更宽松', { up: ['chestEase', 'waistEase', 'seatEase'] }],
  [olive, '修身一些', { down: ['chestEase', 'waistEase'] }],
  [olive, '不要太长', { down: ['bodyLength'] }],
  [olive, '太长了', { down: ['bodyLength'] }],
  [olive, '袖子短3厘米', { by: { sleeveLength: -30, bodyLength: 0 } }],
  [olive, '领子高一点', { up: ['collarHeight'], slot: { collar: 'fur' } }],
  [olive, '肩宽一点', { up: ['shoulderEase'], by: { chestEase: 0 } }],
  [olive, '胸围加大4厘米', { up: ['chestEase'], by: { waistEase: 0 } }],
  [olive, '加肩襻，口袋换成带盖贴袋', { slot: { shoulder: 'epaulette', pocket: 'patch-flap' } }],
  [olive, '换便宜一点的面料', { shell: (now, was) => now.pricePerMetre < was.pricePerMetre }],
  [olive, '面料薄一点', { shell: (now, was) => now.gsm < was.gsm }],
  [olive, '换成人字呢', { shell: (now) => now.texture === 'herringbone' }],
  [olive, '扣子换成金色', { colour: { button: '#a58a55' }, lead: 'olive' }],
  [olive, '里布用酒红', { colour: { lining: colourById('burgundy')?.hex ?? '' }, lead: 'olive' }],
  [olive, '四排扣', { by: { buttonRows: 1 } }],
  [olive, '颜色深一点', { ways: ['!olive'] }],
  [olive, '加一个驼色配色', { ways: ['olive', 'navy', 'ink-black', 'camel'] }],
  [olive, '不要黑色', { ways: ['olive', 'navy'] }],
  [olive, '請改短一點，領子換成立領', { by: { bodyLength: -30 }, slot: { collar: 'stand' } }],
  [olive, 'longer, navy, no belt', { by: { bodyLength: 50 }, lead: 'navy', slot: { belt: 'none' } }],
  [olive, 'longer', { by: { bodyLength: 50 } }],
  [
    olive,
    'a bit shorter and slimmer with patch pockets',
    { by: { bodyLength: -30 }, down: ['chestEase'], slot: { pocket: 'patch' } },
  ],
  [olive, 'much longer', { by: { bodyLength: 100 } }],
  [olive, 'Make the sleeves 2 cm longer.', { by: { sleeveLength: 20, bodyLength: 0 } }],
  [olive, 'length to 105 cm', { by: { bodyLength: 1050 - 1120 } }],
  [olive, 'not so long, please', { down: ['bodyLength'] }],
  [olive, 'less wide', { down: ['chestEase'] }],
  [olive, 'no fur collar', { slot: { collar: 'notched' } }],
  [olive, 'without belt or fur collar', { slot: { belt: 'none', collar: 'notched' } }],
  [olive, 'stand collar instead', { slot: { collar: 'stand' } }],
  [olive, 'cheaper fabric', { shell: (now, was) => now.pricePerMetre < was.pricePerMetre }],
  [olive, 'gold buttons', { colour: { button: '#a58a55' } }],
  [olive, 'oversized, camel', { up: ['chestEase'], lead: 'camel' }],
  [olive, 'single-breasted with a concealed placket', { slot: { closure: 'concealed' } }],
  [olive, 'unlined', { slot: { lining: 'none' } }],
  [olive, 'cropped', { down: ['bodyLength'] }],
  [olive, 'in corduroy', { shell: (now) => now.texture === 'corduroy' }],
  [tee, 'V领，加胸袋', { slot: { collar: 'v', pocket: 'chest' } }],
  [tee, '长袖', { up: ['sleeveLength'], by: { bodyLength: 0 } }],
  [tee, '宽松一点，领口低一点', { up: ['chestEase', 'frontNeckDrop'] }],
  [tee, 'boxier with a scoop neck', { up: ['chestEase'], slot: { collar: 'scoop' } }],
  [shirt, '改成立领，短袖', { slot: { collar: 'band', sleeve: 'short' } }],
  [
    shirt,
    'linen, band collar, no pocket',
    { shell: (now) => now.texture === 'linen', slot: { collar: 'band', pocket: 'none' } },
  ],
]

describe('a sentence becomes changes', () => {
  test.each(CASES.map(([from, sentence, expected]) => ({ sentence, from, expected })))(
    '$sentence',
    ({ from, sentence, expected }) => {
      const result = say(from, sentence)
      expect(result.notUnderstood, sentence).toEqual([])
      for (const [key, mm] of Object.entries(expected.by ?? {}))
        expect(moved(from, result, key), `${sentence}: ${key}`).toBe(mm)
      for (const key of expected.up ?? []) expect(moved(from, result, key), `${sentence}: ${key}`).toBeGreaterThan(0)
      for (const key of expected.down ?? []) expect(moved(from, result, key), `${sentence}: ${key}`).toBeLessThan(0)
      expect(result.spec.construction, sentence).toMatchObject(expected.slot ?? {})
      if (expected.lead) expect(result.spec.colourways[0]?.id, sentence).toBe(expected.lead)
      for (const [part, hex] of Object.entries(expected.colour ?? {}))
        expect(
          result.spec.colourways.map(({ colours }) => colours[part]),
          sentence,
        ).toEqual(from.colourways.map(() => hex))
      if (expected.ways) {
        const [first] = expected.ways
        const ids = result.spec.colourways.map(({ id }) => id)
        if (first?.startsWith('!')) expect(ids[0]).not.toBe(first.slice(1))
        else expect(ids).toEqual(expected.ways)
      }
      const [shell, was] = [result.spec.materials.shell, from.materials.shell]
      if (expected.shell && shell && was)
        expect(expected.shell(shell, was), `${sentence}: ${shell.id} from ${was.id}`).toBe(true)
      expect(result.changes.length, sentence).toBeGreaterThan(0)
      for (const { label, from: before, to } of result.changes) {
        for (const text of [label, before, to]) expect(text.zh && text.en).toBeTruthy()
        expect(before).not.toEqual(to)
      }
    },
  )
})

describe('what cannot be done is said', () => {
  test('words nobody knows are handed back and nothing else is touched', () => {
    const result = say(olive, '请加上飞翔的独角兽')
    expect(result.changes).toEqual([])
    expect(result.spec).toEqual(olive)
    expect(result.notUnderstood[0]?.words).toContain('独角兽')
  })

  test('the understood part is done and the rest is named', () => {
    const result = say(olive, 'longer, and sparkly unicorns')
    expect(moved(olive, result, 'bodyLength')).toBe(50)
    expect(result.notUnderstood).toHaveLength(1)
    expect(result.notUnderstood[0]?.words).toContain('unicorns')
  })

  test('a part the block does not have is answered with what it has', () => {
    const result = say(olive, 'add a zip')
    expect(result.changes).toEqual([])
    expect(result.notUnderstood[0]?.reason.en).toContain('closure')
    expect(result.notUnderstood[0]?.reason.zh).toMatch(/门襟/)
  })

  test('a coat cannot go without a collar', () => {
    expect(say(olive, '不要领子').notUnderstood[0]?.reason.zh).toContain('不能没有')
  })

  test('what is so already is said to be so', () => {
    const result = say(olive, 'double-breasted')
    expect(result.changes).toEqual([])
    expect(result.notUnderstood[0]?.reason.en).toContain('already')
  })

  test('a length outside the range is brought into it and says so', () => {
    const result = say(olive, '加长一米，加长50厘米')
    expect(result.spec.parameters['bodyLength']).toBe(1330)
    expect(result.clamped[0]).toMatchObject({ parameter: 'bodyLength', used: 1330 })
    expect(result.changes.find(({ field }) => field === 'parameters.bodyLength')?.to.zh).toContain('超出版型范围')
  })

  test('what follows from a choice is told with it: side pockets beside a back zip take panels by fours', () => {
    const skirt = sampleSpec('full-skirt', 'women', MATERIALS, { construction: { closure: 'back-zip' } })
    const result = say(skirt, '加口袋')
    expect(result.spec.construction['pocket']).toBe('seam')
    expect(result.spec.parameters['panels']).toBe(8)
    const panels = result.changes.find(({ field }) => field === 'parameters.panels')
    expect(panels).toMatchObject({ label: { zh: '裙片数' }, from: { zh: '6' }, to: { zh: '8' } })
  })

  test('pockets in the side seams move a zip from there to the centre back, and it is said why', () => {
    const skirt = sampleSpec('full-skirt', 'women', MATERIALS, { construction: { closure: 'side-zip' } })
    const result = say(skirt, '加口袋')
    expect(result.spec.construction).toMatchObject({ pocket: 'seam', closure: 'back-zip' })
    const zip = result.changes.find(({ field }) => field === 'construction.closure')!
    expect(zip.from.zh).toBe('侧缝隐形拉链')
    expect(zip.to.zh).toBe('后中隐形拉链（侧缝要开袋口，同一条缝不能再装拉链，拉链改装在后中）')
    expect(zip.to.en).toMatch(/^Concealed zip at centre back \(.*pockets.*\)$/)
    expect(result.changes.map(({ field }) => field)).toContain('parameters.panels')
  })

  test('a zip asked for in a side seam that has a pocket is refused with the reason', () => {
    const skirt = sampleSpec('full-skirt', 'women', MATERIALS, {
      construction: { closure: 'back-zip', pocket: 'seam' },
      parameters: { panels: 8 },
    })
    const result = say(skirt, '侧缝隐形拉链')
    expect(result.spec).toBe(skirt)
    expect(result.changes).toEqual([])
    expect(result.notUnderstood.map(({ reason }) => reason.en).join()).toContain('cannot hold the zip')
  })

  test('an empty sentence and one of punctuation change nothing', () => {
    for (const sentence of ['', '，。！', '   '])
      expect(say(olive, sentence)).toMatchObject({ changes: [], notUnderstood: [] })
  })
})

describe('the style stays whole', () => {
  test('a fur collar taken away takes its cloth and its colours along, and putting it back brings them', () => {
    const without = say(olive, '领子换成布的').spec
    expect(without.materials.contrast).toBeUndefined()
    expect(without.colourways.every(({ colours }) => colours['contrast'] === undefined)).toBe(true)
    const again = say(without, '毛领').spec
    expect(again.materials.contrast?.texture).toBe('fur')
    expect(again.colourways.every(({ colours }) => colours['contrast'] !== undefined)).toBe(true)
  })

  test('names and stories follow the data', () => {
    const short = say(olive, '短款，换成灯芯绒').spec
    expect(short.names.zh).toContain('灯芯绒')
    expect(short.names.en.toLowerCase()).toContain('corduroy')
    expect(short.story.zh).toContain('棉98%')
  })

  test('the same sentence on the same style gives the same style', () => {
    expect(say(olive, '换成酒红，更宽松，人字呢')).toEqual(say(olive, '换成酒红，更宽松，人字呢'))
  })
})
