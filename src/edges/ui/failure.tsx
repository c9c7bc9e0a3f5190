import type { Problem } from '../../core/errors.ts'
import { titleOf } from '../http/failures.ts'
import { Layout } from './layout.tsx'
import { say, type View } from './view.ts'

/** Where a refused page still has navigation: on the face it happened. */
function faceOf(path: string) {
  if (path.startsWith('/factory')) return 'factory'
  return path.startsWith('/console') ? 'console' : 'shop'
}

export function FailurePage({ view, failure }: { view: View; failure: Problem }) {
  const face = view.actor.kind === 'user' || !view.path.startsWith('/console') ? faceOf(view.path) : 'shop'
  return (
    <Layout view={view} title={titleOf(failure.status, view.lang)} face={face}>
      <section class="notice">
        <p class="eyebrow">{failure.status}</p>
        <h1>{titleOf(failure.status, view.lang)}</h1>
        <p class="lead">{failure.say(view.lang)}</p>
        <p class="actions">
          {face === 'factory' ? null : (
            <a class="button" href={face === 'console' ? '/console' : '/shop'}>
              {face === 'console'
                ? say(view, { zh: '回到总览', en: 'To the overview' })
                : say(view, { zh: '去看预售', en: 'To the shop' })}
            </a>
          )}
        </p>
      </section>
    </Layout>
  )
}
