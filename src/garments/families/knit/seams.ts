/** How sweatshirts and hoodies are put together: raglan or set-in sleeves, hood or neck band, ribs at cuffs and hem. */
import type { Plan, Sewable, Sewing, Way } from '../../sewing/types.ts'
import { ribBands } from '../../sewing/parts.ts'
import { across, hemmed, laid, open, sew } from '../../sewing/write.ts'
import { type Kind, namesOf, ribbed } from './cut-list.ts'

/** A hood of two halves, or of two sides and a strip between: once in the shell, once more in its lining. */
function hood(kind: Kind, layer: '' | 'Lining'): Plan[] {
  const [side, centre] = [`hoodSide${layer}`, `hoodCentre${layer}`]
  if (kind === 'huey')
    return [
      sew(
        'hoodCentre',
        'knitAssembly',
        `${side}#0: frontTop > backPitch > cbBottom`,
        `${side}#1: frontTop > backPitch > cbBottom`,
      ),
    ]
  return [
    sew('hoodCentre', 'knitAssembly', `${side}#0: neckEdge > hoodTop > hoodRim`, `${centre}: topLeft > topRight`),
    sew('hoodCentre', 'knitAssembly', `${side}#1: neckEdge > hoodTop > hoodRim`, `${centre}: bottomLeft > bottomRight`),
  ]
}

/** From the middle of the front round the back to the middle of the front. */
const hoodNeck = (kind: Kind, layer: '' | 'Lining'): Way[] =>
  kind === 'huey'
    ? across(`hoodSide${layer}#0: cfBottom > cbBottom`)
    : [
        `hoodSide${layer}#0: cfNotch > shoulderNotch > neckEdge`,
        `hoodCentre${layer}: topLeft > bottomLeft`,
        `hoodSide${layer}#1: neckEdge > shoulderNotch > cfNotch`,
      ]

/** The opening for the face: turned together with the lining, or hemmed. */
function hoodEdge(kind: Kind, lined: boolean): Plan[] {
  const edges = (layer: '' | 'Lining'): Way[] =>
    kind === 'huey'
      ? [`hoodSide${layer}#0: cfTop > frontTop`, `hoodSide${layer}#1: frontTop > cfTop`]
      : [
          `hoodSide${layer}#0: frontEdge > neckRoll > hoodRim`,
          `hoodCentre${layer}: topRight > bottomRight`,
          `hoodSide${layer}#1: hoodRim > neckRoll > frontEdge`,
        ]
  return [lined ? sew('hoodEdge', 'topstitch', edges(''), edges('Lining')) : hemmed('hoodEdge', 'topstitch', edges(''))]
}

/** Hood and its neck seam; the ends of a pullover's hood lie over each other at the centre front. */
function hooded(kind: Kind, of: Sewable, neck: Way[]): Plan[] {
  const lined = of.has('hoodSideLining')
  const ends = (layer: '' | 'Lining'): Way[] =>
    kind === 'hugo' ? [0, 1].map((copy) => `hoodSide${layer}#${copy}: frontEdge > cfNotch`) : []
  return [
    ...hood(kind, ''),
    ...(lined ? hood(kind, 'Lining') : []),
    ...hoodEdge(kind, lined),
    sew('hoodNeck', 'knitAssembly', hoodNeck(kind, ''), neck, {
      kind: 'hood',
      caught: [...ends(''), ...(lined ? [...hoodNeck(kind, 'Lining'), ...ends('Lining')] : [])],
    }),
    laid('neckTape', 'knitTape', 'neckTape', 'back'),
  ]
}

function sleeves(kind: Kind): Plan[] {
  if (kind === 'hugo')
    return [
      sew(
        'raglanFront',
        'knitAssembly',
        'sleeve: raglanTipFront > frontNotch > bicepsLeft',
        'front: raglanTipFront > armhole',
        {
          twice: true,
          kind: 'raglan',
        },
      ),
      sew(
        'raglanBack',
        'knitAssembly',
        'sleeve: raglanTipBack > backNotch > bicepsRight',
        'back: raglanTipBack > armhole',
        {
          twice: true,
          kind: 'raglan',
        },
      ),
    ]
  return [
    sew('shoulder', 'knitAssembly', 'front: neck > shoulder', 'back: neck > shoulder', { twice: true }),
    sew(
      'armhole',
      'knitAssembly',
      'sleeve: bicepsLeft > sleeveTip > bicepsRight',
      ['back: armhole > shoulder', 'front: shoulder > armhole'],
      {
        twice: true,
        kind: 'capKnit',
      },
    ),
  ]
}

const neckOf = (kind: Kind): Way[] =>
  kind === 'hugo'
    ? across(
        'front: cfNeck > raglanTipFront',
        'sleeve: raglanTipFront > raglanTop > raglanTipBack',
        'back: raglanTipBack > cbNeck',
      )
    : across('front: cfNeck > neck', 'back: neck > cbNeck')

