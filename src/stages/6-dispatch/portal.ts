import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { anonymous, type Actor } from '../../core/actor.ts'
import { sha256 } from '../../core/canonical.ts'
import { problem, type Problem } from '../../core/errors.ts'
import { parse } from '../../core/parse.ts'
import { emailAddress } from '../../core/typed.ts'
import { DAY, HOUR, MINUTE, newId } from '../../core/values.ts'
import { take, tooMany } from '../../db/limits.ts'
import { queueLetters } from '../../db/mailbox.ts'
import { record } from '../../db/security-log.ts'
import type { Context } from '../context.ts'
import { portalLinkLetter } from './letters.ts'
import { portalHashOf } from './secrets.ts'
import { factoryByPortal, type Factory } from './store.ts'
import { accessBy, endAccess, factoriesAt, forgetEnded, insertAccess, noteSeen } from './store/portal.ts'

/** A browser that is signed in, unused, and at most. */
const IDLE_MS = 7 * DAY
const LONGEST_MS = 30 * DAY
/** Longer than this between two looks, and the session is noted to be alive. */
const NOTED_MS = 5 * MINUTE
/** A link that was sent by letter opens the portal once. */
const LINK_MS = HOUR

const LINKS_AN_HOUR = { address: 3, network: 20 } as const

const linkRequest = z.strictObject({ email: emailAddress })

const newToken = (prefix: 'fcs' | 'fcl'): string => `${prefix}_${randomBytes(32).toString('base64url')}`

type FactoryActor = Extract<Actor, { kind: 'factory' }>
const actorOf = ({ id, name }: Pick<Factory, 'id' | 'name'>): FactoryActor => ({ kind: 'factory', id, name })

export const wrongPortalToken = (): Problem =>
  problem(
    'factories.token',
    401,
    {
      en: 'This link is not valid any more. Have a new one sent to you below, or ask the house for one.',
      zh: '该链接已失效。请在下方获取新链接，或联系商家重新签发。',
    },
    { field: 'token' },
  )

/**
 * How a factory's people come into the portal: a link of the house or one that was sent by letter opens a session, and
 * only the session's token, which ends by itself, lies in a browser. Every token is stored as its hash.
 */
export function openPortal(context: Context) {
  const { db, clock, engines } = context

  const idleSince = (now: Date) => new Date(now.getTime() - IDLE_MS)

  /** A factory by a session or a sent link that is still good. */
  const byAccess = (token: string, kind: 'session' | 'link') => {
    const now = clock.now()
    return accessBy(db.read, { tokenHash: sha256(token), kind, now, idle: idleSince(now) })
  }

  /** Whom a link is for; looking at it opens nothing. */
  const factoryOfLink = async (token: string): Promise<Factory | undefined> =>
    (await factoryByPortal(db.read, portalHashOf(token))) ?? (await byAccess(token, 'link'))?.factory

  return {
    /** Whose link this is, for the page that asks whether to enter. @throws Problem 401 `factories.token` */
    async portalDoor(token: string): Promise<Pick<Factory, 'id' | 'name' | 'lang'>> {
      const factory = await factoryOfLink(token)
      if (!factory) throw wrongPortalToken()
      const { id, name, lang } = factory
      return { id, name, lang }
    },

    /** Open a session by a link; one that was sent by letter is used up. @throws Problem 401 `factories.token` */
    async enterPortal(token: string): Promise<{ session: string; factory: Pick<Factory, 'id' | 'lang'> }> {
      const factory = await factoryOfLink(token)
      if (!factory) throw wrongPortalToken()
      const session = newToken('fcs')
      const now = clock.now()
      await db.write(async (tx) => {
        if (!(await factoryByPortal(tx, portalHashOf(token)))) {
          // Pressed twice: the first one is in.
          if (!(await endAccess(tx, sha256(token), 'link'))) throw wrongPortalToken()
        }
        await insertAccess(tx, {
          tokenHash: sha256(session),
          factoryId: factory.id,
          kind: 'session',
          createdAt: now,
          expiresAt: new Date(now.getTime() + LONGEST_MS),
        })
        await forgetEnded(tx, now, idleSince(now))
      })
      return { session, factory }
    },

    /** Who is signed in with this session, or nobody: unknown, unused for a week, a month old, link renewed. */
    async portalSession(session: string): Promise<FactoryActor | undefined> {
      const row = await byAccess(session, 'session')
      if (!row) return undefined
      const now = clock.now()
      if (now.getTime() - row.lastSeenAt.getTime() > NOTED_MS)
        await db.write((tx) => noteSeen(tx, sha256(session), now), { atomic: true })
      return actorOf(row.factory)
    },

    async leavePortal(session: string): Promise<void> {
      await db.write((tx) => endAccess(tx, sha256(session), 'session'), { atomic: true })
    },

    /**
     * Send the factories with this address a link that opens their portal once, within the hour. Whoever asks is told
     * nothing of whether there are any; the links they have go on to work.
     * @param origin whom the request came from, as limits count it
     * @throws Problem 422, 429 `limits.too-many`
     */
    async askPortalLink(input: unknown, origin: string): Promise<void> {
      const email = parse(linkRequest, input).email.toLowerCase()
      const now = clock.now()
      await db.write(async (tx) => {
        const over = await take(
          tx,
          [
            { of: 'portal-link.address', by: email, most: LINKS_AN_HOUR.address, windowMs: HOUR },
            { of: 'portal-link.network', by: origin, most: LINKS_AN_HOUR.network, windowMs: HOUR },
          ],
          now,
        )
        if (over !== undefined) throw tooMany(over)
        for (const factory of await factoriesAt(tx, email)) {
          const token = newToken('fcl')
          await insertAccess(tx, {
            tokenHash: sha256(token),
            factoryId: factory.id,
            kind: 'link',
            createdAt: now,
            expiresAt: new Date(now.getTime() + LINK_MS),
          })
          const link = `${context.baseUrl}/factory?token=${token}`
          await queueLetters(tx, portalLinkLetter(factory, { id: newId(), link }), now, engines.vault)
          await record(tx, { act: 'factory.link-issued', by: anonymous, on: `factory:${factory.id}`, details: {} }, now)
        }
      })
    },
  }
}
