import { isIP } from 'node:net'
import { refused } from './messages.ts'

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
  throw refused('identity.host', { baseUrl })
}
