import type { Samples } from '../sample.ts'
import { CodePage } from './code.tsx'

export const samples: Samples = ({ at, text, sent }) => ({
  code: <CodePage view={at('/preorders/p1/code')} id={text('p1')} sent={sent} sentTo={text('+86138 **** 8000')} />,
})
