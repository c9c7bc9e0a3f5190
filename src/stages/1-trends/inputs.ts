/** What several actions of this stage take. */
import { z } from 'zod'
import { oneLine } from '../../core/typed.ts'
import { LANGS, type Localized } from '../../core/values.ts'
import { COLUMN_ROLES } from '../../engines/ports.ts'
import { FORMATS } from './model.ts'

export const sourceName = oneLine(1, 120)
/** A file's content, as it was sent. */
export const fileBytes = z.custom<Uint8Array>((given) => given instanceof Uint8Array, {
  params: { said: { en: 'no file came with it; choose one', zh: '没有收到文件，请选择文件' } satisfies Localized },
})
export const region = oneLine(0, 60).optional()

/** `date=统计日期; units=支付件数`, as the terminal and a form give it. */
const columnsFromText = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split(/[;；\n]/)
      .map((part) => part.split(/[=＝](.*)/s).map((side) => side.trim()))
      .filter(([role, column]) => role && column)
      .map(([role = '', column = '']) => [role.toLowerCase(), column]),
  )
const columns = z.preprocess(
  (given) => (typeof given === 'string' ? columnsFromText(given) : given),
  z.partialRecord(z.enum(COLUMN_ROLES), oneLine(1, 120)).optional(),
)

/** Why a person decides so, for whoever asks later. */
export const reason = z.preprocess(
  (given) => (typeof given === 'string' && !given.trim() ? undefined : given),
  z.string().trim().max(500).optional(),
)

export const upload = z.object({
  /** A new upload source, or the one of this name; without one, that of its kind of file. */
  name: z.preprocess(
    (given) => (typeof given === 'string' && !given.trim() ? undefined : given),
    sourceName.optional(),
  ),
  lang: z.enum(LANGS).default('zh'),
  region,
  format: z.enum(FORMATS).default('auto'),
  fileName: z.string().max(255).optional(),
  contentType: z.string().max(255).optional(),
  /** Which column is what, where the table does not say it clearly. */
  columns,
  /** Which number of 5/2/25 is the month, where no row shows it. */
  dates: z.enum(['auto', 'month-first', 'day-first']).default('auto'),
  bytes: fileBytes,
})
