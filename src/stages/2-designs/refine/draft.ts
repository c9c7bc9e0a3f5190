/** What a sentence is taken apart into, and the style it is worked into: shared by the rules of refine-*.ts. */
import type { Localized } from '../../../core/values.ts'
import type { Block, Material, StyleSpec } from '../../../garments/index.ts'
import type { Meaning } from './meaning.ts'
import type { Token } from './tokens.ts'
import type { Instead } from './kind.ts'

export interface Change {
  /** `parameters.bodyLength`, `construction.collar`, `materials.shell`, `colourways.0` … */
  field: string
  label: Localized
  from: Localized
  to: Localized
}

export interface NotUnderstood {
  words: string
  reason: Localized
  /** What may be designed anew from the same trends, where the wish takes another pattern. */
  instead?: Instead
}

/** One wish of the sentence, taken apart. */
export interface Clause {
  text: string
  tokens: readonly Token[]
  negated: boolean
  /** All meanings of a kind, in order. */
  all<K extends Meaning['kind']>(kind: K): Extract<Meaning, { kind: K }>[]
  has(kind: Meaning['kind']): boolean
  /** What of it was taken up; the rest is named as unheard. */
  readonly heard: Set<Meaning>
  /** The first meaning of a kind, taken up. */
  first<K extends Meaning['kind']>(kind: K): Extract<Meaning, { kind: K }> | undefined
  /** All meanings of some kinds are taken up. */
  hear(...kinds: Meaning['kind'][]): void
}

/** What the appliers read and write while a sentence is worked through. */
export interface Draft {
  spec: StyleSpec
  readonly block: Block
  readonly stock: readonly Material[]
  readonly changes: Change[]
  readonly refused: NotUnderstood[]
}
