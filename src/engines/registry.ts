/**
 * THE ADAPTERS of the ports that have more than one, each in a place of its own: a new one is a folder and a line here.
 * The composition root opens the one that the configuration names, and the configuration takes no other name.
 */
import { BY_TEXT } from '../core/person.ts'
import { openMailFolder } from './mail/folder/index.ts'
import { smtp } from './mail/smtp/index.ts'
import { dashScope } from './image/dashscope/index.ts'
import { openAi } from './image/openai/index.ts'
import { aliyun } from './sms/aliyun/index.ts'
import { openTextFolder } from './sms/folder/index.ts'
import {
  type ImageAdapter,
  type ImageConfig,
  type ImageModel,
  type Letter,
  type MailAdapter,
  type Mailer,
  type Outbound,
  type SmsAdapter,
  type TextMessage,
  type Texter,
} from './ports.ts'

/** By what SMTP_URL begins with. Without it letters go into a folder. */
export const MAIL: readonly MailAdapter[] = [smtp]

/** By what SMS_URL begins with. Without it text messages go into the folder of letters. */
export const SMS: readonly SmsAdapter[] = [aliyun]

/** By IMAGE_PROVIDER. Without it the built-in renderer draws. */
export const IMAGES: readonly ImageAdapter[] = [openAi, dashScope]

export const MAIL_PROTOCOLS: readonly string[] = MAIL.flatMap(({ protocols }) => protocols)
export const SMS_PROTOCOLS: readonly string[] = SMS.flatMap(({ protocols }) => protocols)
export const IMAGE_KINDS: readonly string[] = IMAGES.map(({ kind }) => kind)

/** The one of many that is meant. @throws Error where none is: the configuration was not asked before */
function chosen<A>(adapters: readonly A[], name: string, answers: (adapter: A) => boolean): A {
  const found = adapters.find(answers)
  if (!found) throw new Error(`no adapter is registered for ${name}`)
  return found
}

export const imageAdapter = (kind: string): ImageAdapter => chosen(IMAGES, kind, (each) => each.kind === kind)

const protocolOf = (url: string): string => new URL(url).protocol.slice(0, -1)
const speaks =
  (protocol: string) =>
  ({ protocols }: { protocols: readonly string[] }): boolean =>
    protocols.includes(protocol)

export function openTexter(url: string): Texter {
  const protocol = protocolOf(url)
  return chosen(SMS, protocol, speaks(protocol)).open({ url })
}

interface Ways {
  /** SMTP_URL, if there is one. */
  url: string | undefined
  /** SMS_URL, if there is one. */
  smsUrl?: string | undefined
  /** Where letters and text messages lie otherwise. */
  folder: string
  from: string
}

/** Letters by mail, and those to a telephone number by text message; what has no way out lies in the folder. */
export function openMailer({ url, smsUrl, folder, from }: Ways): Mailer {
  const kept = openMailFolder(folder, from)
  const protocol = url === undefined ? '' : protocolOf(url)
  const mail = url === undefined ? kept : chosen(MAIL, protocol, speaks(protocol)).open({ url, from })
  const texts = smsUrl === undefined ? openTextFolder(kept) : openTexter(smsUrl)
  const isAway = url !== undefined && smsUrl !== undefined
  return {
    get atOnce() {
      return mail.atOnce
    },
    send: (letter, given) =>
      letter.to.startsWith(BY_TEXT) ? texts.send(asText(letter), given) : mail.send(letter, given),
    ...(isAway ? {} : { tidy: kept.tidy, forget: kept.forget, kept: kept.kept }),
    async close() {
      await Promise.all([mail.close(), texts.close(), kept.close()])
    },
  }
}

/** A letter to a number is its subject; its body is a code, or what a letter would have said at length. */
const asText = ({ id, to, lang, subject, body }: Letter): TextMessage => ({
  id,
  to: to.slice(BY_TEXT.length),
  lang,
  text: subject,
  ...(/^\d{4,8}$/.test(body) ? { code: body } : {}),
})

export const openImageModel = (config: ImageConfig, outbound: Outbound): ImageModel =>
  imageAdapter(config.kind).open(config, outbound)
