/**
 * The catalogue of the security log: every act that somebody may have to answer for, with what is written down beside
 * who did it, to whom and when. Ids, field names and fixed words only, and of an address only its network: the log is
 * never changed, so nothing that has to be erasable may stand in it.
 */
import { z } from 'zod'

/** The id of something of ours. An e-mail has an @, a name mostly spaces or letters beyond these: neither passes. */
const id = z.string().regex(/^[\w.:-]{1,80}$/)
/** The name of a field, a permission, a role: from our own code. */
const word = z.string().regex(/^[\w.:-]{1,60}$/)
/** `203.0.113.0/24`: where it came from, as its network says; null at the machine itself. */
const network = z
  .string()
  .regex(/^[0-9a-f.:/]{2,50}$/)
  .nullable()
const nothing = z.strictObject({})
/** Which act, and why in a word. */
const byHand = z.strictObject({ act: id, why: word })
const fields = z.strictObject({ fields: z.array(word) })

export const SECURITY_ACTS = {
  // Signing in. On: the account; nothing where there is no such account.
  'sign-in.done': z.strictObject({ by: z.enum(['password', 'password-code', 'password-recovery']), from: network }),
  'sign-in.refused': z.strictObject({
    reason: z.enum(['unknown', 'password', 'off', 'code', 'too-many']),
    from: network,
  }),
  'sign-in.confirmed': z.strictObject({ by: z.enum(['password', 'code', 'recovery']), from: network }),
  'session.ended': z.strictObject({ sessions: z.int(), why: z.enum(['signed-out', 'ended', 'changed']) }),
  // Accounts. On: the account.
  'account.made': z.strictObject({ role: word, first: z.boolean() }),
  'account.role': z.strictObject({ was: word, is: word }),
  'account.off': nothing,
  'account.on': nothing,
  'account.password': z.strictObject({ how: z.enum(['own', 'set', 'letter']) }),
  'account.reset-asked': z.strictObject({ from: network }),
  'account.second-factor': z.strictObject({ is: z.enum(['on', 'off', 'new-codes']) }),
  'account.recovery-used': z.strictObject({ left: z.int() }),
  // API keys. On: the key.
  'key.made': z.strictObject({ scopes: z.array(word), expiresAt: z.iso.datetime().nullable() }),
  'key.used-first': z.strictObject({ from: network }),
  'key.revoked': nothing,
  'key.expired': nothing,
  // The house's rules and its terms towards factories: which fields, never what they say.
  'house.changed': fields,
  'terms.changed': fields,
  'sale-terms.changed': z.strictObject({ version: z.int() }),
  // Factories. On: the factory.
  'factory.registered': z.strictObject({ endpoint: z.boolean() }),
  'factory.changed': fields,
  'factory.endpoint': z.strictObject({ is: z.enum(['set', 'moved', 'taken-away']) }),
  'factory.secret-rotated': nothing,
  'factory.secret-revoked': nothing,
  'factory.link-issued': nothing,
  'factory.link-revoked': nothing,
  'factory.paused': nothing,
  'factory.resumed': nothing,
  // A person's hand on a campaign. On: the campaign. `act` names the row that holds the reason in words.
  'campaign.stopped': byHand,
  'campaign.taken-down': byHand,
  'campaign.paused': byHand,
  'campaign.resumed': byHand,
  'campaign.dated': byHand,
  'campaign.worded': byHand,
  'campaign.cap-raised': byHand,
  'campaign.dispatched': byHand,
  'campaign.quoted': byHand,
  'campaign.told': byHand,

  // It closed with enough units from too few buyers.
  'campaign.made-for-few': nothing,
  'campaign.asked': byHand,
  'campaign.refused': byHand,
  'campaign.undone': byHand,
  // Partners. On: the partner.
  'partner.made': z.strictObject({ kind: word }),
  'partner.changed': fields,
  'partner.stopped': nothing,
  'partner.resumed': nothing,
  'partner.key-rolled': nothing,
  'partner.agreed': z.strictObject({ terms: id, campaign: id.nullable() }),
  // Data of people. On: `person:` and an id or a keyed hash, never their address.
  'people.exported': z.strictObject({ rows: z.int() }),
  'people.erased': z.strictObject({ rows: z.int() }),
  // The installation.
  'backup.written': z.strictObject({ file: word }),
  'backup.restored': z.strictObject({ file: word }),
  'secrets.rotated': z.strictObject({ key: id }),
} as const

export type SecurityAct = keyof typeof SECURITY_ACTS
export type ActDetails<A extends SecurityAct> = z.input<(typeof SECURITY_ACTS)[A]>

export const isSecurityAct = (name: string): name is SecurityAct => Object.hasOwn(SECURITY_ACTS, name)

/** Whom or what an act was done to: `user:0190…`. */
export const subjectSchema = z.string().regex(/^(user|key|factory|person|session|campaign|partner):[\w.-]{1,80}$/)
