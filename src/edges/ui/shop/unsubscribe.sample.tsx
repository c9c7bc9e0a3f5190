import type { Samples } from '../sample.ts'
import { UnsubscribePage } from './unsubscribe.tsx'

export const samples: Samples = ({ at, text }) => ({
  unsubscribe: <UnsubscribePage view={at('/unsubscribe')} token={text('t')} wants={true} done={true} />,
  unsubscribed: <UnsubscribePage view={at('/unsubscribe')} token={text('t')} wants={false} done={false} />,
})
