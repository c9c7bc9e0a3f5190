/** E-mail addresses as they are, not as most of them look. */
import { domainToASCII } from 'node:url'
import type { Localized } from './values.ts'

export type ReadEmail = { address: string } | { fault: Localized }

/** RFC 5321 4.1.2: what stands before the @ without quotes. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
/** RFC 5321 2.3.5, RFC 1123 2.1: letters, digits, hyphens inside; the last label is no number. */
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/i
/** Letters of all scripts, the marks on them, and the full stops of China and Japan; nothing that ends a host in an address. */
const INTERNATIONAL = /^(?:[\p{L}\p{M}\p{N}.。．｡-]|\u200c|\u200d)+$/u

/** RFC 5321 4.5.3.1: 64 octets before the @, 254 for the whole (RFC 3696 erratum 1690). */
export const MOST_EMAIL = 254
const MOST_LOCAL = 64

const fault = (en: string, zh: string): ReadEmail => ({ fault: { en, zh } })

/**
 * The address in the form it is written to, or what is wrong with it. An internationalised domain is stored in its ASCII
 * form (RFC 5890), which every mail server understands; nothing else is changed.
 */
export function readEmail(typed: string): ReadEmail {
  const text = typed.trim().replace('＠', '@')
  if (/["()<>,;:\\]/.test(text))
    return fault(
      'this e-mail address has quotes, brackets, commas or colons, which we cannot write to. Give the plain address, such as name@example.com',
      '该邮箱地址含引号、括号、逗号或冒号，我们无法寄送。请填写普通地址，例如 name@example.com',
    )
  const at = text.lastIndexOf('@')
  const [local, host] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)]
  if (at < 1 || !host)
    return fault(
      'this is no e-mail address: it needs a name, an @ and a domain, such as name@example.com',
      '这不是邮箱地址：须含用户名、@ 和域名，例如 name@example.com',
    )
  if (/[^\x21-\x7e]/.test(local))
    return fault(
      'the part before the @ may hold only Latin letters, digits and signs without spaces; many mail servers take nothing else',
      '@ 之前只能使用英文字母、数字和符号，不含空格；许多邮件服务器不支持其他文字',
    )
  if (!LOCAL.test(local) || local.length > MOST_LOCAL)
    return fault(
      'the part before the @ is not right: no full stop at its ends, none twice in a row, no second @, 64 characters at most',
      '@ 之前的部分有误：首尾不能是句点，句点不能连续，不能有第二个 @，最多 64 个字符',
    )
  const plain = /^[\x21-\x7e]+$/.test(host) && !/(^|\.)xn--/i.test(host)
  const international = INTERNATIONAL.test(host) ? domainToASCII(host) : ''
  const ascii = plain ? host : international
  if (!DOMAIN.test(ascii))
    return fault(
      'the domain after the @ is not right. It looks like example.com or 例子.中国',
      '@ 之后的域名有误，应类似 example.com 或 例子.中国',
    )
  const address = `${local}@${ascii}`
  return address.length <= MOST_EMAIL
    ? { address }
    : fault('this e-mail address is too long: at most 254 characters', '邮箱地址过长，最多 254 个字符')
}

/** An address to look an account up by, whichever way its domain was typed. */
export function sameEmail(typed: string): string {
  const read = readEmail(typed)
  return ('address' in read ? read.address : typed.trim()).toLowerCase()
}
