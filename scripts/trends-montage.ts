/**
 * The twenty trends that people asked for most, and what was designed for each, or why nothing was:
 * docs/pictures/trends-followed.webp.
 *
 *   npm run trends-montage -- [FILE OR FOLDER OF TEXTS]
 *
 * Without one it reads the hot-search titles of ../shared/data/weibo, or the samples in fixtures/trends where they are not there.
 */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { Localized } from '../src/core/values.ts'
import { textsGiven } from '../src/edges/cli/given-texts.ts'
import {
  blockFor,
  BLOCKS,
  CATEGORIES,
  DEFAULT_RULES,
  deriveStyle,
  GENDERS,
  MATERIAL_LIBRARY,
  packshotInput,
  renderPackshot,
  type StyleSpec,
} from '../src/garments/index.ts'
import { encodeLabelled } from '../src/garments/labelled.ts'
import { openMatcher } from '../src/stages/1-trends/matching.ts'
import { termOf } from '../src/stages/1-trends/vocabulary/index.ts'
import type { BriefTrend } from '../src/stages/2-designs/designer/designer.ts'
import { fidelityOf, sayUnmet, unfollowed } from '../src/stages/2-designs/designer/fidelity.ts'
import { parametricDesigner } from '../src/stages/2-designs/designer/parametric.ts'
import { impliesOf } from '../src/stages/2-designs/run/briefing.ts'

const SHOWN = 20
const [COLUMNS, CELL, PICTURE, WORDS] = [5, 320, 300, 118]
/** The house's own limit where nobody has changed it. */
const LIMIT = 0.6
const SEED = 20

const TITLES = '../shared/data/weibo/fashion_titles_2020-11_2022-12.csv'
const place = process.argv[2] ?? (existsSync(TITLES) ? TITLES : 'fixtures/trends')

/** How many texts name each term of the vocabulary. */
async function askedFor(): Promise<{ term: string; texts: number }[]> {
  const matcher = openMatcher()
  const counts = new Map<string, number>()
  for await (const text of textsGiven(place))
    for (const term of matcher.terms(text)) counts.set(term, (counts.get(term) ?? 0) + 1)
  return [...counts]
    .map(([term, texts]) => ({ term, texts }))
    .sort((a, b) => b.texts - a.texts || (a.term < b.term ? -1 : 1))
    .slice(0, SHOWN)
}

function trendOf(term: string): BriefTrend {
  const { label, kind } = termOf(term) ?? { label: { zh: term, en: term }, kind: 'garment' }
  const scores = { lift: null, rise: null, burst: null }
  return { id: term, term, label, kind, scores, implies: impliesOf(term), titles: [] }
}

interface Cell {
  trend: BriefTrend
  texts: number
  made?: { spec: StyleSpec; score: number; unmet: number }
  why?: Localized
}

async function designed({ term, texts }: { term: string; texts: number }): Promise<Cell> {
  const trend = trendOf(term)
  const [lost] = unfollowed([trend], BLOCKS, MATERIAL_LIBRARY, LIMIT)
  if (lost) {
    const [first] = lost.missing
    return { trend, texts, ...(first ? { why: first.why } : {}) }
  }
  const [proposal] = await parametricDesigner().propose({
    trends: [trend],
    count: 1,
    categories: [...CATEGORIES],
    genders: [...GENDERS],
    season: 'all-season',
    priceBand: undefined,
    currency: 'CNY',
    materials: MATERIAL_LIBRARY,
    rules: DEFAULT_RULES,
    whatSold: [],
    fidelity: LIMIT,
    seed: SEED,
    subjectId: 'montage',
  })
  if (!proposal) return { trend, texts }
  const { spec } = proposal
  const block = blockFor(spec.category, spec.gender)
  const how = fidelityOf(spec, block, trend, MATERIAL_LIBRARY)
  return { trend, texts, made: { spec, score: how.score, unmet: sayUnmet(trend, how, block, spec).length } }
}

