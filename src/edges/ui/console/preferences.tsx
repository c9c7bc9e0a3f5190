/** What was decided about styles and sold of them, and how far that moves the next designs. */
import type { Designs } from '../../../stages/2-designs/actions.ts'
import { BLOCKS } from '../../../garments/index.ts'
import { Layout } from '../layout.tsx'
import { Heading, Table } from '../parts.tsx'
import { count, say, type View } from '../view.ts'
import { ATTRIBUTE, wordFor } from '../words.ts'

/** What an attribute is called: its own word, or the slot that some garment has. */
function attributeName(view: View, key: string): string {
  if (key === 'category') return say(view, { zh: '品类', en: 'Category' })
  if (key in ATTRIBUTE) return wordFor(view, ATTRIBUTE, key)
  const slot = BLOCKS.flatMap(({ construction }) => construction).find((each) => each.slot === key)
  return slot ? say(view, slot.label) : key
}

type Preferences = Awaited<ReturnType<Designs['listPreferences']>>

export function PreferencesPage({ view, rule, items }: { view: View } & Preferences) {
  const { halfLifeDays, undecided, most, says } = rule
  const [least, greatest] = [count(view, 1 - most, 1), count(view, 1 + most, 1)]
  return (
    <Layout view={view} title={say(view, { zh: '设计倾向', en: 'What designs lean to' })} face="console">
      <Heading
        title={say(view, { zh: '设计倾向', en: 'What designs lean to' })}
        eyebrow={<a href="/console/styles">{say(view, { zh: '款式', en: 'Styles' })}</a>}
        lead={say(view, {
          zh: '以往的通过、否决与销售，让设计师更常或更少用某个做法。趋势要求的总是优先；没有什么会因此绝迹。',
          en: 'What was approved, rejected and sold makes designers take up an attribute more often or less. What a trend asks for goes first, and nothing disappears.',
        })}
      />
      <p class="section-note">
        {say(view, {
          zh: `系数 = 1 + ${most} ×（赞成 − 反对）÷（赞成 + 反对 + ${undecided}），在 ${least} 与 ${greatest} 之间。通过计 ${says.approved}、否决计 ${-says.rejected}；成单一批计 ${says.sold}、到期未成计 ${-says.unsold}；每过 ${halfLifeDays} 天减半。`,
          en: `Factor = 1 + ${most} × (for − against) / (for + against + ${undecided}), between ${least} and ${greatest}. An approval counts ${says.approved}, a rejection ${-says.rejected}, a lot sold ${says.sold}, a campaign that missed its goal ${-says.unsold}; after ${halfLifeDays} days each counts half.`,
        })}
      </p>
      <Table
        rows={items}
        empty={say(view, {
          zh: '还没有审批或销售记录，设计不受影响。',
          en: 'Nothing was decided or sold yet; designs are not moved by anything.',
        })}
        columns={[
          { head: say(view, { zh: '属性', en: 'Attribute' }), cell: ({ key }) => attributeName(view, key) },
          { head: say(view, { zh: '取值', en: 'Value' }), cell: ({ label }) => say(view, label) },
          {
            head: say(view, { zh: '通过 / 否决', en: 'Approved / rejected' }),
            number: true,
            cell: ({ styles }) => `${styles.approved} / ${styles.rejected}`,
          },
          {
            head: say(view, { zh: '成单 / 未成', en: 'Sold / missed' }),
            number: true,
            cell: ({ styles }) => `${styles.sold} / ${styles.unsold}`,
          },
          { head: say(view, { zh: '赞成', en: 'For' }), number: true, cell: ({ pro }) => count(view, pro, 2) },
          {
            head: say(view, { zh: '反对', en: 'Against' }),
            number: true,
            cell: ({ contra }) => count(view, contra, 2),
          },
          {
            head: say(view, { zh: '系数', en: 'Factor' }),
            number: true,
            cell: ({ pro, contra, factor }) => (
              <span title={`1 + ${most} × (${pro} − ${contra}) / (${pro} + ${contra} + ${undecided})`}>
                ×{count(view, factor, 2)}
              </span>
            ),
          },
        ]}
      />
    </Layout>
  )
}
