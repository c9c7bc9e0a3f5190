/** What the page of a style says whatever its count is: drawn once for a version and a language, and kept. */
import { blockFor } from '../../../garments/index.ts'
import type { Localized } from '../../../core/values.ts'
import { Badge, Facts, Picture, previewPicture, viewName, viewsOf, type SharedPicture } from '../parts.tsx'
import type { Spec, StyleVersion } from '../../../db/rows.ts'
import { say, type View } from '../view.ts'
import { MATERIAL_ROLE, wordFor } from '../words.ts'
import { baseWeight, BodyTable, SizeChart } from './sizes.tsx'

/** What of a version stands outside its pieces: in the page's head and above its name. */
export interface StyleFacts {
  gender: string
  season: string
  /** Its beginning, as search engines show it. */
  story: Localized
  preview: SharedPicture | undefined
}

export const factsOf = ({ spec, pictures }: Pick<StyleVersion, 'spec' | 'pictures'>): StyleFacts => ({
  gender: spec.gender,
  season: spec.season,
  story: { zh: spec.story.zh.slice(0, 160), en: spec.story.en.slice(0, 160) },
  preview: previewPicture(pictures),
})

export function Gallery({ view, version, colour }: { view: View; version: StyleVersion; colour: string }) {
  const { spec, pictures } = version
  const named = say(view, spec.colourways.find(({ id }) => id === colour)?.name ?? { zh: colour, en: colour })
  const shots = viewsOf(pictures, colour)
  return (
    <div class="gallery">
      {shots.map((shot, index) => (
        <figure>
          <Picture
            view={view}
            pictures={pictures}
            colourway={colour}
            shot={shot}
            alt={`${say(view, spec.names)}, ${named}, ${viewName(view, shot)}`}
            sizes={index ? '(max-width: 40rem) 85vw, (max-width: 60rem) 47vw, 22rem' : '(max-width: 60rem) 92vw, 44rem'}
            eager={index === 0}
            zoom
          />
          <figcaption>{viewName(view, shot)}</figcaption>
        </figure>
      ))}
    </div>
  )
}

/** What was chosen for each part, in the block's words. */
export function constructionRows(view: View, spec: Spec): { slot: string; label: string; value: string }[] {
  const slots = blockFor(spec.category, spec.gender).construction
  return Object.entries(spec.construction).map(([slot, value]) => {
    const known = slots.find((each) => each.slot === slot)
    const option = known?.options.find((each) => each.value === value)
    return { slot, label: known ? say(view, known.label) : slot, value: option ? say(view, option.label) : value }
  })
}

function MadeOf({ view, version }: { view: View; version: StyleVersion }) {
  const { spec, derived } = version
  return (
    <Facts
      rows={[
        [say(view, { zh: '成分', en: 'Fibres' }), <span class="pre-line">{say(view, derived.fibreLabel)}</span>],
        ...Object.entries(spec.materials).map(
          ([role, material]) =>
            [
              wordFor(view, MATERIAL_ROLE, role),
              `${say(view, material.name)}${say(view, { zh: `，${material.gsm} 克/平方米`, en: `, ${material.gsm} gsm` })}`,
            ] as const,
        ),
        [
          say(view, { zh: '洗护', en: 'Care' }),
          <span class="care">
            {derived.care.map(({ label }) => (
              <Badge>{say(view, label)}</Badge>
            ))}
          </span>,
        ],
        [say(view, { zh: '重量', en: 'Weight' }), baseWeight(view, spec, derived)],
        ...constructionRows(view, spec).map(({ label, value }) => [label, value] as const),
        [say(view, { zh: '安全类别', en: 'Safety class' }), `GB 18401 ${derived.safetyClass}`],
      ]}
    />
  )
}

/**
 * What it is and what it is made of.
 * @param evidence names of the trends it came from
 * @param fingerprint hash of what is sold
 */
export function About({
  view,
  version,
  evidence,
  fingerprint,
}: {
  view: View
  version: StyleVersion
  evidence: readonly string[]
  fingerprint: string
}) {
  const { spec } = version
  return (
    <div class="about">
      <section class="stack">
        <h2>{say(view, { zh: '关于这一款', en: 'About this style' })}</h2>
        <p class="pre-line">{say(view, spec.story)}</p>
        {evidence.length ? (
          <p class="soft">
            {say(view, {
              zh: `为什么设计这一款：近期在升温的“${evidence.join('”“')}”。`,
              en: `Why this design: people are talking about ${evidence.join(', ')}.`,
            })}
          </p>
        ) : null}
        <p class="small soft">
          {say(view, { zh: '款式指纹', en: 'Style fingerprint' })} <span class="mono">{fingerprint.slice(0, 16)}</span>
        </p>
      </section>
      <section class="stack">
        <h2>{say(view, { zh: '用料与做工', en: 'Materials and make' })}</h2>
        <MadeOf view={view} version={version} />
      </section>
    </div>
  )
}

export function Sizes({ view, version: { derived } }: { view: View; version: StyleVersion }) {
  return (
    <section class="section" id="sizes">
      <h2>{say(view, { zh: '尺码', en: 'Sizes' })}</h2>
      <div class="two two-sizes">
        <SizeChart view={view} derived={derived} />
        <BodyTable view={view} derived={derived} />
      </div>
    </section>
  )
}

/** Questions that were answered for everybody. */
export function Answers({
  view,
  answers,
}: {
  view: View
  answers: readonly { question: string; answer: string | null }[]
}) {
  return (
    <div>
      <h2>{say(view, { zh: '买家咨询', en: 'Questions and answers' })}</h2>
      {answers.length ? (
        <dl class="answers stack">
          {answers.map(({ question, answer }) => (
            <div>
              <dt class="pre-line">{question}</dt>
              <dd class="pre-line">{answer}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p class="soft stack">
          {say(view, {
            zh: '还没有公开的问答，欢迎提问。',
            en: 'No answers published yet. Ask the first question.',
          })}
        </p>
      )}
    </div>
  )
}
