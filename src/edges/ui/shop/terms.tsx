/** The terms of sale that hold now, or that somebody accepted once. */
import type { Localized } from '../../../core/values.ts'
import { Layout } from '../layout.tsx'
import { Heading } from '../parts.tsx'
import { longDay, say, type View } from '../view.ts'

/** Where they are read; a version behind it. */
export const TERMS_PATH = '/terms'

export interface TermsPageProps {
  view: View
  terms: Localized & { version: number; hash: string; at: Date }
  /** The version that holds now. */
  current: number
}

export function TermsPage({ view, terms, current }: TermsPageProps) {
  const title = say(view, { zh: '预售条款', en: 'Terms of sale' })
  const { version, hash, at } = terms
  return (
    <Layout view={view} title={title} face="shop">
      <article class="reading stack">
        <Heading
          title={title}
          lead={say(view, {
            zh: `第 ${version} 版，${longDay(view, at)} 起`,
            en: `Version ${version}, since ${longDay(view, at)}`,
          })}
        />
        {version === current ? null : (
          <p class="refusal">
            {say(view, {
              zh: '这是较早的版本，仅适用于当时提交的预订。',
              en: 'This is an earlier version. It holds for what was ordered under it, and for nothing else.',
            })}{' '}
            <a href={TERMS_PATH}>{say(view, { zh: '查看当前版本', en: 'Read the one that holds now' })}</a>
          </p>
        )}
        {say(view, terms)
          .split(/\n\s*\n/)
          .map((paragraph) => (
            <p class="as-typed">{paragraph}</p>
          ))}
        <p class="hint">
          SHA-256 <span class="mono lines">{hash}</span>
        </p>
      </article>
    </Layout>
  )
}
