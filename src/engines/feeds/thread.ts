/** What runs in the reading thread. */
import { answerTasks } from '../../core/pool-thread.ts'
import type { FeedContents, FeedReadOptions, Sheet } from '../ports.ts'
import { parseFeedBytes, parseTableBytes } from './parse.ts'

type Options = Omit<FeedReadOptions, 'deadlineMs'>

/** What the reading thread can be asked. */
export interface Readings {
  feed: { input: { bytes: Uint8Array; options: Options }; output: FeedContents }
  table: {
    input: { bytes: Uint8Array; options: Pick<Options, 'contentType' | 'fileName' | 'maxBytes'> }
    output: Sheet
  }
}

answerTasks<Readings>({
  feed: ({ bytes, options }) => parseFeedBytes(bytes, options),
  table: ({ bytes, options }) => parseTableBytes(bytes, options),
})
