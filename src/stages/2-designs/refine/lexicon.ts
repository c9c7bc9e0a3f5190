/**
 * What words mean for a garment, in Chinese and English: matched longest first on the raw sentence, because Chinese is
 * not cut into words. A block brings the labels of its own slots and options; the rest stands in said.ts.
 */
import type { Block, ConstructionOption, ConstructionSlot, Material } from '../../../garments/index.ts'
import { VOCABULARY } from '../../1-trends/door.ts'
import { FAMILY_WORDS, namedColours, PALETTE, type ColourFamily } from '../designer/palette.ts'
import type { Meaning } from './meaning.ts'
import { GENERAL, OPTION_WORDS, SLOT_WORDS, SLOTTED_WORDS } from './said.ts'

export interface Entry {
  text: string
  meaning: Meaning
  /** Latin entries match whole words only. */
  latin: boolean
}

const entry = (text: string, meaning: Meaning): Entry => ({
  text: text.toLowerCase(),
  meaning,
  latin: /^[\p{Script=Latin}\d]/u.test(text),
})

const split = (words: string, meaning: Meaning): Entry[] => words.split('|').map((text) => entry(text, meaning))

const isNone = (option: string): boolean => option === 'none'

/** The slot's option for "nothing of it", where it has one. */
export const noneOf = (slot: ConstructionSlot): ConstructionOption | undefined =>
  slot.options.find(({ value }) => isNone(value)) ??
  slot.options.find(({ value }) => /^(plain|unlined|no)$/.test(value))

function blockEntries(block: Block): Entry[] {
  return block.construction.flatMap((slot) => {
    const meaning: Meaning = { kind: 'slot', slot: slot.slot }
    return [
      ...split(SLOT_WORDS[slot.slot] ?? '', meaning),
      entry(slot.label.zh, meaning),
      entry(slot.label.en, meaning),
      ...slot.options.flatMap((option) => {
        if (isNone(option.value))
          return split(SLOTTED_WORDS[`${slot.slot}.${option.value}`] ?? '', {
            kind: 'option',
            slot: slot.slot,
            option: option.value,
          })
        const chosen: Meaning = { kind: 'option', slot: slot.slot, option: option.value }
        return [
          entry(option.label.zh, chosen),
          entry(option.label.en, chosen),
          ...split(OPTION_WORDS[option.value] ?? '', chosen),
          ...split(SLOTTED_WORDS[`${slot.slot}.${option.value}`] ?? '', chosen),
        ]
      }),
    ]
  })
}

/** Words for parts this block does not have: they are understood, and answered with what it has instead. */
function absentEntries(block: Block): Entry[] {
  const slots = new Set(block.construction.map(({ slot }) => slot))
  const options = new Set(block.construction.flatMap((slot) => slot.options.map(({ value }) => value)))
  const absent: Meaning = { kind: 'absent' }
  return [
    ...Object.entries(SLOT_WORDS).flatMap(([slot, words]) => (slots.has(slot) ? [] : split(words, absent))),
    ...Object.entries(OPTION_WORDS).flatMap(([option, words]) => (options.has(option) ? [] : split(words, absent))),
  ]
}

/** Colours that are called after a cloth: without 色 the cloth is meant. */
const A_CLOTH: ReadonlySet<string> = new Set(['亚麻'])

const colourEntries = (): Entry[] => [
  ...PALETTE.flatMap(({ id, name }) => {
    const meaning: Meaning = { kind: 'colour', id }
    const zh = name.zh.endsWith('色')
      ? [name.zh, ...(name.zh.length > 2 && !A_CLOTH.has(name.zh.slice(0, -1)) ? [name.zh.slice(0, -1)] : [])]
      : [name.zh, `${name.zh}色`]
    return [...zh.map((text) => entry(text, meaning)), entry(name.en, meaning)]
  }),
  ...VOCABULARY.filter(({ id, parts }) => parts.length > 0 && namedColours().has(`trend-${id}`)).flatMap(
    ({ id, zh, en }) => [...zh, ...en].map((text) => entry(text, { kind: 'colour', id: `trend-${id}` })),
  ),
  ...(Object.entries(FAMILY_WORDS) as [ColourFamily, (typeof FAMILY_WORDS)[ColourFamily]][]).flatMap(
    ([family, { zh, en }]) => [...zh, ...en].map((text) => entry(text, { kind: 'family', family })),
  ),
]

const materialEntries = (materials: readonly Material[]): Entry[] =>
  materials.flatMap(({ id, name }) => {
    const meaning: Meaning = { kind: 'material', id }
    const bare = name.zh.replace(/（.*?）/g, '')
    return [entry(id, meaning), entry(name.zh, meaning), entry(bare, meaning), entry(name.en, meaning)]
  })

/** Earlier kinds win where two entries have the same text. */
const PRECEDENCE: readonly Meaning['kind'][] = [
  'material',
  'option',
  'colour',
  'slot',
  'class',
  'aspect',
  'texture',
  'fibre',
  'family',
  'quality',
  'metal',
  'trim',
]
const rank = ({ kind }: Meaning): number => {
  if (kind === 'absent') return PRECEDENCE.length + 1
  const at = PRECEDENCE.indexOf(kind)
  return at < 0 ? PRECEDENCE.length : at
}

/** Every entry for a block and a stock of materials, longest first. */
export function lexiconFor(block: Block, materials: readonly Material[]): Entry[] {
  const all = [
    ...materialEntries(materials),
    ...blockEntries(block),
    ...colourEntries(),
    ...absentEntries(block),
    ...GENERAL.flatMap(([words, meaning]) => split(words, meaning)),
  ].filter(({ text }) => text !== '')
  const sorted = all.sort((a, b) => b.text.length - a.text.length || rank(a.meaning) - rank(b.meaning))
  const seen = new Map<string, Entry[]>()
  for (const item of sorted) seen.set(item.text, [...(seen.get(item.text) ?? []), item])
  // A label that two slots share ("贴袋") stays ambiguous and is settled by the slot named beside it; else the first wins.
  return [...seen.values()].flatMap((same) => {
    const options = same.filter(({ meaning }) => meaning.kind === 'option')
    return options.length > 1 ? options : same.slice(0, 1)
  })
}
