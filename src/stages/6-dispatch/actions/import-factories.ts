import { z } from 'zod'
import { SECOND } from '../../../core/values.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { keyOf, readFactoryCsv } from '../import.ts'
import { words } from '../messages.ts'
import { registerFactory, type FactoryView } from '../registering.ts'
import { allFactories } from '../store/factories.ts'

/** A list of 5,000 factories has less than a megabyte; it is read in a thread of its own, and not for long. */
const MOST_BYTES = 5 * 1024 * 1024
const READ_MS = 5 * SECOND

const anObject = z.looseObject({})

/**
 * Read a list of factories: CSV in any encoding, or .xlsx. Each becomes `invited`; their secrets are issued anew when
 * somebody sets one up.
 * @returns what was made, and every line that was not, with the reason
 */
export const importFactories = action({
  name: 'factories.import',
  scope: 'factories',
  input: z.object({ list: z.union([z.string(), z.instanceof(Uint8Array)]), fileName: z.string().optional() }),
  output: z.object({ created: z.array(anObject), skipped: z.array(anObject), notes: z.array(anObject) }),
  async run(context: Context, actor, { list, fileName }) {
    const { db, engines } = context
    const sheet = await engines.feeds.table(typeof list === 'string' ? Buffer.from(list) : list, {
      fileName,
      deadlineMs: READ_MS,
      maxBytes: MOST_BYTES,
    })
    const { rows, skipped, notes } = readFactoryCsv(sheet)
    const created = await db.write(async (tx) => {
      const known = new Set((await allFactories(tx)).map(({ name, country }) => keyOf(name, country)))
      const made: FactoryView[] = []
      for (const { factory } of rows.filter(({ factory }) => !known.has(keyOf(factory.name, factory.country))))
        made.push((await registerFactory(tx, context, actor, factory)).factory)
      return made
    })
    const fresh = new Set(created.map(({ name }) => name))
    const known = rows
      .filter(({ factory }) => !fresh.has(factory.name))
      .map(({ line, factory }) => ({ line, name: factory.name, reason: words.all('import.known') }))
    return {
      created,
      skipped: [...skipped, ...known].sort((a, b) => a.line - b.line),
      notes: [...sheet.notes, ...notes],
    }
  },
})
