/** How skirts are put together: equal panels round the body from the zip, or two halves with darts; for skirts and dresses. */
import type { Plan, Sewable, Way } from '../sewing/types.ts'
import { BAG_EDGES, BAG_TOPS, bagRound, bandEnds, fused } from '../sewing/parts.ts'
import { hemmed, other, sew } from '../sewing/write.ts'

/** A skirt's own seams; its waist from the zip round to the zip, and what is caught in the waist seam. */
export interface SkirtSeams {
  plans: Plan[]
  waist: Way[]
  lining: Way[]
  caught: Way[]
}

type Edge = 'Left' | 'Right'
interface Place {
  piece: string
  enter: Edge
  leave: Edge
}

/** Panels in the order of the body, from the seam with the zip. Those that are marked for a pocket have it at their right. */
function places(count: number, pocketed: boolean, plain: string): Place[] {
  const quarter = count / 4
  const beforeSide = [quarter - 1, count - quarter - 1]
  const afterSide = [quarter, count - quarter]
  let [sides, plains] = [0, 0]
  return Array.from({ length: count }, (_, i): Place => {
    if (i === 0) return { piece: 'skirtPanelZip#0', enter: 'Right', leave: 'Left' }
    if (i === count - 1) return { piece: 'skirtPanelZip#1', enter: 'Left', leave: 'Right' }
    if (pocketed && beforeSide.includes(i)) return { piece: `skirtPanelSide#${sides++}`, enter: 'Left', leave: 'Right' }
    if (pocketed && afterSide.includes(i)) return { piece: `skirtPanelSide#${sides++}`, enter: 'Right', leave: 'Left' }
    return { piece: `${plain}#${plains++}`, enter: 'Left', leave: 'Right' }
  })
}
const down = ({ piece }: Place, edge: Edge): Way => `${piece}: top${edge} > hem${edge}`
const top = ({ piece, enter, leave }: Place): Way => `${piece}: top${enter} > top${leave}`

/** A flared skirt of equal panels. */
export function panelSeams(of: Sewable, count: number): SkirtSeams {
  const pocketed = of.has('pocketBag')
  const all = places(count, pocketed, 'skirtPanel')
  const lining = of.has('skirtPanelLining')
    ? Array.from({ length: count }, (_, i): Place => ({
        piece: `skirtPanelLining#${i}`,
        enter: 'Left',
        leave: 'Right',
      }))
    : []
  const sides = [count / 4 - 1, count - count / 4 - 1]
  const seams = (row: Place[], id: 'panel' | 'liningPanel', by: 'trouserSide' | 'lining'): Plan[] =>
    row.map((here, i) => {
      const next = row[(i + 1) % row.length] ?? here
      const side = id === 'panel' && pocketed ? sides.indexOf(i) : -1
      const bags = [BAG_EDGES, BAG_EDGES.map(other)][side] ?? []
      return sew(id, by, down(here, here.leave), down(next, next.enter), { caught: bags })
    })
  return {
    plans: [
      ...(pocketed ? [bagRound('overlock')] : []),
      ...seams(all, 'panel', 'trouserSide'),
      ...seams(lining, 'liningPanel', 'lining'),
      hemmed(
        'hem',
        'shirtHem',
        all.map(({ piece, enter, leave }) => `${piece}: hem${enter} > hemMiddle > hem${leave}`),
      ),
      ...(lining.length
        ? [
            hemmed(
              'liningHem',
              'lining',
              lining.map(({ piece }) => `${piece}: hemLeft > hemMiddle > hemRight`),
            ),
          ]
        : []),
    ],
    waist: all.map(top),
    lining: lining.map(top),
    caught: pocketed ? [...BAG_TOPS, ...BAG_TOPS.map(other)] : [],
  }
}

/** A straight skirt: one front, two halves of the back. */
export function pencilSeams({ has, ctx }: Sewable, sideZip: boolean): SkirtSeams {
  const pocketed = has('pocketBag')
  const lined = has('skirtFrontLining')
  const vented = ctx.choice('vent') === 'vent'
  const waist = (layer: '' | 'Lining'): Way[] => {
    const front = `skirtFront${layer}: rWaist > lWaist > rWaist~`
    const [left, right] = [`skirtBack${layer}#0: lWaist > rWaist`, `skirtBack${layer}#1: rWaist > lWaist`]
    return sideZip ? [front, right, left] : [left, front, right]
  }
  const centre = vented ? 'lWaist > lVent' : 'lWaist > lHem'
  const lining: Plan[] = [
    sew('liningSide', 'lining', 'skirtFrontLining: rWaist > rSeat > rHem', 'skirtBackLining: rWaist > rSeat > rHem', {
      twice: true,
    }),
    sew('liningCentreBack', 'lining', `skirtBackLining#0: ${centre}`, `skirtBackLining#1: ${centre}`),
    ...(vented ? [hemmed('vent', 'lining', 'skirtBackLining: lVent > lHem', { twice: true })] : []),
    hemmed('liningHem', 'lining', ['skirtFrontLining: rHem > lHem > rHem~']),
    hemmed('liningHem', 'lining', 'skirtBackLining: lHem > rHem', { twice: true }),
  ]
  return {
    plans: [
      ...(pocketed ? [bagRound('overlock')] : []),
      sew('side', 'trouserSide', 'skirtFront: rWaist > rSeat > rHem', 'skirtBack: rWaist > rSeat > rHem', {
        twice: true,
        caught: pocketed ? BAG_EDGES : [],
      }),
      sew('centreBack', 'trouserSide', `skirtBack#0: ${centre}`, `skirtBack#1: ${centre}`),
      ...(vented ? [hemmed('vent', 'overlock', 'skirtBack: lVent > vTop > vHem', { twice: true })] : []),
      hemmed('hem', 'blindHem', 'skirtFront: rHem > lHem > rHem~'),
      hemmed('hem', 'blindHem', `skirtBack: ${vented ? 'vHem > lHem' : 'lHem'} > rHem`, { twice: true }),
      ...(lined ? lining : []),
    ],
    waist: waist(''),
    lining: lined ? waist('Lining') : [],
    caught: pocketed ? [...BAG_TOPS, ...BAG_TOPS.map(other)] : [],
  }
}

/** A straight waistband on a skirt, its underlap closed by itself. */
export const bandSeams = ({ waist, lining, caught }: SkirtSeams, gathered: number): Plan[] => [
  fused('waistbandInterlining'),
  sew('waistband', 'waistband', waist, 'waistband: edge > br', {
    kind: gathered > 0 ? 'gathered' : 'waist',
    takeUp: { a: gathered },
    caught: ['waistband: innerEdge > tr', ...lining, ...caught],
  }),
  sew('waistbandEnd', 'waistband', 'waistband: bl > edge', 'waistband: tl > innerEdge'),
  bandEnds('waistbandEnd', 'waistband'),
]
