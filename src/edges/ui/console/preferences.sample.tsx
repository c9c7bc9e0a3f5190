import type { Samples } from '../sample.ts'
import { PreferencesPage } from './preferences.tsx'

export const samples: Samples = ({ at, text, both }) => ({
  preferences: (
    <PreferencesPage
      view={at('/console/preferences')}
      rule={{ says: { approved: 1, rejected: -1, sold: 2, unsold: -2 }, halfLifeDays: 180, undecided: 6, most: 0.5 }}
      items={[
        {
          key: text('colour'),
          value: text('navy'),
          label: both('藏青', 'Navy'),
          styles: { approved: 3, rejected: 1, sold: 1, unsold: 0 },
          pro: 4.2,
          contra: 0.9,
          factor: 1.15,
        },
      ]}
    />
  ),
})
