import type { Localized } from '../../../core/values.ts'
import { Field, type Sent } from '../parts.tsx'
import type { View } from '../view.ts'

const HINT: Localized = {
  zh: '至少 10 个字符。几个互不相关的词最好记也最安全；常见密码和自己的姓名不可用。',
  en: 'At least 10 characters. A few words that do not belong together are easy to keep and hard to guess; common ones and your own name are refused.',
}

/** The field of a password that is made, wherever one is: the rule is told, and the browser knows its bounds. */
export const NewPassword = ({ view, sent, label }: { view: View; sent: Sent; label: Localized }) => (
  <Field
    view={view}
    sent={sent}
    name="password"
    type="password"
    label={label}
    hint={HINT}
    required
    minLength={10}
    maxLength={200}
    autoComplete="new-password"
  />
)
