/** What has become of a pre-order so far, for its buyer. What the house does not know is not among it. */
import type { Lot, Preorder } from '../../../db/rows.ts'
import type { Localized } from '../../../core/values.ts'
import { moment, say, type View } from '../view.ts'
import type { OwnMile } from './own-parcels.tsx'

interface Told {
  what: string
  at: Date
}

/** Steps of making that a buyer is told of; the others are the factory's own. */
const MADE: Readonly<Record<string, Localized>> = {
  cutting: { zh: '正在裁剪', en: 'Being cut' },
  sewing: { zh: '正在缝制', en: 'Being sewn' },
  'quality-check': { zh: '正在验货', en: 'Being inspected' },
}

/**
 * Each with the moment it happened, oldest first.
 * @param changes when its buyer took other sizes, colours or pieces
 */
export function storyOf(
  view: View,
  preorder: Preorder,
  lot: Lot | undefined,
  mile: OwnMile,
  changes: readonly { at: Date }[] = [],
): Told[] {
  const { order, shipment, making } = mile
  const ended = preorder.state === 'cancelled' || preorder.state === 'released'
  const steps: [words: Localized, at: Date | null | undefined][] = [
    [{ zh: '已收到预订', en: 'Pre-order received' }, preorder.placedAt],
    [{ zh: '已确认', en: 'Confirmed by you' }, preorder.confirmedAt],
    ...changes.map(({ at }): (typeof steps)[number] => [{ zh: '您更改了尺码、配色或件数', en: 'Changed by you' }, at]),
    [{ zh: '已成批，可以投产', en: 'Enough ordered: your lot is full' }, lot?.frozenAt],
    [{ zh: '工厂已接单', en: 'A factory has taken it' }, order?.acceptedAt],
    ...making.flatMap(({ state, at }): typeof steps => (MADE[state] ? [[MADE[state], at]] : [])),
    [{ zh: '已到达我们的仓库', en: 'At our warehouse' }, order?.arrivedAt],
    [{ zh: '您的包裹已寄出', en: 'Your own parcel has left' }, shipment?.sentAt],
    [{ zh: '您已收到', en: 'Received by you' }, preorder.state === 'fulfilled' ? preorder.endedAt : undefined],
    [
      preorder.state === 'cancelled' ? { zh: '您已取消', en: 'Cancelled by you' } : { zh: '已自动取消，不收费用', en: 'Released, you pay nothing' }, // prettier-ignore
      ended ? preorder.endedAt : undefined,
    ],
  ]
  return steps
    .flatMap(([words, at]) => (at ? [{ what: say(view, words), at }] : []))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

export function Timeline({ view, story }: { view: View; story: readonly Told[] }) {
  return (
    <section class="section">
      <h2>{say(view, { zh: '进展', en: 'So far' })}</h2>
      <ol class="story">
        {story.map(({ what, at }) => (
          <li>
            <span>{what}</span> <time dateTime={at.toISOString()}>{moment(view, at)}</time>
          </li>
        ))}
      </ol>
    </section>
  )
}
