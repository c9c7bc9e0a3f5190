/**
 * Names to addresses, each with a deadline of its own. The system's resolver (getaddrinfo) runs on two threads of this
 * process: two names whose servers do not answer hold up every other for ten seconds and more. Here names are asked of
 * the name servers directly, on sockets; the hosts file is read, as people expect, and only names that the operator has
 * allowed by name may also be asked of the system, which knows search domains and local names.
 */
import { lookup, Resolver } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import ipaddr from 'ipaddr.js'
import { SECOND } from '../core/values.ts'

export interface Address {
  address: string
  family: 4 | 6
}

export interface NamesOptions {
  /** `192.0.2.1` or `192.0.2.1:5353`; the system's without. */
  servers?: readonly string[]
  hostsFile?: string
  /** How long a name may take, all in all. */
  deadlineMs?: number
}

/** Long enough for two tries at each of two servers. */
const DEADLINE_MS = 5 * SECOND
const TRY_MS = 2 * SECOND
/** For the other family of addresses, once the one is known. */
const OTHER_MS = 300
const HOSTS = process.platform === 'win32' ? 'C:\\Windows\\System32\\drivers\\etc\\hosts' : '/etc/hosts'

const familyOf = (address: string): 4 | 6 => (ipaddr.IPv4.isValid(address) ? 4 : 6)

/** The addresses that a hosts file gives a name. */
export function fromHosts(text: string, name: string): Address[] {
  return text.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (!ipaddr.isValid(address) || !names.some((each) => each.toLowerCase() === name.toLowerCase())) return []
    return [{ address, family: familyOf(address) }]
  })
}

const silence = (host: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`no answer about ${host}`), { code: 'ETIMEOUT' })

/**
 * @returns from a host's name to all its addresses, none where there is no such name
 */
export function openNames({ servers, hostsFile = HOSTS, deadlineMs = DEADLINE_MS }: NamesOptions = {}) {
  /** One question to the system for each name at a time. */
  const asking = new Map<string, Promise<Address[]>>()

  async function bySystem(host: string): Promise<Address[]> {
    let asked = asking.get(host)
    if (!asked) {
      asked = lookup(host, { all: true, verbatim: true })
        .then((found) => found.map(({ address }) => ({ address, family: familyOf(address) })))
        .finally(() => asking.delete(host))
      asking.set(host, asked)
    }
    return asked
  }

  async function byServers(host: string): Promise<Address[]> {
    // Made for each name: one that waits shares nothing with the others, and changed name servers are seen.
    const resolver = new Resolver({ timeout: TRY_MS, tries: 2 })
    if (servers) resolver.setServers([...servers])
    const timer = setTimeout(() => resolver.cancel(), deadlineMs)
    try {
      const found: string[] = []
      const both = [resolver.resolve4(host), resolver.resolve6(host)].map((asked) =>
        asked.then((addresses) => void found.push(...addresses)),
      )
      const settled = Promise.allSettled(both)
      await Promise.any(both)
      // Some name servers drop questions about IPv6: whoever has one answer does not wait long for the other.
      await Promise.race([settled, sleep(OTHER_MS)])
      return found.map((address) => ({ address, family: familyOf(address) }))
    } catch (error) {
      const [first] = (error as AggregateError).errors as NodeJS.ErrnoException[]
      throw first?.code === 'ECANCELLED' ? silence(host) : (first ?? error)
    } finally {
      clearTimeout(timer)
      resolver.cancel()
    }
  }

  async function within(work: Promise<Address[]>, host: string): Promise<Address[]> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(silence(host)), deadlineMs)
    })
    try {
      return await Promise.race([work, late])
    } finally {
      clearTimeout(timer)
    }
  }

  /** @param known allowed by name, so that a local name may be meant */
  return async (host: string, known: boolean): Promise<Address[]> => {
    const listed = fromHosts(await readFile(hostsFile, 'utf8').catch(() => ''), host)
    if (listed.length) return listed
    try {
      return await within(byServers(host), host)
    } catch (error) {
      if (!known) throw error
      return within(bySystem(host), host)
    }
  }
}
