import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { render } from 'preact-render-to-string'
import { describe, expect, test } from 'vitest'
import type { Lang } from '../../src/core/values.ts'
import type { View } from '../../src/edges/ui/view.ts'
import { MODEL_OUTCOME, MODEL_PURPOSE, MODEL_REASON } from '../../src/edges/ui/model-words.ts'
import { safeHref } from '../../src/edges/ui/view.ts'
import { IMAGE_FAILURES } from '../../src/engines/image/config.ts'
import { LANGUAGE_FAILURES } from '../../src/engines/language/failures.ts'
import { ILLUSTRATION_FAILURES } from '../../src/stages/2-designs/pictures/illustrator.ts'
import { samplePages, sampleStyle } from './pages-samples.tsx'

const HOSTILE = `<script>alert(1)</script>"><img src=x onerror=alert(2)>' onmouseover='alert(3)`

const viewIn = (lang: Lang): View => ({
  lang,
  actor: { kind: 'user', id: 'u1', name: HOSTILE, role: 'admin' },
  path: '/',
  url: '/',
})

const style = sampleStyle()

/** Tags as a browser would find them in what was rendered: escaped text has none. */
const tagsIn = (html: string) => [...html.matchAll(/<([a-z][a-z0-9]*)\b([^>]*)>/gi)]

const names = Object.keys(samplePages(viewIn('zh'), style, (words) => words))

test('every page is looked at: it has a sample, beside it or among the common ones', () => {
  const pages = readdirSync('src/edges/ui', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => readFileSync(join('src/edges/ui', file), 'utf8'))
  const made = pages.flatMap((text) =>
    [...text.matchAll(/export (?:function|const) (\w+Page)\b/g)].map(([, name]) => name),
  )
  expect(made.length).toBeGreaterThan(40)
  const sampled = [
    ...pages.filter((text) => /: Samples =/.test(text)),
    readFileSync('tests/http/pages-samples.tsx', 'utf8'),
  ]
  expect(made.filter((name) => !sampled.some((text) => text.includes(`<${name}`)))).toEqual([])
})

const textOf = (lang: Lang, name: string): string => {
  const page = samplePages(viewIn(lang), style, (word) => word)[name]
  if (!page) throw new Error(name)
  return render(page).replaceAll(/<[^>]*>/g, '|')
}

test.each([
  ['zh', /剩 ?\d|可能性|能否/],
  ['en', /\d (?:days?|hours?|minutes?) left|Chance of|Will the/],
] as const)('a campaign that ended before its date has no time left, and no chance, in %s', (lang, words) => {
  expect(textOf(lang, 'campaign')).toMatch(words)
  expect(textOf(lang, 'campaign-ended')).not.toMatch(words)
  expect(textOf(lang, 'campaign-stopping')).not.toMatch(words)
  expect(textOf(lang, 'campaigns')).toMatch(words)
  expect(textOf(lang, 'campaigns-ended')).not.toMatch(words)
})

test.each([
  ['zh', /为时尚早/, /达到起做量的可能性/],
  ['en', /Too early to say/, /Chance of reaching the threshold/],
] as const)('one order of twenty is no chance of a hundred per cent, in %s', (lang, early, chance) => {
  expect(textOf(lang, 'campaign-early')).toMatch(early)
  expect(textOf(lang, 'campaign-early')).not.toMatch(/100 ?%/)
  expect(textOf(lang, 'campaign')).toMatch(chance)
})

test.each([
  ['zh', ['批量 N', '抽样检验方案', '样本量 n', '合格判定数 Ac', '不合格判定数 Re', '致命', '一般检验水平 II']],
  ['en', ['Lot size N', 'Sampling plan', 'Sample size n', 'Accept Ac', 'Reject Re', 'Critical', 'general level II']],
] as const)('a workshop reads the inspection in %s words, not in field names', (lang, words) => {
  const page = samplePages(viewIn(lang), style, (word) => word)['factory-work']
  if (!page) throw new Error('page')
  const text = render(page).replaceAll(/<[^>]*>/g, '|')
  for (const each of words) expect(text).toContain(each)
  expect(text).not.toMatch(/\|(standard|level|procedure|lot|draw|plans|planLetter|sample|accept|reject|every|pc)\|/)
})

describe.each(['zh', 'en'] as const)('in %s', (lang) => {
  test.each(names)('on the page "%s" words from outside stay words', (name) => {
    const page = samplePages(viewIn(lang), style, (words) => `${words}${HOSTILE}`)[name]
    if (!page) throw new Error(name)
    const html = render(page)
    expect(html, 'the words are shown').toContain('&lt;script>alert(1)')
    for (const [tag, element = '', attributes = ''] of tagsIn(html)) {
      // What stands in quotes is a value, whatever it looks like; what is left are the attributes' names.
      const bare = attributes.replaceAll(/"[^"]*"/g, '""')
      expect(bare, tag).not.toMatch(/\son[a-z]+\s*=/i)
      expect(bare, `${tag}: no inline style, the policy would drop it`).not.toMatch(/\sstyle\s*=/i)
      if (element === 'script') expect(attributes, tag).toMatch(/src="\/assets\/firstcut\.js\?v=[0-9a-f]+"/)
      if (element === 'img') expect(attributes, tag).toMatch(/src="\/(?:pictures|factory\/files)\//)
      const href = /\s(?:href|action|src)="([^"]*)"/.exec(attributes)?.[1]
      if (href !== undefined) expect(href, tag).toMatch(/^(?:\/(?!\/)|#|https?:\/\/|data:,$)/)
    }
  })

  test.each(names)('the page "%s" has a title, one main heading, and a label for every field', (name) => {
    const page = samplePages(viewIn(lang), style, (words) => words)[name]
    if (!page) throw new Error(name)
    const html = render(page)
    expect(html).toMatch(/<title>[^<]+ · Firstcut<\/title>/)
    expect(html.match(/<h1[ >]/g) ?? []).toHaveLength(1)
    expect(html).toContain(`<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"`)
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.length, 'every id once').toBe(new Set(ids).size)
    const labelled = new Set([...html.matchAll(/<label for="([^"]+)"/g)].map(([, id]) => id))
    expect(
      [...labelled].filter((id) => !ids.includes(id)),
      'labels for fields that are there',
    ).toEqual([])
    const inLabels = [...html.matchAll(/<label[^>]*>((?:(?!<\/label>)[\s\S])*)<\/label>/g)]
      .map(([, inside]) => inside)
      .join('')
    for (const [field] of html.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)) {
      if (field.includes('type="hidden"') || field.includes('aria-label=') || inLabels.includes(field)) continue
      expect(labelled, `a label for ${field}`).toContain(/\sid="([^"]+)"/.exec(field)?.[1])
    }
    for (const [image] of html.matchAll(/<img [^>]*>/g)) expect(image).toContain(' alt')
  })
})

