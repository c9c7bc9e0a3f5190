/** Lists and pages that people open, each beside a bare route that sends the same bytes. */
import type { Bench } from './bench.ts'
import { CONNECTIONS } from './intake-turns.ts'
import type { Wish } from './load.ts'
import type { PagesSide } from './pages-real.ts'
import { loaded, startSide } from './side.ts'
import { compare } from './turns.ts'

const ROUNDS = 5
const COUNT = 3000
const HTML = { accept: 'text/html', 'accept-language': 'zh' }

interface Page {
  id: string
  what: string
  path: (n: number, side: PagesSide) => string
  /** A count changes before each request. */
  moving?: boolean
  cached: string
  /** Share of the bare route; none where a row only stands beside another. */
  goal?: number
  signedIn?: boolean
}

const PIECES = 'pieces by version and language; counts are read once for all who ask in the same moment'
const PAGES: readonly Page[] = [
  {
    id: 'list-miss',
    what: 'list of 20 campaigns, no two requests alike',
    path: (n) => `/api/v1/campaigns?limit=20&cursor=~${n}`,
    cached: 'the list while no count of it changes; the counts are read anew',
    goal: 0.4,
  },
  {
    id: 'list-moving',
    what: 'the same list, a count changes before each request',
    path: (n) => `/api/v1/campaigns?limit=20&cursor=~${n}`,
    moving: true,
    cached: 'each campaign’s text while nothing of it changes; counts are read anew',
  },
  {
    id: 'shop-html',
    what: 'the shop, a count changes before each request',
    path: () => '/shop',
    moving: true,
    cached: PIECES,
    goal: 0.1,
  },
  {
    id: 'shop-html-cached',
    what: 'the shop',
    path: () => '/shop',
    cached: PIECES,
    goal: 0.3,
  },
  {
    id: 'style-html',
    what: 'a style’s page, its count changes before each request',
    path: (_, { slug }) => `/shop/${slug}`,
    moving: true,
    cached: PIECES,
    goal: 0.1,
  },
  {
    id: 'style-html-cached',
    what: 'a style’s page',
    path: (_, { slug }) => `/shop/${slug}`,
    cached: `the page by its counts; ${PIECES}`,
    goal: 0.3,
  },
  { id: 'home-html', what: 'the start page', path: () => '/', cached: 'the page by its newest styles', goal: 0.05 },
  {
    id: 'console-html',
    what: 'the console’s overview',
    path: () => '/console',
    cached: 'nothing',
    goal: 0.05,
    signedIn: true,
  },
]

let asked = 0

export const pages: Bench = {
  name: 'pages',
  rows: PAGES.map(({ id }) => id),
  built: true,
  async *run(wanted, say) {
    const real = await startSide<PagesSide>('scripts/bench/pages-real.ts')
    const bare = await startSide<{ url: string }>('scripts/bench/pages-bare.ts')
    /** Whoever had no turn last stands still, and would not answer. */
    const wake = () => [real, bare].forEach(({ child }) => child.kill('SIGCONT'))
    try {
      for (const { id, what, path, moving = false, cached, goal, signedIn } of PAGES) {
        if (!wanted(id)) continue
        const headers = { ...HTML, ...(signedIn ? { authorization: `Bearer ${real.said.key}` } : {}) }
        const json = path(0, real.said).startsWith('/api/')
        const wish = (): Wish => ({
          method: 'GET',
          path: path(++asked, real.said),
          headers: json ? {} : headers,
        })
        wake()
        const answer = await fetch(real.said.url + wish().path, { headers: wish().headers ?? {} })
        await bare.ask({ type: json ? 'application/json' : 'text/html', text: await answer.text() })
        await real.ask({ moving })
        yield await compare(
          {
            id,
            what: `${what}, ${CONNECTIONS} connections`,
            unit: '/s',
            rounds: ROUNDS,
            cached,
            ...(goal ? { goal: { ratio: goal } } : {}),
            ours: () => loaded(real, [bare], { url: real.said.url, wishes: Array.from({ length: COUNT }, wish) }),
            bare: () =>
              loaded(bare, [real], {
                url: bare.said.url,
                wishes: Array.from({ length: COUNT }, () => ({ method: 'GET', path: '/page' })),
              }),
          },
          say,
        )
      }
    } finally {
      wake()
      await Promise.all([bare.leave(), real.leave()])
    }
  },
}
