/** Everything that may be asked of this stage, by name. */
import { opened } from '../action.ts'
import type { Context } from '../context.ts'
import { addSource } from './actions/add-source.ts'
import { fetchNow } from './actions/fetch-now.ts'
import { keepUpload } from './actions/keep-upload.ts'
import { listSources } from './actions/list-sources.ts'
import { listTrends } from './actions/list-trends.ts'
import { listWeeks } from './actions/list-weeks.ts'
import { previewUpload } from './actions/preview-upload.ts'
import { scoreWeek } from './actions/score-week.ts'
import { showKept } from './actions/show-kept.ts'
import { showSeries } from './actions/show-series.ts'
import { showSource } from './actions/show-source.ts'
import { showTrend } from './actions/show-trend.ts'
import { acceptWord } from './actions/accept-word.ts'
import { dismissWord } from './actions/dismiss-word.ts'
import { exportWords } from './actions/export-words.ts'
import { importWords } from './actions/import-words.ts'
import { listWords } from './actions/list-words.ts'
import { mergeWord } from './actions/merge-word.ts'
import { showWord } from './actions/show-word.ts'
import { undoWord } from './actions/undo-word.ts'
import { switchSource } from './actions/switch-source.ts'
import { uploadFile } from './actions/upload-file.ts'
import { givingUpOf } from './giving-up.ts'
import { openLexicon } from './lexicon.ts'
import { reactionsOf } from './reactions.ts'

export type Trends = ReturnType<typeof openTrends>

export function openTrends(context: Context) {
  const inside = { ...context, lexicon: openLexicon(context.db) }
  return {
    givingUp: givingUpOf(context),
    reactions: reactionsOf(inside),
    ...opened(inside, {
      addSource,
      listSources,
      getSource: showSource,
      setSourceEnabled: switchSource,
      fetchNow,
      upload: uploadFile,
      previewUpload,
      keepUpload,
      keptUpload: showKept,
      scoreWeek,
      listTrends,
      scoredWeeks: listWeeks,
      getTrend: showTrend,
      trendSeries: showSeries,
      listWords,
      getWord: showWord,
      acceptWord,
      mergeWord,
      dismissWord,
      undoWord,
      exportWords,
      importWords,
    }),
  }
}
