/** Everything that can be wrong with a feed or an export, each with its remedy, in both languages. */
import { problem, type Problem } from '../../core/errors.ts'

const listed = (names: readonly string[], separator: string): string =>
  names
    .slice(0, 8)
    .map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name))
    .join(separator) || '–'

const megabytes = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`

export const empty = (): Problem =>
  problem('feeds.empty', 422, {
    en: 'There is nothing in it: 0 bytes. Check the address, or export the file again.',
    zh: '内容为空（0 字节）。请检查地址，或重新导出文件。',
  })

export const tooLarge = (maxBytes: number): Problem =>
  problem('feeds.too-large', 413, {
    en: `It is larger than ${megabytes(maxBytes)}, the most that is read. Use a feed with fewer entries, or split the export by date.`,
    zh: `内容超过可读取的上限 ${megabytes(maxBytes)}。请换用条目较少的订阅源，或按日期拆分导出文件。`,
  })

export const tooSlow = (deadlineMs: number): Problem =>
  problem('feeds.too-slow', 422, {
    en: `Reading it took longer than ${deadlineMs / 1000} seconds and was stopped: it is damaged or made to be slow. Check the file, or remove the source.`,
    zh: `读取超过 ${deadlineMs / 1000} 秒，已中止：内容可能已损坏，或被恶意构造。请检查文件，或删除该来源。`,
  })

export const wrongEncoding = (label: string): Problem =>
  problem('feeds.wrong-encoding', 422, {
    en: `It says its text is encoded as "${label}", but the bytes are not. Save it as UTF-8 and send it again, or ask the publisher to name the right encoding.`,
    zh: `内容声明的编码为“${label}”，但字节与之不符。请另存为 UTF-8 后重新提交，或请发布方更正编码声明。`,
  })

export const unknownEncoding = (label: string): Problem =>
  problem('feeds.unknown-encoding', 422, {
    en: `The encoding "${label}" is not known here. Save it as UTF-8 (GB18030 and Big5 are read too).`,
    zh: `不支持的编码“${label}”。请另存为 UTF-8（也支持 GB18030 与 Big5）。`,
  })

export const doctype = (): Problem =>
  problem('feeds.doctype', 422, {
    en: 'It defines entities of its own in a DOCTYPE, which is refused because such definitions can be made to explode. Ask the publisher for a feed without one.',
    zh: '内容在 DOCTYPE 中自定义了实体，可能被用于实体膨胀攻击，已拒绝读取。请向发布方索取不含 DOCTYPE 的订阅源。',
  })

export const webPage = (): Problem =>
  problem('feeds.web-page', 422, {
    en: 'This is a web page, not a feed. Look on it for its RSS or Atom address and give that one.',
    zh: '这是网页，不是订阅源。请在该网页上找到 RSS 或 Atom 地址后填写。',
  })

export const notFeed = (found: string): Problem =>
  problem('feeds.not-a-feed', 422, {
    en: `This is not a feed or an export that can be read (it begins with "${found}"). Readable: RSS, Atom, JSON Feed, Google Trends CSV, Pinterest trends CSV, hot-search JSON.`,
    zh: `无法识别为订阅源或导出文件（开头为“${found}”）。支持：RSS、Atom、JSON Feed、Google Trends CSV、Pinterest 趋势 CSV、热搜 JSON。`,
  })

export const otherFormat = (declared: string, found: string): Problem =>
  problem('feeds.other-format', 422, {
    en: `It was announced as ${declared} but looks like ${found}. Choose the right format, or let it be found automatically.`,
    zh: `声明的格式是 ${declared}，但内容看起来是 ${found}。请选择正确的格式，或使用自动识别。`,
  })

export const brokenJson = (detail: string): Problem =>
  problem('feeds.broken-json', 422, {
    en: `The JSON cannot be read: ${detail}. Export it again, or check that it was not cut off.`,
    zh: `JSON 无法解析：${detail}。请重新导出，或检查文件是否被截断。`,
  })

export const wrongJson = (where: string): Problem =>
  problem(
    'feeds.wrong-json',
    422,
    {
      en: `The JSON has not the expected form (at ${where}). Expected: a JSON Feed with "items", a list of {"url", "title"}, or a list of {"date", "titles"}.`,
      zh: `JSON 结构不符（位置：${where}）。应为：含 items 的 JSON Feed、{"url","title"} 列表，或 {"date","titles"} 列表。`,
    },
    { details: { where } },
  )

export const emptyFeed = (): Problem =>
  problem('feeds.no-entries', 422, {
    en: 'It is a readable file, but there is no entry in it. Check the date range of the export, or whether the feed is still in use.',
    zh: '文件可读，但其中没有任何条目。请检查导出的日期范围，或确认该订阅源是否仍在更新。',
  })

export const emptyExport = (columns: readonly string[]): Problem =>
  problem(
    'feeds.empty-export',
    422,
    {
      en: `The export has its columns (${listed(columns, ', ')}) but no rows. Choose a longer date range or another region, and export again.`,
      zh: `导出文件有表头（${listed(columns, '、')}），但没有数据行。请选择更长的日期范围或其他地区后重新导出。`,
    },
    { details: { found: columns } },
  )

export const noDateColumn = (found: readonly string[]): Problem =>
  problem(
    'feeds.no-date-column',
    422,
    {
      en: `No column holds dates. Expected: a first column "Day", "Week", "Month" or "Date" and one column for each term; found: ${listed(found, ', ')}. Export "interest over time", not a ranking or a map.`,
      zh: `没有日期列。应为：第一列为“日/周/月/日期”，其后每列一个词；实际为：${listed(found, '、')}。请导出“随时间变化的热度”，而不是排行或地图。`,
    },
    { details: { expected: ['Day | Week | Month | Date', '<term>: (<region>)'], found } },
  )

export const wrongColumns = (expected: readonly string[], found: readonly string[]): Problem =>
  problem(
    'feeds.wrong-columns',
    422,
    {
      en: `The columns are not the expected ones. Expected: ${listed(expected, ', ')}; found: ${listed(found, ', ')}. Export again without changing the first rows.`,
      zh: `列不符合要求。应为：${listed(expected, '、')}；实际为：${listed(found, '、')}。请重新导出，不要改动前几行。`,
    },
    { details: { expected, found } },
  )

export const closed = (): Problem =>
  problem('feeds.closed', 503, {
    en: 'The server is stopping and reads no more feeds. Try again shortly.',
    zh: '服务正在停止，暂不读取订阅源，请稍后重试。',
  })
