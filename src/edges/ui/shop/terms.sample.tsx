import type { Samples } from '../sample.ts'
import { TermsPage } from './terms.tsx'

export const samples: Samples = ({ at, text, now }) => ({
  terms: (
    <TermsPage
      view={at('/terms/2')}
      terms={{
        zh: text('条款。\n\n第二段。'),
        en: text('Words.\n\nMore words.'),
        version: 2,
        hash: 'a'.repeat(64),
        at: now,
      }}
      current={3}
    />
  ),
})
