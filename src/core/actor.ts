import { problem } from './errors.ts'

export const ROLES = ['merchandiser', 'operator'] as const
export type Role = (typeof ROLES)[number]

/** What a machine key may do. A person's role implies scopes; see {@link scopesOf}. */
export const SCOPES = [
  'read',
  'trends',
  'designs',
  'approvals',
  'campaigns',
  'demand',
  'factories',
  'people',
  'operate',
] as const
export type Scope = (typeof SCOPES)[number]

/** Who is asking. Every action takes one; every event records one. */
export type Actor =
  | { kind: 'user'; id: string; name: string; role: Role }
  | { kind: 'key'; id: string; name: string; scopes: readonly Scope[] }
  | { kind: 'factory'; id: string; name: string }
  | { kind: 'buyer'; id: string }
  | { kind: 'system'; name: string }
  | { kind: 'anonymous' }

export const system = (name: string): Actor => ({ kind: 'system', name })
export const anonymous: Actor = { kind: 'anonymous' }

/** `user:0190…`, `system:worker`: how an actor is written in the audit log. */
export const actorTag = (actor: Actor): string =>
  actor.kind === 'anonymous'
    ? 'anonymous'
    : actor.kind === 'system'
      ? `system:${actor.name}`
      : `${actor.kind}:${actor.id}`

const scopesOf = (actor: Actor): readonly Scope[] => {
  if (actor.kind === 'system') return SCOPES
  if (actor.kind === 'key') return actor.scopes
  if (actor.kind !== 'user') return []
  return actor.role === 'operator' ? SCOPES : SCOPES.filter((scope) => scope !== 'operate' && scope !== 'people')
}

export const may = (actor: Actor, scope: Scope): boolean => scopesOf(actor).includes(scope)

/** @throws Problem 401 for somebody unknown, 403 for somebody known who may not. */
export function demand(actor: Actor, scope: Scope): void {
  if (may(actor, scope)) return
  if (actor.kind === 'anonymous')
    throw problem('identity.required', 401, {
      en: 'Sign in first, or send an API key as "Authorization: Bearer …".',
      zh: '请先登录，或在 Authorization: Bearer 中提供 API 密钥。',
    })
  throw problem('identity.forbidden', 403, {
    en: `This account may not do that: it needs the permission "${scope}". Ask an operator for it.`,
    zh: `该账号没有“${scope}”权限，请联系运营管理员开通。`,
  })
}
