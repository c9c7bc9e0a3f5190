import { refusals } from '../../core/errors.ts'
import { catalogue } from '../../core/messages.ts'

/** What the terminal refuses, or ends with. */
export const refused = refusals({
  'cli.no-file': {
    status: 404,
    en: 'There is no file “{file}”. Check its name, and the folder you are in.',
    zh: '没有文件“{file}”。请检查文件名与当前目录。',
  },
  'cli.no-file#folder': {
    status: 422,
    en: '“{file}” is a folder. Name the file in it.',
    zh: '“{file}”是文件夹，请指明其中的文件。',
  },
  'cli.no-file#rights': {
    status: 403,
    en: 'You may not read “{file}”. Have its rights changed, or copy it to where you may.',
    zh: '没有读取“{file}”的权限。请修改其权限，或复制到可读取的位置。',
  },
  'cli.parcels': {
    status: 422,
    en: 'Nothing was recorded: {n, plural, one {one line} other {# lines}} cannot be. Correct them and import the list again.',
    zh: '有 {n} 行无法登记，因此全部未登记。请改正后重新导入。',
  },
  'cli.piece': {
    status: 422,
    en: '"{typed}" is no count. Write colour/size=number, such as olive/M=12.',
    zh: '“{typed}”格式不对，请写成 配色/尺码=件数，例如 olive/M=12。',
  },
  'cli.no-json': {
    status: 422,
    en: '“{file}” is not JSON. The API’s description says what it may hold.',
    zh: '“{file}”不是 JSON。可填内容见 API 说明。',
  },
  'cli.no-json#line': {
    status: 422,
    en: 'Line {line} of “{file}” is not JSON. Give one JSON document, or a record a line.',
    zh: '“{file}”第 {line} 行不是 JSON。请提供一个完整的 JSON，或每行一条记录。',
  },
  'cli.nothing-to-measure': {
    status: 422,
    en: 'Nothing in “{file}” can be measured. Give a panel (a date, then a column a term), a list or folder of titles by day, or labelled copy. {why}',
    zh: '“{file}”中没有可评测的内容。请提供面板数据（首列日期，其余每列一个词）、按日的标题列表或文件夹，或带标签的文案。{why}',
  },
  'cli.no-request': {
    status: 409,
    en: 'Nobody asks to cancel {number} at the moment.',
    zh: '订单 {number} 目前没有待答复的取消请求。',
  },
  'security.log-changed': {
    status: 409,
    en: 'The security log is not what was written. {faults} Keep a copy of the database and find out why.',
    zh: '安全日志与写入时不一致。{faults}请保留数据库副本并查明原因。',
  },
})

