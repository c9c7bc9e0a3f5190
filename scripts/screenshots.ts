/**
 * Pictures of the best pages for the documentation, from a running demo:
 * `npm run demo`, then `npx tsx scripts/screenshots.ts http://127.0.0.1:PORT`. Needs Chromium (CHROMIUM=path), and
 * poppler's pdftoppm and pdftotext for the tech pack.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import sharp from 'sharp'

const [base = 'http://127.0.0.1:3000'] = process.argv.slice(2)
const account = {
  email: process.env['EMAIL'] ?? 'mei@example.com',
  password: process.env['PASSWORD'] ?? 'nothing-is-cut',
}
const folder = new URL('../docs/pictures/', import.meta.url)
const DESKTOP = { width: 1280, height: 860 }
const PHONE = { width: 390, height: 844 }

/** A page of the product, and how to find it: a path, or the first link of a list. */
interface Shot {
  name: string
  path: string
  /** Follow the first link that begins with this. */
  first?: string
  signedIn?: boolean
  /** How much of the page, in screens. */
  screens?: number
}

const SHOTS: readonly Shot[] = [
  { name: 'start', path: '/' },
  { name: 'shop', path: '/shop' },
  { name: 'style', path: '/shop', first: '/shop/fc-', screens: 1.6 },
  { name: 'overview', path: '/console', signedIn: true },
  { name: 'trends', path: '/console/trends', signedIn: true },
  { name: 'approve', path: '/console/styles', first: '/console/styles/0', signedIn: true, screens: 1.3 },
  { name: 'campaign', path: '/console/campaigns', first: '/console/campaigns/0', signedIn: true, screens: 1.3 },
  { name: 'order', path: '/console/orders', first: '/console/orders/0', signedIn: true, screens: 1.3 },
]

async function signIn(context: BrowserContext): Promise<void> {
  const page = await context.newPage()
  await page.goto(`${base}/sign-in`)
  await page.locator('input[name=email]').fill(account.email)
  await page.locator('input[name=password]').fill(account.password)
  await page.locator('main button[type=submit]').click()
  await page.waitForURL('**/console')
  await page.close()
}

/** @returns false where the list is empty, so that there is nothing to show */
async function open(page: Page, { path, first }: Shot): Promise<boolean> {
  await page.goto(`${base}${path}`)
  if (!first) return true
  const link = page.locator(`main a[href^="${first}"]`).first()
  if (!(await link.count())) return false
  await page.goto(new URL((await link.getAttribute('href')) ?? path, base).href)
  return true
}

/** Titles of the tech pack's pages that are shown side by side; of several with one title, the last. */
const PACK = ['Cover', 'Flats', 'Colourways', 'Points of measure', 'Cut pieces', 'Markers']
const COLUMNS = 3

/** Pages of the tech pack that the newest order's factory got. */
async function techPackSheet(context: BrowserContext): Promise<void> {
  const page = await context.newPage()
  if (!(await open(page, { name: 'order', path: '/console/orders', first: '/console/orders/0' }))) return
  const link = await page.locator('a[href*="/techpack.pdf?"]').first().getAttribute('href')
  await page.close()
  if (!link) return
  const scratch = mkdtempSync(join(tmpdir(), 'techpack-'))
  try {
    const pdf = join(scratch, 'techpack.pdf')
    writeFileSync(pdf, Buffer.from(await (await fetch(new URL(link, base))).arrayBuffer()))
    const texts = execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8' }).split('\f')
    const sheets = await Promise.all(
      PACK.map(async (title) => {
        const titled = (text: string): boolean => text.includes(title)
        const number = String((title === 'Cut pieces' ? texts.findLastIndex(titled) : texts.findIndex(titled)) + 1)
        execFileSync('pdftoppm', [
          '-r',
          '62',
          '-f',
          number,
          '-l',
          number,
          '-png',
          pdf,
          join(scratch, title[0] + number),
        ])
        const file = readdirSync(scratch).find((name) => name.startsWith(`${title[0]}${number}-`))
        return sharp(join(scratch, file ?? ''))
          .png()
          .toBuffer()
      }),
    )
    const { width = 0, height = 0 } = await sharp(sheets[0]).metadata()
    const gap = 12
    const file = new URL('techpack.webp', folder).pathname
    await sharp({
      create: {
        width: COLUMNS * width + (COLUMNS + 1) * gap,
        height: Math.ceil(sheets.length / COLUMNS) * (height + gap) + gap,
        channels: 3,
        background: '#d9d5cc',
      },
    })
      .composite(
        sheets.map((input, i) => ({
          input,
          left: gap + (i % COLUMNS) * (width + gap),
          top: gap + Math.floor(i / COLUMNS) * (height + gap),
        })),
      )
      .webp({ quality: 82 })
      .toFile(file)
    console.log(file)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
})
for (const lang of ['zh', 'en'] as const)
  for (const [size, viewport] of [
    ['', DESKTOP],
    ['-phone', PHONE],
  ] as const) {
    const context = await browser.newContext({ viewport, deviceScaleFactor: size ? 2 : 1 })
    await context.addCookies([{ name: 'lang', value: lang, url: base }])
    for (const shot of [...SHOTS].sort((a, b) => Number(a.signedIn ?? false) - Number(b.signedIn ?? false))) {
      if (shot.signedIn && !(await context.cookies()).some(({ name }) => name.endsWith('session')))
        await signIn(context)
      const page = await context.newPage()
      if (await open(page, shot)) {
        const height = Math.round(viewport.height * (shot.screens ?? 1))
        await page.setViewportSize({ width: viewport.width, height })
        await page.waitForLoadState('networkidle')
        const file = new URL(`${shot.name}-${lang}${size}.webp`, folder).pathname
        await sharp(await page.screenshot())
          .webp({ quality: 80 })
          .toFile(file)
        console.log(file)
      } else console.log(`${shot.name}: nothing to show`)
      await page.close()
    }
    if (lang === 'zh' && !size) await techPackSheet(context)
    await context.close()
  }
await browser.close()
