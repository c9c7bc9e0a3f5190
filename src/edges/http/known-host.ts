import { isIP } from 'node:net'
import { problem } from '../../core/errors.ts'

/**
 * The first account of an installation is made by whoever is there first, so its page answers only under names that
 * nobody else can point here: our own address, this machine, an address in figures. Under any other name it may be the
 * page of somebody else, whose name was made to lead to this machine after it had been opened (DNS rebinding).
 * @throws Problem 403 `identity.host`
 */
export function assertKnownHost(hostname: string, baseUrl: string): void {
  const name = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
  const ours = new URL(baseUrl).hostname.replace(/^\[|\]$/g, '')
  if (name === ours || name === 'localhost' || name.endsWith('.localhost') || isIP(name)) return
  throw problem('identity.host', 403, {
    en: `The first account is made at ${baseUrl} or on the machine itself. To use another name, set BASE_URL to it and start again, or run "firstcut accounts add".`,
    zh: `首个账号只能在 ${baseUrl} 或本机上创建。如需使用其他域名，请先设置 BASE_URL 并重启，或运行 firstcut accounts add。`,
  })
}
