import { refusals } from '../../core/errors.ts'

/** Everything that can be wrong with a feed or an export, each with its remedy. */
export const refused = refusals({
  'feeds.empty': {
    status: 422,
    en: 'There is nothing in it: 0 bytes. Check the address, or export the file again.',
    zh: '内容为空（0 字节）。请检查地址，或重新导出文件。',
  },
  'feeds.too-large': {
    status: 413,
    en: 'It is larger than {size}, the most that is read. Use a feed with fewer entries, or split the export by date.',
    zh: '内容超过可读取的上限 {size}。请换用条目较少的订阅源，或按日期拆分导出文件。',
  },
  'feeds.too-slow': {
    status: 422,
    en: 'Reading it took longer than {seconds} seconds and was stopped: it is damaged or made to be slow. Check the file, or remove the source.',
    zh: '读取超过 {seconds} 秒，已中止：内容可能已损坏，或被恶意构造。请检查文件，或删除该来源。',
  },
  'feeds.doctype': {
    status: 422,
    en: 'It has a DOCTYPE that never ends, or more than one, so that nobody can know where the feed begins. Ask the publisher for a feed without one.',
    zh: '内容中的 DOCTYPE 没有结束，或不止一个，无法判断正文从何处开始，已拒绝读取。请向发布方索取不含 DOCTYPE 的订阅源。',
  },
  'feeds.web-page': {
    status: 422,
    en: 'This is a web page, not a feed. Look on it for its RSS or Atom address and give that one.',
    zh: '这是网页，不是订阅源。请在该网页上找到 RSS 或 Atom 地址后填写。',
  },
  'feeds.not-a-feed': {
    status: 422,
    en: 'This is not a feed or an export that can be read (it begins with "{beginning}"). Readable: RSS, Atom, JSON Feed, Google Trends CSV, Pinterest trends CSV, hot-search JSON.',
    zh: '无法识别为订阅源或导出文件（开头为“{beginning}”）。支持：RSS、Atom、JSON Feed、Google Trends CSV、Pinterest 趋势 CSV、热搜 JSON。',
  },
  'feeds.other-format': {
    status: 422,
    en: 'It was announced as {declared} but looks like {found}. Choose the right format, or let it be found automatically.',
    zh: '声明的格式是 {declared}，但内容看起来是 {found}。请选择正确的格式，或使用自动识别。',
  },
  'feeds.broken-json': {
    status: 422,
    en: 'The JSON cannot be read: {detail}. Export it again, or check that it was not cut off.',
    zh: 'JSON 无法解析：{detail}。请重新导出，或检查文件是否被截断。',
  },
  'feeds.wrong-json': {
    status: 422,
    en: 'The JSON has not the form that is needed (at {where}; found: {found}). Needed: a JSON Feed with "items", a list of titles or of objects with a "title" or "word", or a list of objects with "date" and "titles".',
    zh: 'JSON 结构不符（位置：{where}；实际为：{found}）。应为：含 items 的 JSON Feed、标题列表或含 title、word 的对象列表，或含 date、titles 的对象列表。',
  },
  'feeds.no-entries': {
    status: 422,
    en: 'It is a readable file, but there is no entry in it. Check the date range of the export, or whether the feed is still in use.',
    zh: '文件可读，但其中没有任何条目。请检查导出的日期范围，或确认该订阅源是否仍在更新。',
  },
  'feeds.empty-export': {
    status: 422,
    en: 'The export has its columns ({columns}) but no rows. Choose a longer date range or another region, and export again.',
    zh: '导出文件有表头（{columns}），但没有数据行。请选择更长的日期范围或其他地区后重新导出。',
  },
  'feeds.no-date-column': {
    status: 422,
    en: 'No column holds dates. Needed: a first column "Day", "Week", "Month" or "Date" and one column for each term; found: {found}. Export "interest over time", not a ranking or a map.',
    zh: '没有日期列。应为：第一列为“日/周/月/日期”，其后每列一个词；实际为：{found}。请导出“随时间变化的热度”，而不是排行或地图。',
  },
  'feeds.no-date-column#map': {
    status: 422,
    en: 'This is a map (interest by region: {found}) and has no dates, so nothing can be seen to rise in it. On the same page, download "Interest over time" (multiTimeline.csv) instead of geoMap.csv.',
    zh: '这是按地区的热度地图（{found}），没有日期，看不出上升。请在同一页面下载“随时间变化的热度”（multiTimeline.csv），而不是 geoMap.csv。',
  },
  'feeds.no-date-column#sales': {
    status: 422,
    en: 'This looks like a table of sales, but no column holds dates, so nothing can be seen to rise in it. Found: {found}. Export it by day or by week, with a column of dates.',
    zh: '这像是销售表，但没有日期列，看不出上升。实际的列：{found}。请按日或按周导出，并包含日期列。',
  },
  'feeds.wrong-columns': {
    status: 422,
    en: 'The columns are not the right ones. Needed: {needed}; found: {found}. Export again without changing the first rows.',
    zh: '列不符合要求。应为：{needed}；实际为：{found}。请重新导出，不要改动前几行。',
  },
  'feeds.closed': {
    status: 503,
    en: 'The server is stopping and reads no more feeds. Try again shortly.',
    zh: '服务正在停止，暂不读取订阅源，请稍后重试。',
  },
  'feeds.cut-off': {
    status: 422,
    en: 'It is compressed, and its end is missing: it was cut off on the way. Fetch or export it again.',
    zh: '内容经过压缩，但末尾缺失：传输中被截断。请重新获取或导出。',
  },
  'feeds.compression': {
    status: 422,
    en: 'It is compressed as {kind}, which is not read here and was not asked for. Unpack it first, or have the server send it plain, as gzip or as Brotli.',
    zh: '内容以 {kind} 压缩，无法读取（我们并未要求压缩）。请先解压，或让服务器以明文、gzip 或 Brotli 发送。',
  },
  'feeds.office-file#xls': {
    status: 422,
    en: 'This is an Excel or WPS workbook in the old format (.xls, .et) or with a password. Open it and save it as "CSV UTF-8" or as .xlsx without a password, then send that.',
    zh: '这是旧格式（.xls、.et）或带密码的 Excel/WPS 工作簿。请打开后另存为“CSV UTF-8”，或无密码的 .xlsx，再提交。',
  },
  'feeds.office-file#ods': {
    status: 422,
    en: 'This is an OpenDocument spreadsheet. Open it and save it as "CSV UTF-8" or as .xlsx, then send that.',
    zh: '这是 OpenDocument 电子表格。请打开后另存为“CSV UTF-8”或 .xlsx，再提交。',
  },
  'feeds.office-file#zip': {
    status: 422,
    en: 'This is a zip archive without a single table or feed in it, or a damaged one. Unpack it and send the file that is meant, saved as "CSV UTF-8" if it is a table.',
    zh: '这是 zip 压缩包，其中没有单独的表格或订阅文件，或文件已损坏。请解压后提交所需文件；表格请另存为“CSV UTF-8”。',
  },
  'feeds.not-a-table': {
    status: 422,
    en: 'This is {kind}, not a table or a feed. Open it in the program that made it and save it as "CSV UTF-8".',
    zh: '这是 {kind} 文件，不是表格或订阅源。请在原程序中打开，并另存为“CSV UTF-8”。',
  },
  'feeds.feed-list': {
    status: 422,
    en: 'This is a list of feeds (OPML), not a feed. Add the feeds it names one by one, by their xmlUrl.',
    zh: '这是订阅列表（OPML），不是订阅源。请将其中的 xmlUrl 地址逐个添加。',
  },
  'feeds.site-map': {
    status: 422,
    en: 'This is a site map for search engines, not a feed. Look on the site for its RSS or Atom address and give that one.',
    zh: '这是供搜索引擎使用的站点地图，不是订阅源。请在该网站上找到 RSS 或 Atom 地址后填写。',
  },
  'feeds.too-many-columns': {
    status: 422,
    en: 'The table has {n} columns, more than the {most} that are read at once. Export fewer terms, or split the table.',
    zh: '表中有 {n} 列，超过一次可读取的 {most} 列。请减少导出的词，或拆分表格。',
  },
  'feeds.related-queries': {
    status: 422,
    en: 'This is Google Trends’ list of related queries or topics: it has no dates, so nothing can be seen to rise in it. On the same page, download "Interest over time" (multiTimeline.csv) instead.',
    zh: '这是 Google Trends 的“相关查询/主题”列表，没有日期，看不出上升。请在同一页面下载“随时间变化的热度”（multiTimeline.csv）。',
  },
  'feeds.ambiguous-dates': {
    status: 422,
    en: 'In dates like "{example}" it cannot be known which number is the month. Say with the upload whether the month or the day stands first, or write the dates like 2026-11-16.',
    zh: '形如“{example}”的日期无法判断哪个是月份。请在上传时选择“月在前”或“日在前”，或将日期写成 2026-11-16。',
  },
  'feeds.unclear-columns': {
    status: 422,
    en: 'The table has dates, but it is not clear which columns count. Found: {found}. Name them with the upload: date, and product or category with units for sales; keyword with value for interest; or title.',
    zh: '表中有日期，但无法判断各列含义。实际的列：{found}。请在上传时指定：销售表为日期、商品或类目、件数；热度表为关键词、数值；标题表为标题。',
  },
  'feeds.unknown-column': {
    status: 422,
    en: 'There is no column "{asked}" to take as {role}. The columns are: {found}.',
    zh: '没有可作为 {role} 的列“{asked}”。实际的列：{found}。',
  },
})
