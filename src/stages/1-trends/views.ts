/** What the API tells of this stage's things. */
import { z } from 'zod'
import { COLUMN_ROLES } from '../../engines/ports.ts'
import { FORMATS } from './model.ts'
import { WORD_ACTS, WORD_ORIGINS, WORD_STATES } from './words.ts'

const localized = z.object({ zh: z.string(), en: z.string() })
const anything = z.looseObject({})

export const trendView = z.looseObject({
  id: z.string(),
  term: z.string(),
  label: localized,
  kind: z.string(),
  week: z.string(),
  rank: z.int(),
  lift: z.number().nullable().describe('Season coming.'),
  rise: z.number().nullable().describe('Structural rise.'),
  burst: z.number().nullable().describe('Fresh burst.'),
  confidence: z.number().nullable(),
  evidence: anything.describe(
    'What the scores rest on; `forecast` has the 52 weeks to come (`from`, `low`, `mid`, `high`), where enough is known.',
  ),
  opening: z
    .looseObject({
      season: anything.describe('Mondays: `begins`, `peak`, `ends`; `nowUntil` where one is under way.'),
      leadDays: z.int().describe('Days on sale and promised days, by the house’s rules.'),
      opensBy: z.string().describe('Opened on this day, a design is delivered as its season begins.'),
      latest: z.string().describe('Opened on this day, it is delivered in its highest week.'),
      state: z.enum(['ahead', 'now', 'late', 'missed']),
    })
    .nullable()
    .optional()
    .describe('When a design of it has to open to be delivered in season; null where no season comes back.'),
})

export const seriesView = z.array(
  z.object({ source: anything, points: z.array(z.object({ week: z.string(), value: z.number() })) }),
)

export const sourceView = z.looseObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['feed', 'upload']),
  format: z.string(),
  url: z.string().nullable(),
  enabled: z.boolean(),
  lastFetchedAt: z.iso.datetime().nullable(),
  lastError: localized.nullable(),
})

export const readingsView = z.object({ source: sourceView, ingests: z.array(anything) })

export const wordView = z.looseObject({
  id: z.string(),
  word: z.string().describe('As it is matched.'),
  origin: z.enum(WORD_ORIGINS),
  state: z.enum(WORD_STATES),
  meaning: anything.nullable().describe('What an accepted word means, as a term.'),
  into: z.string().nullable().describe('The term that a merged word is another wording of.'),
  burst: z.number().nullable(),
  lift: z.number().nullable(),
  rise: z.number().nullable(),
  week: z.string().nullable().describe('The week in which it stood out last.'),
  evidence: anything.describe('Titles, a year of weeks, the words beside it, known words inside it.'),
})

export const wordShown = z.object({
  word: wordView,
  decisions: z.array(z.looseObject({ act: z.enum(WORD_ACTS), by: z.string(), reason: z.string().nullable() })),
})

export const uploadView = z.object({
  sourceId: z.string().optional().describe('Absent in a preview, as are ingestId and itemsNew.'),
  ingestId: z.string().optional(),
  name: z.string().describe('Of the source: given, or by the kind of file.'),
  format: z.enum(FORMATS),
  itemsSeen: z.int(),
  itemsNew: z.int().optional(),
  kept: z.int().describe('Entries and series that count.'),
  changed: z.int().describe('Read otherwise than they are written; the notes say how.'),
  leftOut: z.int().describe('Not kept; the notes say why.'),
  notes: z.array(localized),
  columns: z
    .array(z.object({ role: z.enum(COLUMN_ROLES), column: z.string() }))
    .describe('Of a table: what was taken as what. Send `columns` to change it.'),
  found: z.array(z.string()).describe('Of a table: the names of all its columns.'),
})
