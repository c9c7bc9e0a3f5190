/**
 * What is drawn and what it is made of, both ways round: each part of a drawing by the pieces and marks it needs, each
 * piece and each row of trims by what shows it, or why nothing does.
 */
import { boxOf } from '../geometry.ts'
import type { Trim } from '../drawing/layout.ts'
import type { DrawnLine, Piece, SizeDraft } from '../types.ts'
import type { Sight } from './sight.ts'

/** What a garment is made of: pieces and marks of one size, rows of trims. */
export interface Made {
  size: SizeDraft
  /** Rows of trims by code, with how many of them one garment takes. */
  rows: ReadonlyMap<string, number>
}

const cut = ({ size }: Made, id: RegExp): Piece[] => size.pieces.filter((piece) => id.test(piece.id))
const marked = (made: Made, id: RegExp, kind: DrawnLine['kind']): number =>
  cut(made, id).reduce((sum, { lines, count }) => sum + count * lines.filter((line) => line.kind === kind).length, 0)
const has =
  (id: RegExp) =>
  (made: Made): boolean =>
    cut(made, id).length > 0
const sewn =
  (seam: RegExp) =>
  (made: Made): boolean =>
    (made.size.sewn ?? []).some((entry) => seam.test(entry.seam))

/** Loops are one strip that is cut apart: their places are marked on the waistband. */
const loops = (made: Made): boolean => has(/^beltLoop$/)(made) && marked(made, /^waistband$/, 'guide') > 0
/** The leg is cut longer by what is turned up, twice over. */
const turnedUp = (made: Made): boolean =>
  cut(made, /^front$/).every((piece) => boxOf(piece.cut).y1 - boxOf(piece.seam).y1 > 55)
const links = has(/^cuff$/)

/** Parts of a drawing by id, with what must be cut or marked for them. The first that fits counts. */
export const PARTS: readonly (readonly [part: RegExp, made: (made: Made) => boolean])[] = [
  [/^(inside|body|front-(top|under)|leg-(left|right))$/, has(/^(front|frontLeft|skirtFront|skirtPanel\w*)$/)],
  [/^waistband$/, has(/^waistband$/)],
  [/^band-tab$/, (made) => marked(made, /^waistband$/, 'button') > 0],
  [/^sleeve-placket-/, has(/^sleevePlacketOverlap$/)],
  [/^sleeve-/, has(/^(sleeve|topSleeve)$/)],
  [/^cuff-\w+-(under|lap)$/, links],
  [/^cuff-/, has(/^(cuff|cuffRib|cuffFacing)$/)],
  [/^placket$/, has(/^buttonholePlacket$/)],
  [/^(chest--?1|breast-welt)/, has(/^chestWelt$/)],
  [/^pouch/, has(/^kangaroo$/)],
  [/^loop-[-\d]/, loops],
  [/^(loop|keeper)-/, has(/^beltLoop$/)],
  [/^belt-under$/, has(/^halfBelt$/)],
  [/^belt/, has(/^(belt|halfBelt)$/)],
  [/^epaulette-/, has(/^epaulette$/)],
  [/^stand-/, has(/^collarStand$/)],
  [/^collar/, has(/^(collar|standCollar|collarStand)$/)],
  [/^lapel-/, (made) => has(/^frontFacing$/)(made) && marked(made, /^front$/, 'guide') > 0],
  [/^neck-(back-)?band$/, has(/^neckRib$/)],
  [/^hem-rib$/, has(/^hemRib$/)],
  [/^hood/, has(/^hoodSide$/)],
  [/^pleat-stay$/, has(/^backStay$/)],
  [/^pleat-/, has(/^tail$/)],
  [/^vent/, sewn(/^vent$/)],
  [/^turnup-/, turnedUp],
  [/^cinch-/, has(/^strap$/)],
]

/** Pockets by what they are: patches, flaps and welts are pieces, mouths in a seam open into a bag. */
export const POCKETS = {
  patch: has(/^(pocket|chestPocket)$/),
  flap: has(/^flap$/),
  welt: has(/^(welt|chestWelt)$/),
  mouth: has(/^pocketBag$/),
} as const

/** Lines that are no seam of the graph. */
export const LINES = {
  dart: (made: Made): number => marked(made, /^(?!.*(Lining|Interlining)$)/, 'dart'),
  pleat: (made: Made): number => marked(made, /^(back|tail)$/, 'fold'),
  mouth: (made: Made): number => (POCKETS.mouth(made) ? 2 : 0),
} as const

const row =
  (code: RegExp) =>
  (made: Made): boolean =>
    [...made.rows.keys()].some((key) => code.test(key))
