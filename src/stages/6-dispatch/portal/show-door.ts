import type { Context } from '../../context.ts'
import type { Factory } from '../store/factories.ts'
import { factoryOfLink, wrongPortalToken } from './access.ts'

/** Whose link this is, for the page that asks whether to enter. @throws Problem 401 `factories.token` */
export async function portalDoor(context: Context, token: string): Promise<Pick<Factory, 'id' | 'name' | 'lang'>> {
  const factory = await factoryOfLink(context, token)
  if (!factory) throw wrongPortalToken()
  const { id, name, lang } = factory
  return { id, name, lang }
}
