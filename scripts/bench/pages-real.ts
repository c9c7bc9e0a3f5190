/**
 * The product with campaigns of real styles (five kinds of garment, pictures in every colourway), on the embedded
 * database. Told to, it moves the count of one campaign before each request: by a connection of its own, whose time counts
 * as the product's.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { system } from '../../src/core/actor.ts'
import { DAY, newId } from '../../src/core/values.ts'
import { campaigns, styleCards, styles, styleVersions, type StylePicture } from '../../src/db/schema.ts'
import {
  DEFAULT_RULES,
  deriveStyle,
  MATERIALS,
  sampleSpec,
  styleHash,
  type DerivedStyle,
} from '../../src/garments/index.ts'
import { cardOf } from '../../src/stages/2-designs/card.ts'
import type { Context } from '../../src/stages/context.ts'
import { startFresh } from './built.ts'
import { answering } from './side.ts'

export interface PagesSide {
  url: string
  /** Of the campaign whose count moves. */
  slug: string
  /** May read everything. */
  key: string
}

const CAMPAIGNS = 24
const KINDS = ['coat', 'shirt', 'tee', 'jacket', 'hoodie'] as const

const fileOf = (...words: (string | number)[]) => createHash('sha256').update(words.join(' ')).digest('hex')

/** Front and back in two widths, as the illustrator leaves them. */
const picturesOf = (n: number, { spec }: DerivedStyle): StylePicture[] =>
  spec.colourways.flatMap(({ id }) =>
    ['front', 'back'].flatMap((view) =>
      [1200, 600].map((width) => ({
        colourway: id,
        view,
        width,
        height: (width * 5) / 4,
        files: {
          webp: fileOf(n, id, view, width),
          ...(width === 1200 ? { avif: fileOf('a', n, id, view), jpeg: fileOf('j', n, id, view) } : {}),
        },
        digitalSourceType: 'trainedAlgorithmicMedia',
      })),
    ),
  )

async function open({ db, clock }: Context, n: number, style: DerivedStyle): Promise<{ id: string; slug: string }> {
  const now = clock.now()
  const [styleId, id] = [newId(), newId()]
  const { spec, derived } = style
  const pictures = picturesOf(n, style)
  const hash = styleHash(spec, derived, DEFAULT_RULES)
  const slug = `fc-26-${n}`
  const version = { styleId, version: 1 }
  const numbers = { thresholdUnits: 1_000_000, minBuyers: 5, perBuyerCap: 50, promisedDays: 35 }
  await db.write(async (tx) => {
    await tx.insert(styles).values({
      id: styleId,
      number: `FC-26-${n}`,
      category: spec.category,
      state: 'approved',
      version: 1,
      trendIds: [],
      createdAt: now,
    })
    await tx.insert(styleVersions).values({
      ...version,
      id: newId(),
      spec,
      derived,
      rules: DEFAULT_RULES,
      gates: [],
      hash,
      pictures,
      geometryFile: fileOf('g', n),
      generation: {},
      createdAt: now,
    })
    await tx.insert(styleCards).values({ ...version, card: cardOf({ spec, pictures }), pictures: pictures.length })
    await tx.insert(campaigns).values({
      id,
      slug,
      styleId,
      styleVersion: 1,
      styleHash: hash,
      state: 'open',
      opensAt: now,
      ...numbers,
      closesAt: new Date(now.getTime() + 20 * DAY),
      currency: 'CNY',
      ladder: [...derived.ladder],
      sizes: [...spec.sizes.list],
      colourways: spec.colourways.map((each) => each.id),
      createdAt: now,
      lotUnits: 3 * n,
      totalUnits: 3 * n,
      lotBuyers: n,
    })
  })
  return { id, slug }
}

const { folder, running, leave } = await startFresh({ REQUESTS_PER_MINUTE: '100000000' })
const { line } = running.app
const derived = KINDS.map((kind) => deriveStyle(sampleSpec(kind, 'men', MATERIALS), DEFAULT_RULES))
let last = { id: '', slug: '' }
for (let n = 1; n <= CAMPAIGNS; n++) last = await open(line.context, n, derived[n % derived.length] as DerivedStyle)
const { key } = await line.identity.createKey(system('bench'), {
  name: 'bench',
  scopes: ['read', 'operate'],
  perMinute: 1_000_000,
})

const own = new SQLite(join(folder, 'firstcut.db'), { fileMustExist: true })
own.pragma('synchronous = off')
const move = own.prepare('update campaigns set lot_units = lot_units + 1, total_units = total_units + 1 where id = ?')
let moving = false
running.server?.server.prependListener('request', () => void (moving && move.run(last.id)))

answering({ url: running.url, slug: last.slug, key } as PagesSide, {
  ask: ({ moving: asked }: { moving: boolean }) => (moving = asked),
  async leave() {
    own.close()
    await leave()
    return null
  },
})