/** What the terminal says beside its tables. */
export const words = catalogue({
  'backup.sealed': {
    en: 'The master secret {id} is in it, sealed under BACKUP_PASSPHRASE. Keep those words.',
    zh: '主密钥 {id} 已用 BACKUP_PASSPHRASE 封存在备份中。请妥善保管该口令。',
  },
  'backup.no-secret': {
    en: 'The master secret is not in it. Keep SECRET (or the file DATA_DIR/secret) with the id {id} elsewhere: without it factories’ secrets cannot be opened and buyers’ links do not fit.',
    zh: '备份中不含主密钥。请另行保管编号为 {id} 的 SECRET（或 DATA_DIR/secret 文件）：没有它，工厂密钥无法解开，买家链接会失效。',
  },
  'patterns.now': { en: 'now', zh: '现在' },
  'patterns.without': { en: 'without any of them', zh: '全部不计' },
  'partners.stopped': { en: 'stopped', zh: '已停用' },
  'partners.sells': { en: 'sells', zh: '合作中' },
  'partners.agreements': { en: '{n, plural, one {# agreement} other {# agreements}}', zh: '{n} 项专属条件' },
  'partners.trusted': { en: 'vouches for its buyers', zh: '由其核实买家' },
  'backups.sealed': { en: 'secret sealed', zh: '含密钥' },
  'backups.no-secret': { en: 'no secret', zh: '不含密钥' },
  'backups.broken': { en: 'broken', zh: '已损坏' },
  'backups.preorders': { en: '{n} pre-orders', zh: '{n} 份预订' },
  'progress.backup': { en: 'backup', zh: '备份' },
  'progress.verifying': { en: 'verifying the backup', zh: '校验备份' },
  'progress.unpacking': { en: 'unpacking', zh: '解出文件' },
  'progress.exchanging': { en: 'exchanging the databases', zh: '替换数据库' },
  'progress.auditing': { en: 'holding the counters against their rows', zh: '核对计数' },
  'progress.part': { en: '{what}: {percent} %, {done} / {total} MB', zh: '{what}：{percent} %, {done} / {total} MB' },
  'restored.taken': { en: 'taken at', zh: '备份时间' },
  'restored.rows': { en: 'rows', zh: '数据行' },
  'restored.files': { en: 'files, letters', zh: '文件、邮件' },
  'restored.kept': { en: 'the one before is kept as', zh: '原数据库保留于' },
  'restored.differences': { en: 'counters that differ', zh: '计数差异' },
  'restored.erased': { en: 'people erased again', zh: '再次匿名化的人' },
  'restored.missing': { en: 'files that are missing', zh: '缺失的文件' },
  nothing: { en: '(nothing)', zh: '（空）' },
  'campaigns.paused': { en: '{state} (paused)', zh: '{state}（已暂停）' },
  'campaigns.undo-until': { en: 'undo until {when}', zh: '{when} 前可撤销' },
  'production.counter': { en: 'open counter-offer for the order', zh: '待答复的还价' },
  'secrets.writes': { en: 'writes', zh: '写入' },
  'secrets.links': { en: 'links until {day}', zh: '链接有效至 {day}' },
  'secrets.reads': { en: 'reads', zh: '只读' },
  'people.erased': { en: 'erased', zh: '已匿名化' },
  'people.counts': {
    en: '{preorders} pre-orders, {inquiries} inquiries, {letters} letters, {accounts} accounts',
    zh: '预订 {preorders}，提问 {inquiries}，邮件 {letters}，账号 {accounts}',
  },
  'people.stays': { en: 'stays', zh: '暂留' },
  'trends.trend': { en: 'trend', zh: '趋势' },
  'trends.kind': { en: 'kind', zh: '类别' },
  'trends.season': { en: 'season', zh: '季节将至' },
  'trends.rise': { en: 'rise', zh: '结构上升' },
  'trends.opens-by': { en: 'open by', zh: '最晚开售' },
  'trends.burst': { en: 'burst', zh: '新近爆发' },
  'makeable.share': {
    en: '{percent}% of {mentions} garments named can be made ({made}). Not:',
    zh: '提到 {mentions} 次服装，可做 {made} 次（{percent}%）。做不了的：',
  },
  'evaluate.false-words': {
    en: '{percent}% of {hits} words found do not mean clothes ({wrong}):',
    zh: '命中 {hits} 个词，其中 {wrong} 个与服装无关（{percent}%）：',
  },
  'evaluate.known': { en: 'attributes that the vocabulary knows ({values})', zh: '词表认识的属性（{values} 个）' },
  'evaluate.strict': { en: 'all labelled values ({values})', zh: '全部标注值（{values} 个）' },
  'evaluate.panel': {
    en: '{terms} terms, {first} to {last}',
    zh: '{terms} 个词，{first} 至 {last}',
  },
  'evaluate.season': { en: 'season found', zh: '季节命中' },
  'evaluate.rise': { en: 'rise found', zh: '上升命中' },
  'evaluate.forecast': {
    en: 'forecast {ahead} ahead: {percent}% of the error of last year repeated, {inside}% inside the interval',
    zh: '预测未来 {ahead} 期：误差为“沿用去年”的 {percent}%，{inside}% 落在区间内',
  },
  'evaluate.titles': {
    en: '{titles} titles, {hits} words of {terms} terms, {first} to {last}',
    zh: '{titles} 条标题，{terms} 个词命中 {hits} 次，{first} 至 {last}',
  },
  'evaluate.burst': {
    en: 'average precision of bursts over {weeks} weeks: {precision} (z-score {zScore}, chance {chance})',
    zh: '{weeks} 周爆发的平均精度：{precision}（z 分数 {zScore}，随机 {chance}）',
  },
  'trends.none': {
    en: 'Nothing stands out in the week of {newest}.',
    zh: '{newest} 当周没有突出的趋势。',
  },
  'trends.older': {
    en: 'Nothing stands out in the week of {newest}; these are of the week of {shown}.',
    zh: '{newest} 当周没有突出的趋势；以下为 {shown} 当周。',
  },
})
