import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { newId } from '../../src/core/values.ts'
import { campaigns, styles, styleVersions } from '../../src/db/schema.ts'
import { DEFAULT_RULES, styleHash } from '../../src/garments/index.ts'
import { readHouse } from '../../src/stages/0-house/house.ts'
import { sampleStyle, type SampleStyle } from './pages-samples.tsx'
import { testServer, type TestServer } from '../support/server.ts'

const CHROMIUM = '/usr/bin/chromium'

let server: TestServer
let browser: Browser
let style: SampleStyle
const complaints: string[] = []

/** A style somebody could decide about, written straight into the tables. */
async function proposeStyle(): Promise<string> {
  const { db, clock } = server.app.line.context
  const id = newId()
  const { spec, derived } = style
  await db.write(async (tx) => {
    await tx
      .insert(styles)
      .values({
        id,
        number: `FC-26-B${id.slice(-4)}`,
        category: spec.category,
        state: 'proposed',
        version: 1,
        trendIds: [],
        createdAt: clock.now(),
      })
      .returning({ id: styles.id })
    await tx
      .insert(styleVersions)
      .values({
        id: newId(),
        styleId: id,
        version: 1,
        spec,
        derived,
        rules: DEFAULT_RULES,
        gates: [
          {
            gate: 'G2',
            verdict: 'pass',
            score: 1,
            reason: { zh: '可生产', en: 'producible' },
            evidence: {},
            version: '1',
          },
        ],
        hash: styleHash(spec, derived, DEFAULT_RULES),
        geometryFile: 'g'.repeat(64),
        pictures: [],
        generation: {},
        createdAt: clock.now(),
      })
      .returning({ id: styleVersions.id })
  })
  return id
}

/** A page that notes every broken rule: a script error, a resource the policy refused, a failed request. */
async function openPage(options: { lang?: string; script?: boolean } = {}): Promise<Page> {
  const context = await browser.newContext({
    locale: options.lang ?? 'en-GB',
    javaScriptEnabled: options.script ?? true,
    viewport: { width: 390, height: 844 },
  })
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.setDefaultTimeout(15_000)
  return page
}

/** Wait for something that the worker does in its own time. */
async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 100; tries++) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('it did not come about in ten seconds')
}

