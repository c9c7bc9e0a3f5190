import { z } from 'zod'
import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { factoryView } from '../model.ts'
import { assertOwns, showFactory } from '../registering.ts'
import { issueKeys } from '../secrets.ts'
import { endSecrets } from '../secrets-ended.ts'

/** A secret has leaked: a new one, shown once, and every earlier one stops at once, whatever was promised. */
export const replaceSecret = action({
  name: 'factories.replace-secret',
  // A factory may renew its own.
  scope: 'anyone',
  input: byId,
  output: z.object({ factory: factoryView, secret: z.string() }),
  async run(context: Context, actor, { id }) {
    assertOwns(actor, id)
    const { secret, sealed } = issueKeys(context.engines.vault)
    const row = await endSecrets(context, actor, id, { secret: sealed, previousSecret: null })
    return { factory: showFactory(context, row), secret }
  },
})