async function picture(spec: StyleSpec): Promise<Buffer> {
  const { spec: whole, draft } = deriveStyle(spec, DEFAULT_RULES)
  const base = draft.sizes.find(({ size }) => size === whole.sizes.base) ?? draft.sizes[0]
  const way = whole.colourways[0]
  if (!base || !way) throw new Error(`nothing to draw of ${whole.names.en}`)
  const raw = await renderPackshot(packshotInput(whole, base, way.id, 'front', { sizePx: PICTURE, scale: 2 }))
  return sharp(Buffer.from(raw.data), { raw: { width: raw.width, height: raw.height, channels: 3 } })
    .png()
    .toBuffer()
}

/** Where nothing was designed. */
const NOTHING = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="${PICTURE}" height="${PICTURE}"><rect x="1" y="1" width="${PICTURE - 2}" height="${PICTURE - 2}" fill="none" stroke="#c9b8b3" stroke-dasharray="6 6"/></svg>`,
)

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
/** A line that would run out of its cell is cut; Chinese characters are twice as wide. */
function cut(text: string, most: number): string {
  let width = 0
  for (const [i, char] of [...text].entries()) {
    width += /\p{Script=Han}|[，。：（）“”、]/u.test(char) ? 2 : 1
    if (width > most) return `${[...text].slice(0, i).join('')}…`
  }
  return text
}

function words({ trend, texts, made, why }: Cell): Buffer {
  const told = made
    ? [
        cut(made.spec.names.zh, 38),
        cut(made.spec.names.en, 38),
        `符合 follows ${Math.round(made.score * 100)} %${made.unmet ? ` · 未照做 not made: ${made.unmet}` : ''}`,
      ]
    : ['做不了 · not made', cut(why?.zh ?? '', 38), cut(why?.en ?? '', 38)]
  const lines = told.map(
    (line, i) =>
      `<text x="12" y="${56 + i * 22}" font-size="15" fill="${made ? '#3c3f43' : '#8c2f2a'}">${escaped(line)}</text>`,
  )
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CELL}" height="${WORDS}" font-family="Noto Sans CJK SC, sans-serif">` +
      `<text x="12" y="28" font-size="19" font-weight="bold" fill="#161616">${escaped(cut(`${trend.label.zh} ${trend.label.en}`, 28))} · ${texts}</text>` +
      `${lines.join('')}</svg>`,
  )
}

const cells = await Promise.all((await askedFor()).map(designed))
const rows = Math.ceil(cells.length / COLUMNS)
const [width, height] = [COLUMNS * CELL, rows * (CELL + WORDS)]
const parts = []
for (const [i, cell] of cells.entries()) {
  const [left, top] = [(i % COLUMNS) * CELL, Math.floor(i / COLUMNS) * (CELL + WORDS)]
  parts.push({ input: cell.made ? await picture(cell.made.spec) : NOTHING, left: left + 10, top: top + 10 })
  parts.push({ input: words(cell), left, top: top + CELL })
  const { trend, texts, made, why } = cell
  console.log(
    `${texts}\t${trend.label.zh}\t${made ? `${made.spec.names.zh} ${made.score.toFixed(2)}` : `– ${why?.zh ?? ''}`}`,
  )
}
// The label's own mark stands below the last row, and not on its words.
const mark = Math.ceil(height * 0.11)
const { data, info } = await sharp({ create: { width, height: height + mark, channels: 3, background: '#f3f1ee' } })
  .composite(parts)
  .removeAlpha()
  .raw()
  .toBuffer({ resolveWithObject: true })
const label = {
  contentProducer: 'Firstcut',
  produceId: 'trends-followed',
  digitalSourceType: 'algorithmicMedia' as const,
}
const bytes = await encodeLabelled(
  { width: info.width, height: info.height, data },
  { format: 'webp', widthPx: info.width, quality: 74, label },
)
await writeFile(new URL('../docs/pictures/trends-followed.webp', import.meta.url), bytes)
console.log(`${info.width}×${info.height}, ${Math.round(bytes.length / 1024)} kB, from ${place}`)