/** Pocket pieces, before the body is closed. Their lower edge lies in the hem's seam. */
function pockets(kind: Kind, of: Sewable): { plans: Plan[]; low: Way[] } {
  if (!of.has('kangaroo')) return { plans: [], low: [] }
  if (kind === 'hugo')
    return {
      plans: [
        sew('pocketMouth', 'topstitch', 'kangaroo: pocketTop > pocketTip', 'kangarooFacing: pocketTop > pocketTip', {
          twice: true,
        }),
        open('pocketFacing', 'overlocked', 'kangarooFacing: pocketTip > facingEnd > saStart > pocketTop', {
          twice: true,
        }),
        laid('pocket', 'topstitch', ['kangaroo: pocketTop > pocketCf > pocketTop~'], 'front'),
        laid('pocket', 'topstitch', 'kangaroo: pocketTip > pocketHem', 'front', { twice: true }),
      ],
      low: ['kangaroo: pocketHem > cfRibbing > pocketHem~'],
    }
  return {
    plans: [
      hemmed('pocketMouth', 'topstitch', 'kangaroo: pocketTopRight > pocketTip', { twice: true }),
      laid(
        'pocket',
        'topstitch',
        ['kangaroo: cfHem > pocketCfTop > pocketTopRight', 'kangaroo: pocketTip > pocketHem'],
        'front',
        {
          twice: true,
        },
      ),
    ],
    low: ['kangaroo#0: pocketHem > cfHem', 'kangaroo#1: pocketHem > cfHem'],
  }
}

/** The lower edge: a band in two halves that meet at the side seams, in one with a zip between, or a hem. */
function bottom(kind: Kind, { ctx }: Sewable, low: Way[]): Plan[] {
  const { cfHem, cbHem, hem } = namesOf(kind)
  const front = kind === 'huey' ? [`front#0: ${cfHem} > ${hem}`] : [`front: ${hem} > ${cfHem} > ${hem}~`]
  const back = `back: ${hem} > ${cbHem} > ${hem}~`
  if (!ribbed(ctx))
    return [
      hemmed('hem', 'knitHem', kind === 'huey' ? [...front, `front#1: ${cfHem} > ${hem}`, back] : [...front, back]),
      ...(low.length ? [laid('pocket', 'knitHem', low, 'front')] : []),
    ]
  if (kind === 'huey')
    return [
      sew('hemRibJoin', 'ribJoin', 'hemRib#0: tr > br', 'hemRib#1: tr > br'),
      sew(
        'hemRib',
        'ribJoin',
        ['hemRib#0: bl > br', 'hemRib#1: br > bl'],
        across(`front#0: ${cfHem} > ${hem}`, `back: ${hem} > ${cbHem}`),
        {
          kind: 'rib',
          caught: ['hemRib#0: tl > tr', 'hemRib#1: tl > tr', ...low],
        },
      ),
      hemmed('zip', 'zip', ['hemRib#0: tl > bl', 'hemRib#1: tl > bl']),
    ]
  return [
    sew('hemRibJoin', 'ribJoin', 'hemRib#0: tl > bl', 'hemRib#1: tl > bl'),
    sew('hemRibJoin', 'ribJoin', 'hemRib#0: tr > br', 'hemRib#1: tr > br'),
    sew(
      'hemRib',
      'ribJoin',
      ['hemRib#0: bl > br', 'hemRib#1: br > bl'],
      [...front, back.replace(`${hem} >`, `${hem}~ >`).replace(/~$/, '')],
      {
        kind: 'rib',
        caught: ['hemRib#0: tl > tr', 'hemRib#1: tl > tr', ...low],
      },
    ),
  ]
}

export const sewingOf =
  (kind: Kind): Sewing =>
  (of) => {
    const { hem } = namesOf(kind)
    const { plans, low } = pockets(kind, of)
    const neck = neckOf(kind)
    return [
      ...plans,
      ...sleeves(kind),
      ...(kind === 'sven'
        ? [...ribBands('neckRib', 'neckRibJoin', 'neckRib', neck), laid('neckTape', 'knitTape', 'neckTape', 'back')]
        : hooded(kind, of, neck)),
      sew('side', 'knitAssembly', `front: armhole > ${hem}`, `back: armhole > ${hem}`, { twice: true }),
      sew('underarm', 'knitAssembly', 'sleeve: bicepsLeft > wristLeft', 'sleeve: bicepsRight > wristRight', {
        twice: true,
      }),
      ...(of.has('cuffRib')
        ? ribBands('cuffRib', 'cuffRibJoin', 'cuffRib', ['sleeve: wristLeft > wristRight'], { twice: true })
        : [hemmed('sleeveHem', 'knitHem', 'sleeve: wristLeft > wristRight', { twice: true })]),
      ...bottom(kind, of, low),
      ...(kind === 'huey'
        ? [
            hemmed('zip', 'zip', 'front: cfHem > cfNeck', { twice: true }),
            hemmed('zip', 'zip', 'hoodSide: cfBottom > cfTop', { twice: true }),
          ]
        : []),
      ...(kind === 'huey' && of.has('hoodSideLining')
        ? [hemmed('zip', 'zip', 'hoodSideLining: cfBottom > cfTop', { twice: true })]
        : []),
    ]
  }