/** Trims that are drawn by kind, but for buttons and eyelets, which are counted. */
export const TRIMS: Readonly<Record<Exclude<Trim['kind'], 'button' | 'eyelet'>, (made: Made) => boolean>> = {
  buttonhole: (made) => marked(made, /./, 'buttonhole') > 0,
  zip: row(/^ZIP-/),
  buckle: row(/^BKL-/),
  cord: row(/^CORD-/),
  label: row(/^LBL-BRAND$/),
  bartack: sewn(/^(pocketBag|fly|zip|centreBack|panel|side|crotchFront)$/),
}
/** Places of eyelets: on the waistband and on the sides of a hood. */
export const eyelets = (made: Made): number =>
  (row(/^ELA-/)(made) ? marked(made, /^waistband$/, 'guide') : 0) + marked(made, /^hoodSide$/, 'guide')

/** Why a piece or a row is not seen on the closed garment. */
type Hidden = 'inside' | 'under' | 'packed'
type Seen = Hidden | ((sight: Sight) => boolean)

const part =
  (id: RegExp) =>
  (sight: Sight): boolean =>
    sight.parts.some((drawn) => id.test(drawn.id))
const pocket =
  (kind: 'patch' | 'flap' | 'welt') =>
  (sight: Sight): boolean =>
    sight.parts.some((drawn) => drawn.pocket === kind)
const line =
  (...shows: string[]) =>
  (sight: Sight): boolean =>
    [...sight.seams.keys()].some((shown) => shows.includes(shown))
const trim =
  (kind: Trim['kind']) =>
  (sight: Sight): boolean =>
    (sight.trims.get(kind) ?? 0) > 0
/** A bag is seen by its mouth: a welt, a flap, a gape in a seam. */
const mouths = (sight: Sight): boolean =>
  pocket('welt')(sight) || pocket('flap')(sight) || line('mouth')(sight) || part(/^pocket-.*-lip$/)(sight)

/** Pieces by id, with what shows them. The first that fits counts. */
export const PIECES: readonly (readonly [piece: RegExp, seen: Seen])[] = [
  [/(Interlining|Lining)$|^(backStay|chestPiece|inner\w+)$/, 'inside'],
  [/^(frontFacing|backFacing|cuffFacing|neckTape|kangarooFacing|pocketFacing|backPocketFacing)$/, 'inside'],
  [/^(underCollar|sleevePlacketUnderlap|underSleeve|fly(Shield|Extension))$/, 'under'],
  [/^(front|frontLeft|frontRight|back|side|skirt(Front|Back|Panel\w*))$/, part(/^(body|front-top|leg-right)$/)],
  [/^tail$/, part(/^pleat-/)],
  [/^(sleeve|topSleeve)$/, part(/^sleeve-right$/)],
  [/^sleevePlacketOverlap$/, part(/^sleeve-placket-/)],
  [/^(cuff|cuffRib)$/, part(/^cuff-right/)],
  [/^buttonholePlacket$/, part(/^placket$/)],
  [/^yoke$/, line('yokeBack', 'yokeFront')],
  [/^collarStand$/, part(/^(stand|collar)-/)],
  [/^(collar|standCollar)$/, part(/^collar-/)],
  [/^neckRib$/, part(/^neck-band$/)],
  [/^hemRib$/, part(/^hem-rib$/)],
  [/^hoodSide$/, part(/^hood$/)],
  [/^hoodCentre$/, (sight) => (sight.seams.get('hoodCentre') ?? 0) > 2],
  [/^kangaroo$/, part(/^pouch/)],
  [/^(pocket|chestPocket)$/, pocket('patch')],
  [/^flap$/, pocket('flap')],
  [/^(chestWelt|chestPocketBag)$/, part(/^(chest-1|breast-welt)$/)],
  [/^(welt|backPocketBag)$/, pocket('welt')],
  [/^pocketBag$/, mouths],
  [/^flyFacing$/, part(/^band-tab$/)],
  [/^armholeFacing$/, line('armholeFacing')],
  [/^waistband$/, part(/^waistband$/)],
  [/^beltLoop$/, part(/^(loop|keeper)-/)],
  [/^(belt|halfBelt)$/, part(/^belt$/)],
  [/^epaulette$/, part(/^epaulette-/)],
  [/^strap$/, part(/^cinch-/)],
]

/** Rows of trims by code, with what shows them; buttons are counted. */
export const ROWS: readonly (readonly [code: RegExp, seen: Seen])[] = [
  [/^BTN-/, 'under'],
  [/^ZIP-FLY/, 'under'],
  [/^ZIP-/, trim('zip')],
  [/^BKL-/, trim('buckle')],
  [/^CORD-/, trim('cord')],
  [/^EYE-/, trim('eyelet')],
  [/^ELA-/, (sight) => sight.parts.some(({ id, folds }) => id === 'waistband' && folds !== undefined)],
  [/^LBL-BRAND$/, trim('label')],
  [/^(HOOK|PAD|SLV|TAPE|THR|LBL)-/, 'inside'],
  [/^(TAG|BAG)-|^HANGER$/, 'packed'],
]
