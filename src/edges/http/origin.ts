import type { FastifyRequest } from 'fastify'
import { actorTag } from '../../core/actor.ts'
import { addressOf } from '../../core/network.ts'
import type { Line } from '../line.ts'

/** As much of a keyed hash as tells networks apart. */
const KEPT = 22

/**
 * Whom a request counts against where letters to strangers are limited: the account of a machine, otherwise the network
 * it came from, as a keyed hash, so that no address is stored.
 */
export const originOf = ({ actor, ip }: Pick<FastifyRequest, 'actor' | 'ip'>, { engines }: Line['context']): string =>
  actor.kind === 'key' ? actorTag(actor) : `net:${engines.vault.sign('network', addressOf(ip)).slice(0, KEPT)}`
