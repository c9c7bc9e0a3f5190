/** Machines of a sewing floor by what they do, with the speeds that standard minutes are reckoned from. */
import type { Localized } from '../../core/values.ts'
import { both, type StitchKey } from '../blocks/common.ts'

export interface Machine {
  name: Localized
  /** ISO 4915; null where nothing is stitched. */
  stitch: string | null
  /** Stitches a minute that a machinist reaches on short seams: about half of what the plate says (ours). */
  perMinute: number
}

export const MACHINES = {
  table: { name: both('台板手工', 'Work table, by hand'), stitch: null, perMinute: 0 },
  cutter: { name: both('裁床、电剪', 'Cutting table, straight knife'), stitch: null, perMinute: 0 },
  fusing: { name: both('粘合机', 'Fusing press'), stitch: null, perMinute: 0 },
  iron: { name: both('烫台、蒸汽熨斗', 'Steam iron and vacuum table'), stitch: null, perMinute: 0 },
  press: { name: both('整烫机', 'Form or pants press'), stitch: null, perMinute: 0 },
  lockstitch: { name: both('平车', 'Lockstitch, one needle'), stitch: '301', perMinute: 2000 },
  chainstitch: {
    name: both('双线链缝车（埋夹）', 'Feed-off-the-arm, two-thread chainstitch'),
    stitch: '401',
    perMinute: 2200,
  },
  overlock3: { name: both('三线拷边车', 'Overlock, three threads'), stitch: '504', perMinute: 3000 },
  overlock4: { name: both('四线拷边车', 'Overlock, four threads'), stitch: '514', perMinute: 3000 },
  overlock5: { name: both('五线拷边车', 'Safety stitch, five threads'), stitch: '516', perMinute: 2800 },
  cover2: { name: both('双针坎车', 'Coverstitch, two needles'), stitch: '406', perMinute: 2500 },
  cover3: { name: both('三针五线绷缝车', 'Cover seam, three needles'), stitch: '605', perMinute: 2500 },
  blind: { name: both('撬边车', 'Blind-hem machine'), stitch: '103', perMinute: 1200 },
  zigzag: { name: both('打枣车', 'Bartacker'), stitch: '304', perMinute: 1200 },
  buttonhole: { name: both('平头锁眼车', 'Buttonhole machine'), stitch: '304', perMinute: 1200 },
  eyelet: { name: both('圆头锁眼车（凤眼）', 'Eyelet buttonhole machine'), stitch: '404', perMinute: 1000 },
  buttonSew: { name: both('钉扣车', 'Button-sewing machine'), stitch: '107', perMinute: 1000 },
} as const satisfies Record<string, Machine>
export type MachineId = keyof typeof MACHINES

/** Which machine sews a seam of the construction table. */
export const MACHINE_OF: Readonly<Record<StitchKey, MachineId>> = {
  knitAssembly: 'overlock4',
  knitTape: 'lockstitch',
  knitHem: 'cover2',
  ribJoin: 'overlock4',
  ribCover: 'cover3',
  shirtFell: 'chainstitch',
  shirtLock: 'lockstitch',
  shirtHem: 'lockstitch',
  buttonhole: 'buttonhole',
  buttonSew: 'buttonSew',
  eyelet: 'eyelet',
  tailored: 'lockstitch',
  lining: 'lockstitch',
  blindHem: 'blind',
  topstitch: 'lockstitch',
  trouserInseam: 'chainstitch',
  trouserSide: 'overlock5',
  waistband: 'lockstitch',
  overlock: 'overlock3',
  bartack: 'zigzag',
  zip: 'lockstitch',
}
