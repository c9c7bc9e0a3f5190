import type { StandingTrouble } from '../../../db/outbox.ts'
import { say, type View } from '../view.ts'

/** What failed for good about what this page shows, said here and not only among the parked work. */
export function Troubles({ view, rows = [] }: { view: View; rows?: readonly StandingTrouble[] | undefined }) {
  return (
    <>
      {rows.map(({ trouble }) => (
        <p class="refusal" role="alert">
          {say(view, trouble)}{' '}
          {say(view, {
            zh: '系统管理员可在“待处理”中重试。',
            en: 'An operator can have it tried again under “Parked work”.',
          })}
        </p>
      ))}
    </>
  )
}
