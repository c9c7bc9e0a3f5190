import type { Letter } from '../ports.ts'

/** A letter as every mail adapter hands it on: repeated under one Message-ID, and no auto-reply asked for. */
export const message = (letter: Letter, from: string) => ({
  from,
  to: letter.to,
  subject: letter.subject,
  text: letter.body,
  messageId: `<${letter.id}@firstcut>`,
  headers: {
    'Content-Language': letter.lang === 'zh' ? 'zh-CN' : 'en',
    'Auto-Submitted': 'auto-generated',
    ...(letter.unsubscribe === undefined
      ? {}
      : { 'List-Unsubscribe': `<${letter.unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  },
})