test.each(['zh', 'en'] as const)('a newest week in which nothing stands out is said above the list (%s)', (lang) => {
  const page = samplePages(viewIn(lang), style, (words) => words)['trends']
  expect(page && render(page)).toContain(
    lang === 'zh'
      ? '已读取到 2026-11-23 当周，但该周没有突出的趋势'
      : 'up to the week of 2026-11-23, in which nothing stands out',
  )
})

test('a buyer reads of their own order, not of "the buyer" whose it is, and of no word of the house alone', () => {
  for (const name of ['preorder', 'preorder-received', 'preorder-released', 'orders-mine', 'orders-erase'])
    expect(textOf('zh', name)).not.toMatch(/买家|释放/)
  expect(textOf('zh', 'preorder-received')).toContain('|已签收|')
})

test.each([
  ['zh', '2 单，12 件', '装箱单每次打印前 300 单（共 340 单待打包）'],
  ['en', '2 shipments, 12 units', 'Slips are printed for the first 300 of 340 shipments'],
] as const)('packing says what it counts, and that not all slips come at once, in %s', (lang, counted, slips) => {
  expect(textOf(lang, 'packing')).toContain(counted)
  expect(textOf(lang, 'packing')).not.toContain(slips)
  expect(textOf(lang, 'packing-imported')).toContain(slips)
})

test('an English page holds no Chinese but names, and a Chinese page says everything in Chinese', () => {
  const pages = samplePages({ ...viewIn('en'), actor: { kind: 'anonymous' } }, style, () => 'words')
  for (const name of ['start', 'shop', 'preorder', 'sign-in', 'first-run', 'problems']) {
    const html = render(pages[name] as never)
    const text = html
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll('首裁', '')
      .replaceAll('中文', '')
    expect(text.match(/[\u4e00-\u9fff]+/g) ?? [], name).toEqual([])
  }
})

test('a style’s page tells in either language why a model’s words or picture are not there, for every reason there is', () => {
  const reasons = [
    ...LANGUAGE_FAILURES,
    ...IMAGE_FAILURES,
    ...ILLUSTRATION_FAILURES,
    'designs.rubbish',
    'designs.too-few',
  ]
  for (const code of reasons)
    expect(MODEL_REASON[code], code).toEqual({
      zh: expect.stringMatching(/\p{Script=Han}{3}/u),
      en: expect.stringMatching(/^[^\p{Script=Han}]{12,}$/u),
    })
  for (const lang of ['zh', 'en'] as const) {
    const view = viewIn(lang)
    const page = render(samplePages(view, style, (said) => said)['console-style'] as never)
    const text = page.replaceAll(/<details[\s\S]*?<\/details>/g, '').replaceAll(/<[^>]+>/g, ' ')
    for (const names of [MODEL_OUTCOME, MODEL_PURPOSE])
      for (const name of Object.values(names)) expect(text).toContain(name[lang])
    for (const code of ['designs.rubbish', 'language.limited', 'language.timeout', 'image.bent'])
      expect(text).toContain(MODEL_REASON[code]?.[lang])
    // No code and no key of a record stands where a person reads.
    expect(text.match(/\b(?:designs|language|image)\.[a-z-]+|insteadOfModel|\bparametric\b|costMicros/g) ?? []).toEqual(
      [],
    )
  }
})

test.each([
  ['https://a.example/x', 'https://a.example/x'],
  ['http://a.example', 'http://a.example/'],
  ['/shop/x', '/shop/x'],
  ['//evil.example', undefined],
  ['/\\evil.example', undefined],
  ['/\t/evil.example', undefined],
  ['/\n/evil.example', undefined],
  ['javascript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  [' javascript:alert(1)', undefined],
  ['', undefined],
])('a link to %j leads to %j', (address, href) => {
  expect(safeHref(address)).toBe(href)
})

test.each(['zh', 'en'] as const)(
  'whoever gives a name or an address in the shop is led to what becomes of it (%s)',
  (lang) => {
    const forms = Object.values(samplePages(viewIn(lang), style, (words) => words)).flatMap(
      (page) => render(page).match(/<form[^>]* id="(?:order|ask)"[\s\S]*?<\/form>/g) ?? [],
    )
    expect(forms.length).toBeGreaterThanOrEqual(2)
    for (const form of forms) expect(form).toContain('href="/privacy"')
  },
)
