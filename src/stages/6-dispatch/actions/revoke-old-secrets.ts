import { byId } from '../../../core/parse.ts'
import { action } from '../../action.ts'
import type { Context } from '../../context.ts'
import { factoryView } from '../model.ts'
import { assertOwns, showFactory } from '../registering.ts'
import { endSecrets } from '../secrets-ended.ts'

/** The change-over is done: earlier secrets stop at once, the present one stays. */
export const revokeOldSecrets = action({
  name: 'factories.revoke-old-secrets',
  // A factory may end its own.
  scope: 'anyone',
  input: byId,
  output: factoryView,
  async run(context: Context, actor, { id }) {
    assertOwns(actor, id)
    return showFactory(context, await endSecrets(context, actor, id, { previousSecret: null }))
  },
})
