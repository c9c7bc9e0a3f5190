import type { Samples } from '../sample.ts'
import { BackupsPage } from './backups.tsx'

export const samples: Samples = ({ at, text, both, now }) => ({
  backups: (
    <BackupsPage
      view={at('/console/backups')}
      list={{
        folder: text('/backups'),
        backups: [
          { file: text('/backups/broken.tar'), bytes: 12, whole: false, manifest: undefined, checked: undefined },
          {
            file: text('/backups/firstcut.tar'),
            bytes: 4_200_000,
            whole: false,
            manifest: undefined,
            checked: { state: 'bad', why: both('已损坏', 'It is damaged.') },
          },
        ],
        underWay: { begunAt: now.toISOString(), done: 1, total: 4 },
        lastError: text('no room'),
        nextAt: now.toISOString(),
      }}
    />
  ),
})
