import { refusals } from '../../core/errors.ts'
import { catalogue } from '../../core/messages.ts'

/** What this stage refuses, and what to do about it. */
export const refused = refusals({
  'trends.bad-url': {
    status: 422,
    en: '"{address}" is not an address. Give the whole address of the feed, beginning with https://.',
    zh: '“{address}”不是有效地址。请填写订阅源的完整地址，以 https:// 开头。',
  },
  'trends.bad-url#protocol': {
    status: 422,
    en: 'Only http and https addresses can be read, not "{protocol}". Look for the feed’s web address.',
    zh: '只能读取 http 或 https 地址，不支持“{protocol}”。请填写订阅源的网页地址。',
  },
  'trends.bad-url#password': {
    status: 422,
    en: 'The address contains a user name or password, which would be stored and shown. Use a feed that needs none.',
    zh: '地址中含有用户名或密码，会被保存并显示。请使用无需登录的订阅源。',
  },
  'trends.source-exists': {
    status: 409,
    en: 'This feed is already a source, "{name}". Switch it on there if it is off.',
    zh: '该订阅源已存在：“{name}”。如已停用，请直接启用。',
  },
  'trends.not-fetchable': {
    status: 409,
    en: 'Only a feed that is switched on can be fetched. Switch it on, or upload a new file.',
    zh: '只有已启用的订阅源可以抓取。请先启用，或重新上传文件。',
  },
  'trends.other-measure': {
    status: 409,
    en: '"{name}" holds {holds}; this file is something else, and the two cannot be compared. Upload it under another name.',
    zh: '“{name}”保存的是{holds}，与本文件的数据类型不同，无法比较。请换一个名称上传。',
  },
  'trends.nothing-over': {
    status: 422,
    en: 'None of the periods in this file is over yet, so there is nothing to compare. Export a longer range.',
    zh: '文件中的周期都尚未结束，无法比较。请导出更长的时间范围。',
  },
  'trends.no-terms': {
    status: 422,
    en: 'Nothing in this file names anything of the vocabulary, so nothing was stored. It names: {unknown}.{columns} If another column names the garments, say which with the upload.',
    zh: '文件中没有任何名称在词库中，未保存任何内容。其中的名称：{unknown}。{columns}如果服装名称在其他列，请在上传时指定该列。',
  },
  'trends.word': {
    status: 422,
    en: 'The word was not added. {faults}',
    zh: '未添加该词。{faults}',
  },
  'trends.vocabulary': {
    status: 422,
    en: 'Nothing of the vocabulary file was taken over: {n, plural, one {# fault} other {# faults}}. {lines} Correct them and import the file again.',
    zh: '词表文件有 {n} 处错误，未导入任何内容。{lines}请改正后重新导入。',
  },
  'trends.word-changed': {
    status: 409,
    en: 'Somebody else has decided about “{word}” meanwhile. Look at it once more.',
    zh: '“{word}”刚刚已由他人处理，请重新查看。',
  },
  'trends.nothing-decided': {
    status: 409,
    en: 'Nothing that was decided of “{word}” can be taken back.',
    zh: '“{word}”没有可撤销的决定。',
  },
  'trends.word-in-use': {
    status: 409,
    en: 'The word “{other}” is said to hold “{word}”. Take that out of its meaning first.',
    zh: '“{other}”的含义中包含“{word}”，请先从中移除。',
  },
  'trends.no-term': {
    status: 422,
    en: 'The vocabulary has no “{term}”. Give the id or the name of a term that it has.',
    zh: '词表中没有“{term}”。请填写已有词条的编号或名称。',
  },
  'trends.not-kept': {
    status: 410,
    en: 'The file is not kept any more. Choose it once more and upload it.',
    zh: '该文件已不再保留，请重新选择并上传。',
  },
  'trends.nothing-read': {
    status: 409,
    en: 'Nothing has been read yet, so there is nothing to score. Add a source or upload an export first.',
    zh: '尚未读取任何数据，无法评分。请先添加来源或上传导出文件。',
  },
  'trends.busy': {
    status: 503,
    en: 'Sources are being read faster than the week can be scored. Try again in a minute.',
    zh: '来源数据正在密集写入，暂时无法完成评分，请一分钟后重试。',
  },
  'trends.gone': {
    status: 502,
    en: 'The publisher says that this feed is gone for good (410), so it was switched off. Look for its successor and add that one.',
    zh: '发布方表示该订阅源已永久下线（410），已自动停用。请查找替代来源并重新添加。',
  },
  'trends.forbidden': {
    status: 502,
    en: 'The publisher does not let us read this feed ({answer}). Ask for access, or remove the source.',
    zh: '发布方拒绝读取该订阅源（{answer}）。请申请授权，或停用该来源。',
  },
  'trends.http-status': {
    status: 502,
    en: 'The publisher answered with status {answer} instead of a feed. It is tried again later; check the address if it goes on.',
    zh: '发布方返回状态码 {answer}，而不是订阅内容。稍后会自动重试；若持续失败，请检查地址。',
  },
  'feeds.too-large': {
    status: 413,
    en: 'The feed is larger than 2 MB, the most that is fetched. Ask the publisher for a feed with fewer entries.',
    zh: '订阅源超过 2 MB 的抓取上限。请向发布方索取条目较少的订阅源。',
  },
})

