/** What is asked of the house: its rules and schemas. */
import { z } from 'zod'
import { roleNamed, ROLES, SCOPES } from '../../core/actor.ts'
import { emailAddress, oneLine } from '../../core/typed.ts'
import { LANGS } from '../../core/values.ts'

/** A role by its present name, or by the one that scripts know. */
const roleSchema = z.preprocess((name) => (typeof name === 'string' ? (roleNamed(name) ?? name) : name), z.enum(ROLES))

export const accountSchema = z.strictObject({
  email: emailAddress.transform((email) => email.toLowerCase()),
  name: oneLine(1, 80),
  password: z.string().min(10).max(200),
  lang: z.enum(LANGS).default('zh'),
})
export const newUserSchema = accountSchema.extend({ role: roleSchema.default('merchandiser') })
export type NewUser = z.output<typeof newUserSchema>

/** What an admin changes in an account that is there. `secondFactor: false` takes it away from whoever lost it. */
export const userChange = z
  .strictObject({
    disabled: z.boolean(),
    password: accountSchema.shape.password,
    role: z.enum(ROLES),
    secondFactor: z.literal(false),
  })
  .partial()
export type UserChange = z.output<typeof userChange>

export const ownPasswordSchema = z.strictObject({
  current: z.string().max(200),
  password: accountSchema.shape.password,
})

export const keySchema = z.strictObject({
  name: oneLine(1, 80),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .transform((scopes) => [...new Set(scopes)]),
  /** Null: until it is revoked. */
  expiresInDays: z.int().min(1).max(730).nullable().default(null),
  /** Requests a minute, counted in each process. */
  perMinute: z.int().min(1).max(1_000_000).default(6000),
})

/** Where a request comes from; nothing of it for the terminal. */
const originSchema = z.object({
  address: z.string().optional(),
  /** The browser's User-Agent. */
  agent: z.string().optional(),
  /** The sealed cookie of a browser that signed in before. */
  device: z.string().optional(),
})
export type Origin = z.output<typeof originSchema>

/** What belongs to a try to get in: where it comes from. */
export const fromSomewhere = z.object({ origin: originSchema.default({}) })
/** What belongs to getting in: the session that the browser had is ended. */
export const gettingIn = fromSomewhere.extend({ previous: z.string().optional() })
/** The session at hand, as the browser holds it. */
export const session = z.object({ sessionToken: z.string() })

/** Whoever has this address. */
export const onePerson = z.object({ email: z.string().min(3).max(254) })
/** The same, by a buyer's own link: an account or a factory of that address is not a buyer's. */
export const onePersonOr = onePerson.extend({ asBuyer: z.boolean().default(false) })

/** What is told while something takes long; only from inside the process. */
export const told = <F>() => z.custom<F>((value) => value === undefined || typeof value === 'function').optional()

export const noInput = z.object({})
export const anObject = z.looseObject({})
export const anEnd = z.object({ ended: z.int() })
