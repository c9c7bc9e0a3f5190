/** How a T-shirt is put together: shoulders and neck band, sleeves set in flat, one seam from cuff to hem. */
import type { Sewing } from '../../sewing/types.ts'
import { patchPockets, ribBands } from '../../sewing/parts.ts'
import { hemmed, laid, sew } from '../../sewing/write.ts'

export const sewing: Sewing = ({ has }) => [
  ...(has('chestPocket') ? patchPockets('chestPocket', 'front', false) : []),
  sew('shoulder', 'knitAssembly', 'front: neck > shoulder', 'back: neck > shoulder', { twice: true }),
  ...ribBands('neckRib', 'neckRibJoin', 'neckRib', ['back: neck > cbNeck > neck~', 'front: neck~ > cfNeck > neck']),
  laid('neckTape', 'knitTape', 'neckTape', 'back'),
  sew(
    'armhole',
    'knitAssembly',
    'sleeve: bicepsLeft > sleeveTip > bicepsRight',
    ['back: armhole > shoulder', 'front: shoulder > armhole'],
    { twice: true, kind: 'capKnit' },
  ),
  sew('side', 'knitAssembly', 'front: armhole > hem', 'back: armhole > hem', { twice: true }),
  sew('underarm', 'knitAssembly', 'sleeve: bicepsLeft > hemLeft', 'sleeve: bicepsRight > hemRight', { twice: true }),
  ...(has('cuffRib')
    ? ribBands('cuffRib', 'cuffRibJoin', 'cuffRib', ['sleeve: hemLeft > hemRight'], { twice: true })
    : [hemmed('sleeveHem', 'knitHem', 'sleeve: hemLeft > hemRight', { twice: true })]),
  hemmed('hem', 'knitHem', ['front: hem > cfHem > hem~', 'back: hem > cbHem > hem~']),
]
