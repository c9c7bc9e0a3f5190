import type { Samples } from '../sample.ts'
import { SaleTermsPage } from './sale-terms.tsx'

export const samples: Samples = ({ at, text, now, sent }) => ({
  'sale-terms': (
    <SaleTermsPage
      view={at('/console/sale-terms')}
      versions={[{ version: 1, hash: 'a'.repeat(64), zh: text('条款'), en: text('Words'), at: now, by: 'user:u1' }]}
      suggested={{ zh: '', en: '' }}
      names={new Map([['user:u1', text('小李')]])}
      sent={sent}
      done={true}
    />
  ),
})
