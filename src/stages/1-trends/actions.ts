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
import { switchSource } from './actions/switch-source.ts'
import { uploadFile } from './actions/upload-file.ts'
import { givingUpOf } from './giving-up.ts'
import { openMatcher } from './matching.ts'
import { reactionsOf } from './reactions.ts'

export type Trends = ReturnType<typeof openTrends>

export function openTrends(context: Context) {
  const inside = { ...context, matcher: openMatcher() }
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
    }),
  }
}
