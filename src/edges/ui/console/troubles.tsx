import { may } from '../../../core/actor.ts'
import type { StandingTrouble } from '../../../db/outbox.ts'
import { say, type View } from '../view.ts'

/** What failed for good about what this page shows, said here and not only among the parked work. */
export function Troubles({ view, rows = [] }: { view: View; rows?: readonly StandingTrouble[] | undefined }) {
  return (
    <>
      {rows.map(({ trouble, letters }) =>
        letters === undefined ? (
          <p class="refusal" role="alert">
            {say(view, trouble)}{' '}
            {say(view, {
              zh: '系统管理员可在“待处理”中重试。',
              en: 'An operator can have it tried again under “Parked work”.',
            })}
          </p>
        ) : (
          <form class="refusal" method="post" action="/console/letters/retry">
            <p role="alert">{say(view, trouble)}</p>
            {may(view.actor, 'campaigns') ? (
              <>
                <input type="hidden" name="about" value={letters} />
                <button type="submit" class="second small">
                  {say(view, { zh: '重新发送', en: 'Try again' })}
                </button>
              </>
            ) : null}
          </form>
        ),
      )}
    </>
  )
}
