import { problem } from './errors.ts'

/** What may be asked for. `area:read` looks, the area alone acts; the last two stand for several of them. */
export const SCOPES = [
  'trends:read',
  'designs:read',
  'campaigns:read',
  'factories:read',
  /** Counts, events, the house's rules. */
  'line:read',
  /** Buyers' names and e-mails, beside whatever shows their orders and questions. */
  'people',
  'trends',
  'designs',
  'approvals',
  'campaigns',
  /** Vouch for buyers, as a shop of one's own does. */
  'demand',
  'factories',
  /** The house's rules and its materials. */
  'house',
  /** Accounts, roles, API keys. */
  'accounts',
  /** The security log. */
  'security',
  /** Parked work, letters, backups, metrics, data of people. */
  'system',
  'read',
  'operate',
] as const
export type Scope = (typeof SCOPES)[number]

/** What a permission that stands for several of them holds. */
const HOLDS: Readonly<Partial<Record<Scope, readonly Scope[]>>> = {
  read: ['trends:read', 'designs:read', 'campaigns:read', 'factories:read', 'line:read'],
  operate: ['house', 'accounts', 'security', 'system'],
}

/** A role may what the one before it may, and more. The one place where it is said. */
export const ROLES = ['viewer', 'merchandiser', 'manager', 'admin'] as const
export type Role = (typeof ROLES)[number]

const VIEWER: readonly Scope[] = ['read']
const MERCHANDISER: readonly Scope[] = [
  ...VIEWER,
  'people',
  'trends',
  'designs',
  'approvals',
  'campaigns',
  'demand',
  'factories',
]
const MANAGER: readonly Scope[] = [...MERCHANDISER, 'house']
const ADMIN: readonly Scope[] = [...MANAGER, 'operate']

export const PERMISSIONS: Readonly<Record<Role, readonly Scope[]>> = {
  viewer: VIEWER,
  merchandiser: MERCHANDISER,
  manager: MANAGER,
  admin: ADMIN,
}

/** What roles were called before: scripts go on saying it. */
const FORMER_ROLES: Readonly<Record<string, Role>> = { operator: 'admin' }

/** A role by its present or former name. */
export const roleNamed = (name: string): Role | undefined =>
  ROLES.find((role) => role === name) ?? (Object.hasOwn(FORMER_ROLES, name) ? FORMER_ROLES[name] : undefined)

/** Who is asking. Every action takes one; every event records one. */
export type Actor =
  | { kind: 'user'; id: string; name: string; role: Role }
  | { kind: 'key'; id: string; name: string; scopes: readonly Scope[] }
  | { kind: 'factory'; id: string; name: string }
  /** Sells in pools of ours; with its own key it orders in its own name and reads what is its own, and nothing else. */
  | { kind: 'partner'; id: string; name: string; trusted: boolean }
  | { kind: 'buyer'; id: string }
  | { kind: 'system'; name: string }
  | { kind: 'anonymous' }

export const system = (name: string): Actor => ({ kind: 'system', name })
export const anonymous: Actor = { kind: 'anonymous' }

/** `user:0190…`, `system:worker`: how an actor is written in the audit log. */
export function actorTag(actor: Actor): string {
  if (actor.kind === 'anonymous') return 'anonymous'
  return `${actor.kind}:${actor.kind === 'system' ? actor.name : actor.id}`
}

const withHeld = (scopes: readonly Scope[]): ReadonlySet<Scope> =>
  new Set(scopes.flatMap((scope) => [scope, ...(HOLDS[scope] ?? [])]))

const EVERYTHING: ReadonlySet<Scope> = new Set(SCOPES)
const NOTHING: ReadonlySet<Scope> = new Set()
const BY_ROLE = new Map(ROLES.map((role) => [role, withHeld(PERMISSIONS[role])]))

const scopesOf = (actor: Actor): ReadonlySet<Scope> => {
  if (actor.kind === 'system') return EVERYTHING
  if (actor.kind === 'key') return withHeld(actor.scopes)
  if (actor.kind !== 'user') return NOTHING
  const role = roleNamed(actor.role)
  return (role && BY_ROLE.get(role)) ?? NOTHING
}

export const may = (actor: Actor, scope: Scope): boolean => scopesOf(actor).has(scope)

/** @throws Problem 401 for somebody unknown, 403 for somebody known who may not. */
export function authorize(actor: Actor, scope: Scope): void {
  if (may(actor, scope)) return
  if (actor.kind === 'anonymous')
    throw problem('identity.required', 401, {
      en: 'Sign in first, or send an API key as "Authorization: Bearer …".',
      zh: '请先登录，或在 Authorization: Bearer 中提供 API 密钥。',
    })
  throw problem('identity.forbidden', 403, {
    en: `This account may not do that: it needs the permission "${scope}". Ask an admin for it.`,
    zh: `该账号没有“${scope}”权限，请联系管理员开通。`,
  })
}