/** What is told of a reading beside its numbers, and what stands inside other sentences. */
export const words = catalogue({
  'holds.interest': { en: 'search interest', zh: '搜索热度' },
  'holds.counts': { en: 'published titles', zh: '发布内容' },
  'holds.sales': { en: 'units sold', zh: '销售件数' },
  'columns-found': { en: ' Its columns: {columns}.', zh: '表中的列：{columns}。' },
  'broke-the-reader': {
    en: 'The program could not read what this source sent. It is noted for whoever looks after the program; the source is read again at its next time.',
    zh: '程序无法读取该来源的内容，已记录供维护者处理；将在下次时间再读取。',
  },
  summary: {
    en: '{kept} kept, {changed} of them changed; {leftOut} left out.',
    zh: '保留 {kept} 条，其中调整 {changed} 条；略过 {leftOut} 条。',
  },
  early: {
    en: '{n} entries are dated in the future and count from today.',
    zh: '{n} 个条目的日期在未来，按今天计算。',
  },
  unfinished: {
    en: 'Not over yet, and left out: the period beginning {days}. What it holds so far is no whole period’s.',
    zh: '尚未结束的周期已略过：起始日 {days}。未完周期的数值不能当作整个周期。',
  },
  'word.line': { en: 'Line {line}: {why}', zh: '第 {line} 行：{why}' },
  'word.no-json': {
    en: 'it is not JSON; give one object a line.',
    zh: '不是 JSON，请每行填写一个对象。',
  },
  'word.too-many': {
    en: 'a vocabulary file has {most} lines at most; split it.',
    zh: '词表文件最多 {most} 行，请拆分。',
  },
  'word.everything': {
    en: '“{word}” would be found in nearly every text; give a longer or more particular word.',
    zh: '“{word}”几乎会命中所有文本，请换成更长、更具体的词。',
  },
  'word.name': {
    en: '“{word}” is a brand’s or a person’s name; a design may not ride on one.',
    zh: '“{word}”是品牌或人名，不能作为设计依据。',
  },
  'word.taken': {
    en: '“{word}” is said of “{other}” already; merge the two, or leave that wording out.',
    zh: '“{word}”已属于“{other}”，请合并，或去掉该写法。',
  },
  'word.twice': {
    en: '“{word}” stands in line {line} already; take one of them out.',
    zh: '“{word}”已在第 {line} 行出现，请删去其一。',
  },
  'word.no-detail': {
    en: 'no garment has the detail “{detail}”; choose one of the list.',
    zh: '没有服装具备细节“{detail}”，请从列表中选择。',
  },
  'word.no-measure': {
    en: 'no garment has the measure “{measure}”; choose one of the list.',
    zh: '没有服装具备尺寸“{measure}”，请从列表中选择。',
  },
  'word.no-part': {
    en: 'the vocabulary has no term “{part}”; give the id of one that it has, or add it first.',
    zh: '词表中没有词条“{part}”，请填写已有词条的编号，或先添加它。',
  },
  'word.cycle': {
    en: 'it is said inside itself ({way}); take one of these out of the parts.',
    zh: '它包含了自身（{way}），请从组成中去掉其一。',
  },
  'word.bad-id': {
    en: 'the id “{id}” is not one of the house’s own; let it begin with “own-”, or leave it out.',
    zh: '编号“{id}”不是自有词条的编号，请以“own-”开头，或不填。',
  },
  'open-columns': {
    en: 'These columns name no term of the vocabulary and are kept under their own names: {names}. What they mean can be said under “New words”.',
    zh: '以下列不在词库中，已按原名保留：{names}。可在“新词”中说明其含义。',
  },
  'unknown-products': {
    en: 'These products name no term of the vocabulary and were left out: {names}.',
    zh: '以下商品不在词库中，已略过：{names}。',
  },
  'unknown-columns': {
    en: 'These columns name no term of the vocabulary and were left out: {names}.',
    zh: '以下列不在词库中，已略过：{names}。',
  },
  rescaled: {
    en: 'Older weeks of {names} share too few weeks with this export to be brought to its scale and were replaced.',
    zh: '{names} 的旧数据与本次导出重叠的周数太少，无法换算到同一尺度，已被替换。',
  },
  'sales.cut': {
    en: 'A week stands in the table in part only: its days are kept, and it counts once all seven (Monday to Sunday) have been sent.',
    zh: '表中有不完整的自然周：已有天数会保留，待周一至周日七天齐全后计入。',
  },
  'sales.waiting': {
    en: '{n} of 7 days of the week of {week} are there so far.',
    zh: '{week} 当周目前已有 {n}/7 天。',
  },
  'sales.only-part': {
    en: 'There is no whole week (Monday to Sunday) yet: what there is of one is taken for it, and the days that follow are added.',
    zh: '尚无完整的自然周（周一至周日），暂以已有天数代表该周；后续各天会累加。',
  },
  'sales.monthly': {
    en: 'The table is by month: a month’s units are spread evenly over its weeks, so a short burst cannot be seen in it.',
    zh: '销售表按月汇总：当月件数平均分到各周，因此看不出短期爆发。',
  },
})
