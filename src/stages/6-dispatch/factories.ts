import { actorTag, authorize, type Actor } from '../../core/actor.ts'
import { changedFields } from '../../core/canonical.ts'
import { notFound, problem } from '../../core/errors.ts'
import { parseAs } from '../../core/parse.ts'
import { HOUR, newId, SECOND, type Localized } from '../../core/values.ts'
import type { Tx } from '../../db/database.ts'
import { record as note } from '../../db/security-log.ts'
import type { Context } from '../context.ts'
import { keyOf, readFactoryCsv, type SkippedRow } from './import.ts'
import { dispatchTermsSchema, factoryChange, factorySchema, type DispatchTerms, type FactoryInput } from './model.ts'
import { overOffersOf } from './offers.ts'
import {
  issueKeys,
  issuePortalToken,
  MOST_PROMISED,
  portalHashOf,
  promisedUntil,
  publicKey,
  retireKeys,
} from './secrets.ts'
import { post, record } from './sending.ts'
import { queueMessage } from './store/messages.ts'
import {
  allFactories,
  changeFactory,
  factoryById,
  factoryByPortal,
  factoryPage,
  insertFactory,
  readTerms,
  writeTerms,
  type Factory,
} from './store.ts'
import { endAccessOf } from './store/portal.ts'

/** A list of 5,000 factories has less than a megabyte; it is read in a thread of its own, and not for long. */
const MOST_BYTES = 5 * 1024 * 1024
const READ_MS = 5 * SECOND

/** A factory as people and machines may see it: no secret leaves, sealed or not. */
export type FactoryView = Omit<Factory, 'secret' | 'previousSecret' | 'portalHash'> & {
  /** Verifies our `v1a` signatures. */
  publicKey: string
  rotating: boolean
}

/** Shown once, at creation and rotation, and never again. */
export interface ShownOnce {
  factory: FactoryView
  secret: string
  portalToken: string
}

