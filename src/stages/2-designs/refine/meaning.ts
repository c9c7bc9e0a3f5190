/** What a word of a refinement can mean. */
import type { Texture } from '../../../garments/index.ts'
import type { ColourFamily } from '../designer/palette.ts'

/** Parts of a garment that can be longer, wider, higher. */
export type Aspect =
  | 'length'
  | 'sleeve'
  | 'fit'
  | 'chest'
  | 'waist'
  | 'hem'
  | 'shoulder'
  | 'cuff'
  | 'bicep'
  | 'collar'
  | 'neck'
  | 'leg'
  | 'rise'
  | 'rib'
  | 'pocket'
  | 'belt'
  | 'lapel'
  | 'hood'
  | 'buttons'

export type Quality = 'cheaper' | 'finer' | 'warmer' | 'lighter'

export type Meaning =
  | { kind: 'not' }
  | { kind: 'add' }
  | { kind: 'too' }
  | { kind: 'less' }
  | { kind: 'degree'; size: 'small' | 'large' }
  | { kind: 'filler' }
  | { kind: 'towards'; axis: 'long' | 'wide' | 'high'; sign: 1 | -1 }
  | { kind: 'class'; aspect: 'length' | 'fit' | 'sleeve' | 'rise'; value: string }
  | { kind: 'aspect'; aspect: Aspect }
  | { kind: 'slot'; slot: string }
  | { kind: 'option'; slot: string; option: string }
  | { kind: 'colour'; id: string }
  | { kind: 'family'; family: ColourFamily }
  | { kind: 'shade'; sign: 1 | -1 }
  | { kind: 'trim'; trim: string }
  | { kind: 'metal'; hex: string; name: string }
  | { kind: 'cloth' }
  | { kind: 'fibre'; fibre: string }
  | { kind: 'texture'; textures: readonly Texture[]; fibre?: string }
  | { kind: 'material'; id: string }
  | { kind: 'quality'; quality: Quality }
  | { kind: 'colourway' }
  /** Between two wishes; `carry`: a "no" before it holds after it too ("不要腰带和毛领"). */
  | { kind: 'break'; carry: boolean }
  | { kind: 'amount'; mm?: number; percent?: number; count?: number }
  /** A part that garments have, but not this block. */
  | { kind: 'absent' }
  | { kind: 'unknown' }
