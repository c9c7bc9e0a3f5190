/**
 * npm run sewability: can every garment be put together? Every pair of choices and parameters' ends of every block in all
 * sizes, and 200 styles at random.
 *
 *   npm run sewability -- [--json] [--faults] [--only coat,shirt]
 *
 * `--faults` prints each fault once per block and seam; `--json` prints one line at the end, for a machine.
 */
import { parseArgs } from 'node:util'
import { BLOCKS } from '../../src/garments/index.ts'
import { add, type Count, countStyle, NONE } from './count.ts'
import { pairedStyles, randomStyles } from './styles.ts'

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, faults: { type: 'boolean' }, only: { type: 'string' } },
})
const only = values.only?.split(',')
const blocks = BLOCKS.filter(({ category }) => only?.includes(category) ?? true)
const COLUMNS = [
  'styles',
  'refused',
  'seams',
  'outOfEase',
  'openings',
  'marksOutside',
  'unsewnEdges',
  'retraced',
] as const
const line = (name: string, cells: readonly (string | number)[]): void =>
  console.log(name.padEnd(22) + cells.map((cell) => String(cell).padStart(13)).join(''))

const told = new Set<string>()
const say = (text: string): void => {
  const key = text.replace(/ \S+ (ease|opening|mark|unsewn|twice|retraced) /, ' $1 ').split(':')[0] ?? ''
  if (!values.faults || told.has(key)) return
  told.add(key)
  console.log(`  ${text}`)
}

line('', COLUMNS)
let total: Count = NONE
const random = randomStyles(blocks, 200)
for (const block of blocks) {
  const mine = random.filter((spec) => spec.category === block.category && spec.gender === block.gender)
  const count = [...pairedStyles(block), ...mine].map((spec) => countStyle(spec, say)).reduce(add, NONE)
  line(
    `${block.category} ${block.gender}`,
    COLUMNS.map((column) => count[column]),
  )
  total = add(total, count)
}
line(
  'all',
  COLUMNS.map((column) => total[column]),
)
if (values.json) {
  const { styles, seams, outOfEase, openings, marksOutside, unsewnEdges } = total
  // What is drawn and what is cut are compared by a count of their own, which is still to come.
  const [featuresWithoutPiece, piecesWithoutFeature] = [null, null]
  console.log(
    JSON.stringify({
      styles,
      seams,
      outOfEase,
      openings,
      marksOutside,
      unsewnEdges,
      featuresWithoutPiece,
      piecesWithoutFeature,
    }),
  )
}
