import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { readEmail } from '../../src/core/email.ts'
import { addSource } from '../../src/stages/1-trends/actions/add-source.ts'
import { approveSchema, rejectSchema } from '../../src/stages/3-approvals/model.ts'
import { answerSchema } from '../../src/stages/4-storefront/model.ts'
import { reportSchema } from '../../src/stages/7-production/model.ts'
import { emailAddress, faultOf, oneLine, telephone, timeZoneName } from '../../src/core/typed.ts'
import { dayAfter, endOfDay, spokenEnd, startOfDay, suggestZone, timeZoneOf } from '../../src/core/zones.ts'
import { dayIn } from '../../src/core/values.ts'
import { preferredLanguage, rangesOf, takes } from '../../src/edges/http/accept.ts'

describe('a time zone', () => {
  test.each([
    ['Asia/Shanghai', 'Asia/Shanghai'],
    ['america/new_york', 'America/New_York'],
    ['UTC', 'UTC'],
    ['PRC', 'Asia/Shanghai'],
  ])('%s is the place %s', (typed, zone) => expect(timeZoneName.parse(typed)).toBe(zone))

  test.each([
    ['GMT+8', 'Asia/Shanghai'],
    ['UTC+08:00', 'Asia/Shanghai'],
    ['+8', 'Asia/Shanghai'],
    ['Beijing', 'Asia/Shanghai'],
    ['Asia/Beijing', 'Asia/Shanghai'],
    ['CST', 'Asia/Shanghai'],
    ['Asia/Shangai', 'Asia/Shanghai'],
    ['Europe/Lodnon', 'Europe/London'],
    ['new york', 'America/New_York'],
    ['Tokyo', 'Asia/Tokyo'],
    ['EST', 'America/New_York'],
    ['UTC+5:30', 'Asia/Kolkata'],
  ])('%s is none, and probably means %s', (typed, zone) => {
    expect(timeZoneOf(typed)).toBeUndefined()
    expect(suggestZone(typed)).toBe(zone)
  })

  test.each(['constructor', '__proto__', 'Nowhere/Land', '', '🕐', '+99', 'a'.repeat(60)])(
    '%s is none, and means nothing that could be guessed',
    (typed) => {
      expect(timeZoneName.safeParse(typed).success).toBe(false)
      expect(suggestZone(typed)).toBeUndefined()
    },
  )
})

describe('a day ends when the clocks of the house say so', () => {
  test.each([
    ['2026-12-21', 'Asia/Shanghai', '2026-12-21T15:59:59.999Z'],
    ['2026-03-29', 'Europe/London', '2026-03-29T22:59:59.999Z'],
    ['2026-10-25', 'Europe/London', '2026-10-25T23:59:59.999Z'],
    ['2026-03-08', 'America/New_York', '2026-03-09T03:59:59.999Z'],
    ['2026-11-01', 'America/New_York', '2026-11-02T04:59:59.999Z'],
    // Clocks go forward at midnight: the day begins at one; and back at midnight: it has twenty-five hours.
    ['2026-04-23', 'Africa/Cairo', '2026-04-23T21:59:59.999Z'],
    ['2026-10-29', 'Africa/Cairo', '2026-10-29T21:59:59.999Z'],
    ['2026-01-01', 'Pacific/Kiritimati', '2026-01-01T09:59:59.999Z'],
    ['2026-01-01', 'Pacific/Midway', '2026-01-02T10:59:59.999Z'],
  ])('%s in %s', (day, zone, end) => {
    const at = endOfDay(day, zone)
    expect(at.toISOString()).toBe(end)
    expect([dayIn(at, zone), dayIn(new Date(+at + 1), zone)]).toEqual([day, dayAfter(day, 1)])
    expect(dayIn(startOfDay(day, zone), zone)).toBe(day)
    expect(spokenEnd(at, 'en', zone)).toContain(', 23:59 (')
  })
})

describe('an e-mail address', () => {
  test.each([
    ['li@xn--fsqu00a.xn--fiqs8s', 'li@xn--fsqu00a.xn--fiqs8s'],
    ['li@例子.中国', 'li@xn--fsqu00a.xn--fiqs8s'],
    ['li＠例子。中国', 'li@xn--fsqu00a.xn--fiqs8s'],
    ['user@münchen.de', 'user@xn--mnchen-3ya.de'],
    ['a&b@example.com', 'a&b@example.com'],
    ["o'brien+shop@example.museum", "o'brien+shop@example.museum"],
    ['{it}|=/?^`#$%*!~-_@example.co.uk', '{it}|=/?^`#$%*!~-_@example.co.uk'],
    ['  a@example.com ', 'a@example.com'],
  ])('%s is one', (typed, stored) => expect(emailAddress.parse(typed)).toBe(stored))

  test.each([
    '"a b"@example.com',
    'Li <li@example.com>',
    '李@例子.中国',
    'a..b@example.com',
    '.a@example.com',
    'a@b@example.com',
    'a@example',
    'a@1.2.3.4',
    'a@[127.0.0.1]',
    'a@-b.com',
    'a@b_c.com',
    'a@xn--zzzzzz99999.com',
    'a@例子/中国',
    'a\n@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.com`,
    `a@${'b.'.repeat(126)}com`,
  ])('%s is refused with a word in both languages', (typed) => {
    const read = readEmail(typed)
    expect(read).toMatchObject({
      fault: { en: expect.stringMatching(/\w/), zh: expect.stringMatching(/\p{Script=Han}/u) },
    })
  })
})