export function openFactories(context: Context) {
  const { db, clock, engines } = context
  const { vault } = engines

  const view = (factory: Factory): FactoryView => {
    const { secret, previousSecret, portalHash: _hash, ...shown } = factory
    return {
      ...shown,
      publicKey: publicKey(vault, { secret }),
      rotating: promisedUntil(vault, { secret, previousSecret }, clock.now()).length > 0,
    }
  }
  const found = async (id: string): Promise<Factory> => {
    const factory = await factoryById(db.read, id)
    if (!factory) throw notFound({ en: 'factory', zh: '工厂' }, id)
    return factory
  }

  async function insert(tx: Tx, actor: Actor, input: FactoryInput): Promise<ShownOnce> {
    const { secret, sealed } = issueKeys(vault)
    const { portalToken, portalHash } = issuePortalToken()
    const [factory] = await insertFactory(tx, {
      ...input,
      id: newId(),
      address: input.address ?? null,
      contactEmail: input.contactEmail ?? null,
      endpoint: input.endpoint ?? null,
      state: 'invited',
      secret: sealed,
      portalHash,
      createdAt: clock.now(),
    })
    if (!factory) throw new Error('a factory was not stored')
    await note(
      tx,
      {
        act: 'factory.registered',
        by: actor,
        on: `factory:${factory.id}`,
        details: { endpoint: factory.endpoint !== null },
      },
      clock.now(),
    )
    return { factory: view(factory), secret, portalToken }
  }

  return {
    /** A new factory, `invited` until it has answered a signed ping or said yes in its portal. */
    async createFactory(actor: Actor, input: unknown): Promise<ShownOnce> {
      authorize(actor, 'factories')
      const factory = parseAs('factories.invalid', factorySchema, input)
      return db.write((tx) => insert(tx, actor, factory))
    },

    /** Change some of it. Another endpoint has to prove itself anew before it gets orders. */
    async updateFactory(actor: Actor, id: string, input: unknown): Promise<FactoryView> {
      authorize(actor, 'factories')
      const change = parseAs('factories.invalid', factoryChange, input)
      const before = await found(id)
      const moved = change.endpoint !== undefined && change.endpoint !== before.endpoint
      const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      if (!Object.keys(set).length) return view(before)
      const row = await db.write(async (tx) => {
        const on = `factory:${id}`
        const fields = changedFields(before, { ...before, ...set })
        if (fields.length) await note(tx, { act: 'factory.changed', by: actor, on, details: { fields } }, clock.now())
        if (moved) {
          const is = !change.endpoint ? 'taken-away' : before.endpoint ? 'moved' : 'set'
          await note(tx, { act: 'factory.endpoint', by: actor, on, details: { is } }, clock.now())
        }
        const anew = { state: 'invited', verifiedAt: null, failingSince: null, quietUntil: null } as const
        return changeFactory(tx, id, moved ? { ...set, ...anew } : set)
      })
      return view(row ?? before)
    },

    /** No new offers; what it has in hand goes on, what it has not answered goes to the next in rank. */
    async pauseFactory(actor: Actor, id: string): Promise<FactoryView> {
      authorize(actor, 'factories')
      const before = await found(id)
      const row = await db.write(async (tx) => {
        const paused = await changeFactory(tx, id, { state: 'paused' }, ['active'])
        if (paused) {
          await overOffersOf(tx, context, id, 'the factory was paused')
          await note(tx, { act: 'factory.paused', by: actor, on: `factory:${id}`, details: {} }, clock.now())
        }
        return paused
      })
      return view(row ?? before)
    },

    async resumeFactory(actor: Actor, id: string): Promise<FactoryView> {
      authorize(actor, 'factories')
      const before = await found(id)
      if (!before.verifiedAt)
        throw problem('factories.unverified', 409, {
          en: 'This factory has not been verified. Send it a ping, or have it confirm in its portal.',
          zh: '该工厂尚未验证。请发送测试消息，或由工厂在工厂端确认。',
        })
      const row = await db.write(async (tx) => {
        const resumed = await changeFactory(tx, id, { state: 'active' }, ['paused'])
        if (resumed)
          await note(tx, { act: 'factory.resumed', by: actor, on: `factory:${id}`, details: {} }, clock.now())
        return resumed
      })
      return view(row ?? before)
    },

    async listFactories(
      actor: Actor,
      page: { before?: string | undefined; limit: number } = { limit: 50 },
    ): Promise<FactoryView[]> {
      authorize(actor, 'factories:read')
      return (await factoryPage(db.read, page)).map(view)
    },

    async factory(actor: Actor, id: string): Promise<FactoryView> {
      if (actor.kind !== 'factory' || actor.id !== id) authorize(actor, 'factories:read')
      return view(await found(id))
    },

    /**
     * A new webhook secret, shown once. The old one goes on signing beside it for the rotation time, and so does each
     * that was promised before.
     * @throws Problem 409 `factories.rotating` when as many are live as a header should carry
     */
    async rotateSecret(actor: Actor, id: string): Promise<{ factory: FactoryView; secret: string; until: Date }> {
      if (actor.kind !== 'factory' || actor.id !== id) authorize(actor, 'factories')
      await found(id)
      const { rotationHours } = await readTerms(db.read)
      const until = new Date(clock.now().getTime() + rotationHours * HOUR)
      const { secret, sealed } = issueKeys(vault)
      const row = await db.write(async (tx) => {
        const now = await factoryById(tx, id)
        if (!now) return undefined
        if (promisedUntil(vault, now, clock.now()).length >= MOST_PROMISED)
          throw problem('factories.rotating', 409, {
            en: `${MOST_PROMISED} earlier secrets of this factory still count. Wait until the first runs out, or end the old ones now.`,
            zh: `该工厂仍有 ${MOST_PROMISED} 个旧密钥有效。请等待最早的一个到期，或立即停用旧密钥。`,
          })
        await note(tx, { act: 'factory.secret-rotated', by: actor, on: `factory:${id}`, details: {} }, clock.now())
        return changeFactory(tx, id, { secret: sealed, previousSecret: retireKeys(vault, now, until, clock.now()) })
      })
      if (!row) throw notFound({ en: 'factory', zh: '工厂' }, id)
      return { factory: view(row), secret, until }
    },

    /** A secret has leaked: a new one, shown once, and every earlier one stops at once, whatever was promised. */
    async replaceSecret(actor: Actor, id: string): Promise<{ factory: FactoryView; secret: string }> {
      if (actor.kind !== 'factory' || actor.id !== id) authorize(actor, 'factories')
      const { secret, sealed } = issueKeys(vault)
      const row = await db.write(async (tx) => {
        const changed = await changeFactory(tx, id, { secret: sealed, previousSecret: null })
        if (changed)
          await note(tx, { act: 'factory.secret-revoked', by: actor, on: `factory:${id}`, details: {} }, clock.now())
        return changed
      })
      if (!row) throw notFound({ en: 'factory', zh: '工厂' }, id)
      return { factory: view(row), secret }
    },

    /** The change-over is done: earlier secrets stop at once, the present one stays. */
    async revokeOldSecrets(actor: Actor, id: string): Promise<FactoryView> {
      if (actor.kind !== 'factory' || actor.id !== id) authorize(actor, 'factories')
      const row = await db.write(async (tx) => {
        const changed = await changeFactory(tx, id, { previousSecret: null })
        if (changed)
          await note(tx, { act: 'factory.secret-revoked', by: actor, on: `factory:${id}`, details: {} }, clock.now())
        return changed
      })
      if (!row) throw notFound({ en: 'factory', zh: '工厂' }, id)
      return view(row)
    },

    /** A new portal token, shown once; the old one, and whoever is signed in, stops working at once. */
    async rotatePortal(actor: Actor, id: string): Promise<{ factory: FactoryView; portalToken: string }> {
      authorize(actor, 'factories')
      const { portalToken, portalHash } = issuePortalToken()
      const row = await db.write(async (tx) => {
        const changed = await changeFactory(tx, id, { portalHash })
        await endAccessOf(tx, id)
        if (changed)
          await note(tx, { act: 'factory.link-issued', by: actor, on: `factory:${id}`, details: {} }, clock.now())
        return changed
      })
      if (!row) throw notFound({ en: 'factory', zh: '工厂' }, id)
      return { factory: view(row), portalToken }
    },

    /** Who holds this portal token, or nobody. */
    async portalActor(token: string): Promise<Extract<Actor, { kind: 'factory' }> | undefined> {
      const factory = await factoryByPortal(db.read, portalHashOf(token))
      return factory && { kind: 'factory', id: factory.id, name: factory.name }
    },

    /**
     * Consent: the endpoint must answer a signed ping with 2xx before it gets orders; then the factory is active.
     * @throws Problem 422 `factories.ping` with what the endpoint did instead
     */
    async pingFactory(actor: Actor, id: string): Promise<FactoryView> {
      if (actor.kind !== 'factory' || actor.id !== id) authorize(actor, 'factories')
      const factory = await found(id)
      if (!factory.endpoint)
        throw problem(
          'factories.no-endpoint',
          422,
          {
            en: 'This factory has no endpoint. Enter one, or let the factory confirm in its portal.',
            zh: '该工厂没有接收地址。请填写接收地址，或由工厂在工厂端确认。',
          },
          { field: 'endpoint' },
        )
      const now = clock.now()
      const message = await db.write((tx) =>
        queueMessage(
          tx,
          context.engines.vault,
          {
            factoryId: id,
            orderId: null,
            type: 'factory.ping',
            dedupeKey: `ping:${newId()}`,
            data: { factoryId: id, name: factory.name },
          },
          now,
          // Sent here and now, because somebody is waiting for it; the lease keeps the worker's hands off.
          { until: new Date(now.getTime() + HOUR) },
        ),
      )
      if (!message) throw new Error('the ping was not stored')
      const outcome = await post(context, factory, message)
      await record(context, factory, message, outcome, { once: true })
      if (outcome.error !== undefined)
        throw problem('factories.ping', 422, {
          en: `The endpoint did not answer the test message with 2xx. Mend it and try again. (${outcome.error})`,
          zh: `接收地址未以 2xx 应答测试消息，请修复后重试。（${outcome.error}）`,
        })
      const row = await db.write((tx) =>
        changeFactory(tx, id, { state: 'active', verifiedAt: clock.now(), failingSince: null, quietUntil: null }, [
          'invited',
          'active',
          'disabled',
        ]),
      )
      return view(row ?? factory)
    },

    /** Consent of a factory that works in the portal: it says itself that it wants orders. */
    async confirmPortal(actor: Actor): Promise<FactoryView> {
      if (actor.kind !== 'factory')
        throw problem('factories.portal-only', 403, {
          en: 'Only the factory itself can confirm, from its portal.',
          zh: '只能由工厂本身在工厂端确认。',
        })
      const factory = await found(actor.id)
      if (factory.endpoint)
        throw problem('factories.ping-first', 409, {
          en: 'This factory takes orders at an endpoint: let it answer the test message instead.',
          zh: '该工厂通过接口接单，请改用测试消息验证。',
        })
      const row = await db.write((tx) =>
        changeFactory(tx, actor.id, { state: 'active', verifiedAt: clock.now() }, ['invited']),
      )
      return view(row ?? factory)
    },

    /**
     * Read a list of factories: CSV in any encoding, or .xlsx. Each becomes `invited`; their secrets are issued anew when somebody sets one up.
     * @returns what was made, and every line that was not, with the reason
     */
    async importFactories(
      actor: Actor,
      list: Uint8Array | string,
      fileName?: string,
    ): Promise<{ created: FactoryView[]; skipped: SkippedRow[]; notes: Localized[] }> {
      authorize(actor, 'factories')
      const sheet = await engines.feeds.table(typeof list === 'string' ? Buffer.from(list) : list, {
        fileName,
        deadlineMs: READ_MS,
        maxBytes: MOST_BYTES,
      })
      const { rows, skipped, notes } = readFactoryCsv(sheet)
      const created = await db.write(async (tx) => {
        const known = new Set((await allFactories(tx)).map(({ name, country }) => keyOf(name, country)))
        const made: FactoryView[] = []
        for (const { factory } of rows.filter(({ factory }) => !known.has(keyOf(factory.name, factory.country))))
          made.push((await insert(tx, actor, factory)).factory)
        return made
      })
      const fresh = new Set(created.map(({ name }) => name))
      const known = rows
        .filter(({ factory }) => !fresh.has(factory.name))
        .map(({ line, factory }) => ({
          line,
          name: factory.name,
          reason: { en: 'It is registered already.', zh: '该工厂已登记。' },
        }))
      return {
        created,
        skipped: [...skipped, ...known].sort((a, b) => a.line - b.line),
        notes: [...sheet.notes, ...notes],
      }
    },

    async terms(actor: Actor): Promise<DispatchTerms> {
      authorize(actor, 'factories:read')
      return readTerms(db.read)
    },

    /** Change the house's terms towards factories: where goods go, penalties, shares. */
    async changeTerms(actor: Actor, input: unknown): Promise<DispatchTerms> {
      authorize(actor, 'house')
      const change = parseAs('dispatch.terms', dispatchTermsSchema.partial(), input)
      const named = Object.keys((input ?? {}) as object)
      return db.write(async (tx) => {
        const given = Object.fromEntries(Object.entries(change).filter(([key]) => named.includes(key)))
        const before = await readTerms(tx)
        const terms: DispatchTerms = { ...before, ...given }
        await writeTerms(tx, terms, clock.now(), actorTag(actor))
        const fields = changedFields(before, terms)
        if (fields.length) await note(tx, { act: 'terms.changed', by: actor, details: { fields } }, clock.now())
        return terms
      })
    },
  }
}
