/**
 * THE ADAPTERS of the ports that have more than one, each in a place of its own: a new one is a folder and a line here.
 * The composition root opens the one that the configuration names, and the configuration takes no other name.
 */
import { openMailFolder } from './mail/folder/index.ts'
import { smtp } from './mail/smtp/index.ts'
import { dashScope } from './image/dashscope/index.ts'
import { openAi } from './image/openai/index.ts'
import type { ImageAdapter, ImageConfig, ImageModel, MailAdapter, Mailer, Outbound } from './ports.ts'

/** By what SMTP_URL begins with. Without it letters go into a folder. */
export const MAIL: readonly MailAdapter[] = [smtp]

/** By IMAGE_PROVIDER. Without it the built-in renderer draws. */
export const IMAGES: readonly ImageAdapter[] = [openAi, dashScope]

export const MAIL_PROTOCOLS: readonly string[] = MAIL.flatMap(({ protocols }) => protocols)
export const IMAGE_KINDS: readonly string[] = IMAGES.map(({ kind }) => kind)

/** The one of many that is meant. @throws Error where none is: the configuration was not asked before */
function chosen<A>(adapters: readonly A[], name: string, answers: (adapter: A) => boolean): A {
  const found = adapters.find(answers)
  if (!found) throw new Error(`no adapter is registered for ${name}`)
  return found
}

export const imageAdapter = (kind: string): ImageAdapter => chosen(IMAGES, kind, (each) => each.kind === kind)

/** @param url SMTP_URL, if there is one; @param folder where letters lie otherwise */
export function openMailer({ url, folder, from }: { url: string | undefined; folder: string; from: string }): Mailer {
  if (url === undefined) return openMailFolder(folder, from)
  const protocol = new URL(url).protocol.slice(0, -1)
  return chosen(MAIL, protocol, ({ protocols }) => protocols.includes(protocol)).open({ url, from })
}

export const openImageModel = (config: ImageConfig, outbound: Outbound): ImageModel =>
  imageAdapter(config.kind).open(config, outbound)
