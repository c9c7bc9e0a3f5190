import type { Samples } from '../sample.ts'
import { SecurityPage } from './security.tsx'

const HASH = 'a'.repeat(64)

export const samples: Samples = ({ view, text, now }) => ({
  'security-log': (
    <SecurityPage
      view={view}
      rows={[
        {
          seq: 2,
          at: now,
          act: 'sign-in.refused',
          actor: 'anonymous',
          subject: 'user:u1',
          details: { reason: text('password'), from: '203.0.113.0/24' },
          previous: HASH,
          hash: HASH,
        },
        {
          seq: 1,
          at: now,
          act: 'key.made',
          actor: 'user:u1',
          subject: 'key:k1',
          details: { scopes: [text('read')], expiresAt: null },
          previous: HASH,
          hash: HASH,
        },
      ]}
      act="key"
      about={text('user:u1')}
      names={new Map([['user:u1', text('Ann')]])}
      more="/console/security?before=1"
      verdict={{ rows: 2, head: { seq: 2, hash: HASH }, faults: [{ fault: 'moved', seq: 1, was: 2 }] }}
    />
  ),
})
