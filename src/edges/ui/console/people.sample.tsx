import type { Samples } from '../sample.ts'
import { PeoplePage } from './people.tsx'

export const samples: Samples = ({ at, text, both, sent }) => ({
  people: (
    <PeoplePage
      view={at('/console/people')}
      sent={sent}
      found={{
        email: text('mei@example.com'),
        preview: {
          erased: { preorders: 2, inquiries: 1, letters: 3, accounts: 0 },
          kept: [{ what: 'preorder', id: text('01a2'), why: both('正在生产', 'It is being made.') }],
        },
        confirm: sent,
      }}
      done={undefined}
    />
  ),
})
