/** What seams and edges are called on the floor. A declaration may use these ids and no others. */
import type { Localized } from '../../core/values.ts'
import type { Piece } from '../types.ts'
import type { Edge, Seam } from './types.ts'

const WORDS = {
  side: ['侧缝', 'Side seam'],
  shoulder: ['肩缝', 'Shoulder seam'],
  armhole: ['绱袖', 'Setting the sleeve'],
  armholeBound: ['袖窿包边', 'Armhole binding'],
  armholeFacing: ['袖窿贴边', 'Armhole facing'],
  underarm: ['袖底缝', 'Underarm seam'],
  sleeveFront: ['袖前缝', 'Inner sleeve seam'],
  sleeveBack: ['袖后缝', 'Outer sleeve seam'],
  sleeveVent: ['袖衩', 'Sleeve vent'],
  sleevePlacket: ['袖开衩', 'Sleeve placket'],
  sleeveHem: ['袖口', 'Sleeve hem'],
  raglanFront: ['前插肩缝', 'Front raglan seam'],
  raglanBack: ['后插肩缝', 'Back raglan seam'],
  yokeBack: ['后过肩缝', 'Back yoke seam'],
  yokeFront: ['前过肩缝', 'Front yoke seam'],
  centreBack: ['后中缝', 'Centre back seam'],
  princess: ['公主线', 'Princess seam'],
  panel: ['裙片拼缝', 'Panel seam'],
  sidePanelFront: ['前侧缝', 'Front panel seam'],
  sidePanelBack: ['后侧缝', 'Back panel seam'],
  waist: ['腰缝', 'Waist seam'],
  waistband: ['绱腰头', 'Setting the waistband'],
  waistbandEnd: ['腰头端', 'Waistband end'],
  waistbandJoin: ['腰头拼缝', 'Waistband join'],
  inseam: ['内侧缝', 'Inseam'],
  crotchFront: ['前裆缝', 'Front crotch seam'],
  crotchBack: ['后裆缝', 'Back crotch seam'],
  fly: ['门襟', 'Fly'],
  flyShield: ['里襟', 'Fly shield'],
  zip: ['拉链口', 'Zip opening'],
  vent: ['开衩', 'Vent'],
  hem: ['下摆', 'Hem'],
  hemRib: ['下摆罗纹', 'Hem rib'],
  hemRibJoin: ['下摆罗纹拼缝', 'Hem rib join'],
  cuffRib: ['袖口罗纹', 'Cuff rib'],
  cuffRibJoin: ['袖口罗纹拼缝', 'Cuff rib join'],
  neckRib: ['领口罗纹', 'Neck rib'],
  neckRibJoin: ['领口罗纹拼缝', 'Neck rib join'],
  neckTape: ['领口包条', 'Neck tape'],
  neck: ['绱领', 'Setting the collar'],
  neckFacing: ['领口贴边', 'Neck facing'],
  neckEdge: ['领口', 'Neckline'],
  collarStand: ['合领座', 'Collar to stand'],
  collarEdge: ['合领', 'Collar edge'],
  standEdge: ['领座止口', 'Stand edge'],
  facing: ['止口', 'Front edge'],
  facingInner: ['挂面里口', 'Facing to lining'],
  facingShoulder: ['挂面肩缝', 'Facing shoulder'],
  placket: ['门襟', 'Placket'],
  placketEdge: ['门襟止口', 'Placket edge'],
  hoodCentre: ['帽中缝', 'Hood seam'],
  hoodNeck: ['绱帽', 'Setting the hood'],
  hoodEdge: ['帽口', 'Hood edge'],
  cuff: ['绱袖克夫', 'Setting the cuff'],
  cuffEdge: ['袖克夫止口', 'Cuff edge'],
  cuffFacing: ['袖口贴边', 'Cuff facing'],
  pocket: ['贴袋', 'Patch pocket'],
  pocketMouth: ['袋口', 'Pocket mouth'],
  pocketBag: ['袋布', 'Pocket bag'],
  pocketFacing: ['袋垫布', 'Pocket facing'],
  pocketLining: ['袋里', 'Pocket lining'],
  flap: ['袋盖', 'Flap'],
  flapSet: ['绱袋盖', 'Setting the flap'],
  welt: ['嵌线', 'Welt'],
  backPocket: ['后袋', 'Back pocket'],
  chestPocket: ['胸袋', 'Chest pocket'],
  belt: ['腰带', 'Belt'],
  beltLoop: ['裤襻', 'Belt loop'],
  halfBelt: ['后腰带', 'Half belt'],
  tailTop: ['后摆拼缝', 'Back skirt seam'],
  strap: ['后腰襻', 'Back strap'],
  epaulette: ['肩襻', 'Epaulette'],
  interlining: ['粘衬', 'Fused interlining'],
  liningSide: ['里布侧缝', 'Lining side seam'],
  liningShoulder: ['里布肩缝', 'Lining shoulder seam'],
  liningArmhole: ['里布绱袖', 'Setting the sleeve lining'],
  liningSleeve: ['袖里缝', 'Sleeve lining seam'],
  liningCentreBack: ['里布后中缝', 'Lining centre back seam'],
  liningPanel: ['里布拼缝', 'Lining panel seam'],
  liningHem: ['里布底边', 'Lining hem'],
  liningWaist: ['里布腰缝', 'Lining waist seam'],
  liningCuff: ['里布袖口', 'Lining sleeve hem'],
} as const satisfies Record<string, readonly [zh: string, en: string]>

export type SeamId = keyof typeof WORDS
export const SEAM_IDS = Object.keys(WORDS) as SeamId[]
/** A seam in words, left and right told apart. @param id as {@link ./types.ts Seam.id} has it: `side`, `side.left` */
export function seamName(id: string): Localized {
  const [seam = '', half] = id.split('.')
  const [zh, en] = WORDS[seam as SeamId] ?? [seam, seam]
  if (half === undefined) return { zh, en }
  return half === 'left' ? { zh: `左${zh}`, en: `${en}, left` } : { zh: `右${zh}`, en: `${en}, right` }
}

/** Small parts that are laid on: what is laid tells them apart, not that it is laid. */
const BY_PIECE: ReadonlySet<SeamId> = new Set<SeamId>(['pocket', 'pocketBag', 'pocketLining'])
/** Whether an edge is called by its piece: a welt that is laid on as a pocket is, is no patch pocket. */
export const isByPiece = ({ does, seam }: Seam | Edge): boolean => does === 'laid' && BY_PIECE.has(seam)

/** What is sewn, in words: its seam, or the pieces where they say more. @param entries worked in one step */
export function workName(entries: readonly (Seam | Edge)[], pieces: ReadonlyMap<string, Piece>): Localized {
  const laid = entries.flatMap((entry) => (entry.does !== 'sewn' && isByPiece(entry) ? entry.stretches : []))
  const names = [...new Set(laid.map(({ piece }) => piece))].flatMap((id) => pieces.get(id)?.name ?? [])
  if (!names.length) return seamName(entries[0]?.seam ?? '')
  return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') }
}
