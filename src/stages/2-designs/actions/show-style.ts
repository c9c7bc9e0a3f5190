import { z } from 'zod'
import { notFound } from '../../../core/errors.ts'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { styleById, versionOf, versionsOf } from '../store.ts'
import { STYLE, styleView, viewStyle } from '../views.ts'

/**
 * One style with its current version, or the one asked for, and the list of all of them, newest first.
 * @throws Problem 404
 */
export const showStyle = action({
  name: 'designs.show-style',
  scope: 'designs:read',
  input: byId.extend({ version: z.int().min(1).optional() }),
  output: styleView,
  async run({ db }: Context, _actor, { id, version: wanted }) {
    const style = await styleById(db.read, id)
    if (!style) throw notFound(STYLE, id)
    const number = wanted ?? style.version
    const [version, all] = await Promise.all([versionOf(db.read, id, number), versionsOf(db.read, id)])
    if (!version) throw notFound({ en: 'version of this style', zh: '该款式的版本' }, String(number))
    return { ...viewStyle(style, version), versions: all }
  },
})
