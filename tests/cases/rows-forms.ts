import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { readEmail } from '../../src/core/email.ts'
import { preferredLanguage } from '../../src/edges/http/accept.ts'
import { techPackFiles } from '../../src/garments/techpack/index.ts'
import { settledTerms } from '../../src/stages/3-approvals/model.ts'
import { whyNot } from '../../src/stages/5-demand/intake.ts'
import { confirmLetter } from '../../src/stages/5-demand/letters.ts'
import { preorderSchema } from '../../src/stages/5-demand/model.ts'
import { readFactoryCsv } from '../../src/stages/6-dispatch/import.ts'
import { houseSchema, readHouse } from '../../src/stages/0-house/house.ts'
import { system } from '../../src/core/actor.ts'
import { techPackInput } from '../garments/support-draft.ts'
import { changeHouse } from '../support/house.ts'
import { world } from '../support/world.ts'
import type { CaseRow } from './row.ts'

const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8')

export const rows: readonly CaseRow[] = [
  {
    folder: '02',
    sentence: 'a time zone that no place has is refused by its name with an example, and nothing is saved',
    async run(folder) {
      await using line = await world()
      const change: unknown = JSON.parse(read(folder, 'house.json'))
      await expect(changeHouse(line.context, system('test'), change)).rejects.toMatchObject({
        status: 422,
        extra: { field: 'timeZone' },
        text: { en: expect.stringContaining('Asia/Shanghai'), zh: expect.stringContaining('Asia/Shanghai') },
      })
      expect((await readHouse(line.db.read)).timeZone).toBe('Asia/Shanghai')
    },
  },
  {
    folder: '20',
    sentence: 'people are answered in the language they like best of those there are',
    async run(folder) {
      for (const row of read(folder, 'headers.txt').split('\n').filter(Boolean)) {
        const [header = '', wanted = ''] = row.split('=>').map((part) => part.trim())
        expect(preferredLanguage(header) ?? 'the house default', header).toBe(wanted)
      }
    },
  },
  {
    folder: '22',
    sentence: 'addresses that are real but unusual are taken, those of one mailbox as one',
    async run(folder) {
      const [ascii = '', chinese = '', signs = ''] = read(folder, 'addresses.txt').trim().split('\n')
      const stored = [ascii, chinese, signs].map((typed) => {
        const order = { email: typed, name: 'Li', lines: [{ size: 'M', colourway: 'navy', quantity: 1 }] }
        return preorderSchema.parse(order).email
      })
      expect(stored).toEqual([ascii, ascii, signs])
      expect(readEmail(chinese)).toEqual({ address: ascii })
      const list = `name,country,contact_email\nA,China,${ascii}\nB,China,${chinese}\nC,China,${signs}\n`
      expect(readFactoryCsv(list)).toMatchObject({
        skipped: [],
        rows: stored.map((contactEmail) => ({ factory: { contactEmail } })),
      })
    },
  },
  {
    folder: '25',
    sentence: 'patterns in true scale start the print dialog at actual size, on A4 and on Letter',
    async run() {
      const files = await techPackFiles(techPackInput('coat'))
      const patterns = files.filter(({ name }) => /^pattern-(tiled-.*|plotter)\.pdf$/.test(name))
      expect(patterns.some(({ name }) => name.includes('letter'))).toBe(true)
      for (const { name, bytes } of patterns) expect(bytes.toString('latin1'), name).toMatch(/\/PrintScaling *\/None/)
    },
  },
  {
    folder: '27',
    sentence: 'a campaign is open until the day it names has ended, and its letter says that moment',
    async run(folder) {
      const { closesAt: asked } = JSON.parse(read(folder, 'campaign.json')) as { closesAt: string }
      const now = new Date('2026-12-01T00:00:00Z')
      const { opensAt, closesAt } = settledTerms(
        { closesAt: asked },
        houseSchema.parse({}),
        { units: 100, rungs: [100] },
        now,
      )
      const open = { state: 'open', opensAt, closesAt } as const
      // The 21st at nine in the morning in Beijing; and a minute into the 22nd.
      expect(whyNot(open, 'x', new Date('2026-12-21T01:00:00Z'))).toBeUndefined()
      expect(whyNot(open, 'x', new Date('2026-12-21T16:01:00Z'))).toMatchObject({ code: 'campaigns.closed' })
      const name = { zh: '军大衣', en: 'Overcoat' }
      const facts = { name: 'Li', style: name, lines: [], colourways: [], shownPrice: 1, link: 'x' }
      expect(confirmLetter('en', 'Asia/Shanghai', { ...facts, currency: 'CNY', closesAt }).body).toContain(
        'by 21 December 2026, 23:59 (Beijing time)',
      )
      expect(confirmLetter('zh', 'Asia/Shanghai', { ...facts, currency: 'CNY', closesAt }).body).toContain(
        '2026年12月21日 23:59（北京时间）',
      )
    },
  },
]