describe.skipIf(!existsSync(CHROMIUM))('in a real browser (skipped where /usr/bin/chromium is absent)', () => {
  beforeAll(async () => {
    style = sampleStyle()
    server = await testServer()
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  test('an operator makes the first account, approves a style, and a buyer orders, confirms and cancels it', async () => {
    const styleId = await proposeStyle()
    const desk = await openPage()
    await desk.goto(`${server.url}/console`)
    expect(new URL(desk.url()).pathname, 'a stranger is sent to make the first account').toBe('/first-run')
    await desk.getByLabel('Name').fill('Lin Xiao')
    await desk.getByLabel('E-mail').fill('lin@example.com')
    await desk.getByLabel('Password').fill('nothing-is-cut')
    await desk.getByRole('button', { name: 'Make it and sign in' }).click()
    await desk.waitForURL('**/console')

    await desk.goto(`${server.url}/console/styles/${styleId}`)
    await desk.getByText('Terms of the campaign').click()
    await desk.getByLabel('Threshold, units').fill('5')
    await desk.getByRole('button', { name: 'Approve and open for pre-order' }).click()
    const refusal = desk.locator('.field-error')
    await refusal.waitFor()
    expect(await refusal.textContent(), 'a threshold below what was costed is refused at its field').toMatch(
      /at least \d+ units/,
    )
    expect(await desk.getByLabel('Threshold, units').inputValue(), 'nothing typed is lost').toBe('5')
    await desk.getByLabel('Threshold, units').fill(String(DEFAULT_RULES.thresholdUnits))
    await desk.getByRole('button', { name: 'Approve and open for pre-order' }).click()
    await desk.waitForURL('**/*done=approved')

    const { db } = server.app.line.context
    const campaign = await eventually(async () => {
      const [row] = await db.read.select().from(campaigns).where(eq(campaigns.styleId, styleId))
      return row
    })

    const shop = await openPage()
    await shop.goto(`${server.url}/shop`)
    await shop.getByRole('link', { name: style.spec.names.en }).click()
    await shop.getByText('A design, not yet made').waitFor()
    const colour = style.spec.colourways[0]?.name.en ?? ''
    const size = style.spec.sizes.list[1] ?? ''
    await shop.getByLabel('Your name, or your shop’s').fill('Mei')
    await shop.getByLabel('E-mail', { exact: true }).fill('mei@example.com')
    await shop.getByRole('button', { name: /^Pre-order at/ }).click()
    expect(await shop.locator('.field-error').textContent(), 'an empty order is refused').toMatch(/at least one size/)
    expect(await shop.getByLabel('Your name, or your shop’s').inputValue()).toBe('Mei')
    await shop.getByLabel(`${colour}, ${size}`, { exact: true }).fill('3')
    expect(await shop.locator('[data-sum]').textContent(), 'the script sums up').toMatch(/^3 units, at most/)
    await shop.getByRole('button', { name: /^Pre-order at/ }).click()
    await shop.getByText('Your pre-order has arrived.').waitFor()

    const letter = await eventually(async () => {
      const letters = await server.app.line.mail?.list(10)
      return letters?.find(({ to }) => to === 'mei@example.com')
    })
    const link = /http\S+\/preorders\/\S+/.exec(letter.text)?.[0] ?? ''
    await shop.goto(link)
    await shop.getByText('This pre-order does not count yet.').waitFor()
    const counted = async () => {
      const [row] = await db.read.select().from(campaigns).where(eq(campaigns.id, campaign.id))
      return { verified: row?.lotUnits, pending: row?.pendingUnits }
    }
    expect(await counted(), 'opening the link confirms nothing: mail scanners open links').toEqual({
      verified: 0,
      pending: 3,
    })
    await shop.getByRole('button', { name: 'Confirm the pre-order' }).click()
    await shop.getByText('Thank you, your pre-order is confirmed.').waitFor()
    expect(await counted()).toEqual({ verified: 3, pending: 0 })
    await shop.getByRole('button', { name: 'Cancel the pre-order' }).click()
    await shop.getByText('Your pre-order is cancelled.').waitFor()
    expect(await counted()).toEqual({ verified: 0, pending: 0 })
    expect(await shop.getByRole('button', { name: /Confirm|Cancel/ }).count()).toBe(0)
    expect(complaints).toEqual([])
  }, 120_000)

  test('the language follows the person, and everything works without script', async () => {
    const page = await openPage({ lang: 'zh-CN', script: false })
    await page.goto(`${server.url}/shop`)
    expect(await page.locator('h1').textContent()).toBe('正在预售')
    await page.getByRole('button', { name: 'English' }).click()
    expect(await page.locator('h1').textContent()).toBe('Open for pre-order')
    await page.getByRole('link', { name: style.spec.names.en }).click()
    await page.getByLabel('Your question').fill('How warm is it?')
    await page.getByLabel('E-mail, for the answer').fill('mei@example.com')
    await page.getByRole('button', { name: 'Send the question' }).click()
    await page.getByText('Your question has arrived.').waitFor()
    expect(
      await server.app.line.storefront.inquiries({ kind: 'system', name: 'test' }, { open: true, limit: 5 }),
    ).toHaveLength(1)
    await page.getByRole('button', { name: '中文' }).click()
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    expect(complaints).toEqual([])
  }, 60_000)

  test('no page is wider than a phone', async () => {
    const page = await openPage()
    for (const path of ['/', '/shop', '/docs', '/docs/problems', '/sign-in', '/factory']) {
      await page.goto(`${server.url}${path}`)
      const over = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
      expect(over, path).toBeLessThanOrEqual(0)
    }
  }, 60_000)

  /** A console page as the operator of the first test sees it. */
  async function signedIn(): Promise<Page> {
    const page = await openPage()
    await page.goto(`${server.url}/sign-in`)
    await page.getByLabel('E-mail').fill('lin@example.com')
    await page.getByLabel('Password').fill('nothing-is-cut')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/console')
    return page
  }

  test('budgets for models are typed and shown as money, and kept in millionths', async () => {
    const page = await signedIn()
    await page.goto(`${server.url}/console/house`)
    await page.getByLabel('Model budget a day').fill('7.25')
    await page.getByRole('button', { name: 'Save the rules' }).click()
    await page.getByText('Saved.').waitFor()
    expect(await page.getByLabel('Model budget a day').inputValue()).toBe('7.25')
    expect(await readHouse(server.app.line.context.db.read)).toMatchObject({ modelBudgetPerDayMicros: 7_250_000 })
  }, 60_000)

  test('no page of the console is wider than a phone, and on a desk no table has to be scrolled', async () => {
    const page = await signedIn()
    const links = await page
      .locator('a[href^="/console/"]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('href')))
    const { db } = server.app.line.context
    const [[style], [campaign]] = await Promise.all([
      db.read.select().from(styles).limit(1),
      db.read.select().from(campaigns).limit(1),
    ])
    const paths = new Set([...links, `/console/styles/${style?.id}`, `/console/campaigns/${campaign?.id}`])
    expect(paths.size, 'the menu was read').toBeGreaterThan(12)
    const visit = async (width: number, look: string) => {
      await page.setViewportSize({ width, height: 844 })
      for (const path of paths)
        for (const lang of ['zh', 'en']) {
          await page.goto(`${server.url}${path}?lang=${lang}`)
          expect(await page.evaluate(look), `${path} in ${lang} at ${width}`).toBeLessThanOrEqual(0)
        }
    }
    await visit(390, 'document.documentElement.scrollWidth - window.innerWidth')
    await visit(
      1280,
      "Math.max(0, ...[...document.querySelectorAll('.table-frame')].map((each) => each.scrollWidth - each.clientWidth))",
    )
  }, 120_000)

  test('a wrong password says so on the same page, and the typed address is kept', async () => {
    const page = await openPage()
    await page.goto(`${server.url}/sign-in`)
    await page.getByLabel('E-mail').fill('lin@example.com')
    await page.getByLabel('Password').fill('wrong-password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('E-mail and password do not match.').waitFor()
    expect(await page.getByLabel('E-mail').inputValue()).toBe('lin@example.com')
    expect(await page.getByLabel('Password').inputValue()).toBe('')
  }, 60_000)
})
