import { Table } from '../parts.tsx'
import { safeHref, say, type View } from '../view.ts'

interface Said {
  title: string
  url: string | null
  day: string
  source: string
}

/** Titles in which something was said, each with its day and its source. */
export function Titles({ view, items }: { view: View; items: readonly Said[] }) {
  return (
    <Table
      rows={items}
      empty={say(view, { zh: '只有数值，没有标题可看。', en: 'Only figures, no titles to read.' })}
      columns={[
        {
          head: say(view, { zh: '标题', en: 'Title' }),
          cell: ({ title, url }) => {
            const href = safeHref(url)
            return href ? (
              <a href={href} rel="noreferrer nofollow">
                {title}
              </a>
            ) : (
              title
            )
          },
        },
        { head: say(view, { zh: '日期', en: 'Day' }), cell: ({ day }) => <span class="nowrap">{day}</span> },
        { head: say(view, { zh: '来源', en: 'Source' }), cell: ({ source }) => source },
      ]}
    />
  )
}
