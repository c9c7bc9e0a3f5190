import type { FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { actorTag } from '../../core/actor.ts'
import { addressOf, networkOf } from '../../core/network.ts'
import type { Line } from '../line.ts'

/** As much of a keyed hash as tells networks apart. */
const KEPT = 22
const KEPT_NEAR = 16

/** A crowd comes over few networks' addresses, and each orders more than once: parsing and hashing them is 8 µs. */
const known = new LRUCache<string, string>({ max: 10_000 })

/** @param key the master key that signs, so that what it said is not told when another one does */
function networkKey(address: string, vault: Line['context']['engines']['vault']): string {
  const asked = `${vault.writes()} ${address}`
  const found = known.get(asked)
  if (found) return found
  // Behind the point its neighbourhood: of one connection there is one, so that limits count the same with it.
  const near = vault.sign('neighbourhood', networkOf(address)).slice(0, KEPT_NEAR)
  const said = `net:${vault.sign('network', addressOf(address)).slice(0, KEPT)}.${near}`
  known.set(asked, said)
  return said
}

/**
 * Whom a request counts against where letters to strangers are limited: the account of a machine or a partner, otherwise the network
 * it came from, as a keyed hash, so that no address is stored.
 */
export const originOf = ({ actor, ip }: Pick<FastifyRequest, 'actor' | 'ip'>, { engines }: Line['context']): string =>
  actor.kind === 'key' || actor.kind === 'partner' ? actorTag(actor) : networkKey(ip, engines.vault)