describe('what will stand in letters and pages of others', () => {
  test.each([
    'Ana\u202Egnp.exe',
    'a\nBcc: x@y.z',
    'a\rb',
    'a\u2028b',
    'a\u0000b',
    '\u200b\u200b',
    '\u3164',
    'Z\u0301\u0302\u0303\u0304\u0305',
    `${'e\u0301\u0302\u0303'.repeat(20)}`,
    'x\ufffdy',
    '\ud800',
    '   ',
  ])('%j is refused', (text) => expect(oneLine(1, 120).safeParse(text).success).toBe(false))

  test.each([
    'Nguyễn Thị Minh Khai'.normalize('NFD'),
    'नमस्ते',
    'ที่นี่',
    'مَرْحَبًا',
    'שָׁלוֹם',
    'O’Brien',
    '欧阳娜娜',
    '👨‍👩‍👧',
    'می‌خواهم',
  ])('%s is a name', (text) => expect(faultOf(text, 'one')).toBeUndefined())

  test.each(['+86 21 5555 0100', '021-55550100 转 8001', '(212) 555-0100 ext. 12', '１３８００１３８０００', '110'])(
    '%s is a telephone number',
    (typed) => expect(telephone.safeParse(typed).success).toBe(true),
  )
  test.each(['call me', '+', 'javascript:1234', '1'.repeat(40)])('%s is none', (typed) =>
    expect(telephone.safeParse(typed).success).toBe(false),
  )
})

describe('the language a person reads', () => {
  test.each([
    ['ru-RU,ru;q=0.9,en;q=0.8', 'en'],
    ['fr;q=0.1,zh;q=0.9', 'zh'],
    ['zh-Hant-TW', 'zh'],
    ['EN-us', 'en'],
    ['zh;q=0.5,en;q=0.5', 'zh'],
    ['en;q=0.5,zh;q=0.5', 'en'],
    ['en;q=0, *;q=0.5', 'zh'],
    ['zh;q=0, *', 'en'],
    ['zh;q=0', 'en'],
    ['en;q=0.3, *;q=0.8', 'zh'],
    ['en;q=abc, zh;q=0.1', 'zh'],
    ['de;q=1.0 , en ; q=0.2', 'en'],
    ['yue-HK,en;q=0.5', 'zh'],
    ['*', undefined],
    ['ko-KR', undefined],
    ['', undefined],
    [';;;,,,q=1', undefined],
    ['english', undefined],
  ])('%s is %s', (header, lang) => expect(preferredLanguage(header)).toBe(lang))

  test('a header of any length costs next to nothing: beyond what anybody sends it is not read', () => {
    expect(rangesOf('en;q=0.1,'.repeat(100_000))).toHaveLength(40)
    expect(rangesOf(`${'x'.repeat(100_000)},zh`)).toEqual([{ name: 'x'.repeat(2000), q: 1 }])
  })
})

test.each([
  [undefined, true],
  ['*/*', true],
  ['application/*', true],
  ['application/json;q=0.1', true],
  ['text/html, application/json;q=0', false],
  ['text/csv', false],
  ['application/xml', false],
])('an Accept of %s takes JSON: %s', (header, taken) => expect(takes(header, 'application/json')).toBe(taken))

describe('what one person types and others read', () => {
  const report = { reportId: 'r', state: 'sewing' }
  test.each<[string, z.ZodType, (text: string) => object]>([
    ['the reason of an approval', approveSchema, (reason) => ({ version: 1, reason })],
    ['the reason of a rejection', rejectSchema, (reason) => ({ version: 1, reason })],
    ['a note on production', reportSchema, (note) => ({ ...report, note })],
    ['a carrier', reportSchema, (carrier) => ({ ...report, details: { parcels: [{ carrier, trackingNumber: '1' }] } })],
    ['the name of a source', addSource.input, (name) => ({ name, url: 'https://example.com/feed' })],
    ['the answer to a buyer', answerSchema, (answer) => ({ answer })],
  ])('%s has no control, broken or turning characters', (_, schema, of) => {
    expect(schema.safeParse(of('all right 好')).success).toBe(true)
    for (const text of ['bell\u0007', 'half \ud83d', 'turned \u202eover', '\u2800\u2800'])
      expect([text, schema.safeParse(of(text)).success]).toEqual([text, false])
  })
})
