import type { Problem } from '../../core/errors.ts'
import { titleOf } from '../http/failures.ts'
import { Layout } from './layout.tsx'
import { say, type View } from './view.ts'

export function FailurePage({ view, failure }: { view: View; failure: Problem }) {
  return (
    <Layout view={view} title={titleOf(failure.status, view.lang)}>
      <section class="notice">
        <h1>{titleOf(failure.status, view.lang)}</h1>
        <p>{failure.say(view.lang)}</p>
        <p>
          <a href="/">{say(view, { en: 'To the start page', zh: '返回首页' })}</a>
        </p>
      </section>
    </Layout>
  )
}
