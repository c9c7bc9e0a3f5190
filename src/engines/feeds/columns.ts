/** Which column of a table is what: by a person's word, else by its name and by what stands in it. */
import type { ColumnRole, ColumnTaken } from '../ports.ts'
import { unknownColumn } from './complaints.ts'

export interface Column {
  at: number
  name: string
  /** The cells below the header. */
  cells: readonly string[]
  numeric: boolean
  empty: boolean
}

/** Names in Chinese and English, with those of the European exports that are met most. */
const NAMES: Readonly<Record<ColumnRole, RegExp>> = {
  date: /^(?:(?:统计|支付|下单|成交|订单|销售|付款|创建)?(?:日期|时间)|日|周|月|天|星期|date|day|week|month|time|datum|tag|woche|monat|fecha|jour|semaine|mois|data|(?:order|invoice|sales?|sold|created)[\s_]*(?:date|day|at|time)|.*[\s_]date)(?:[\s（(].*)?$/i,
  keyword:
    /^(?:搜索词|关键词|关键字|热搜词|词条|搜索关键词|term|keywords?|quer(?:y|ies)|search[\s_]*(?:term|query)|trend|topic|begriff|suchbegriff|mot[\s-]cl[ée])$/i,
  value:
    /^(?:(?:搜索|需求)?(?:指数|人气|热度|量)|搜索(?:人气|指数|热度|次数)|热度值?|数值|值|value|interest|hits|index|score|count|volume|search[\s_]*volume|wert|valor|valeur|popularity)$/i,
  product:
    /^(?:(?:商品|宝贝|产品|货品)(?:名称|标题|名)?|品名|款式(?:名称)?|款名|product(?:[\s_]*(?:name|title))?|item(?:[\s_]*(?:name|title))?|description|style(?:[\s_]*name)?|article|lineitem[\s_]name|artikel(?:name|bezeichnung)?|produkt(?:name)?|producto|produit)$/i,
  category:
    /^(?:(?:商品|一级|二级|三级|叶子|所属)?(?:类目|品类|分类|类别)(?:名称)?|category(?:[\s_]*name)?|product[\s_]*(?:type|category)|department|kategorie|categor[ií]a|cat[ée]gorie)$/i,
  units:
    /^(?:(?:支付|成交|销售|下单|付款|售出|订单)?(?:件数|数量|销量|商品件数)|销售量|(?:支付)?商品件数|units?(?:[\s_]*(?:sold|ordered))?|quantity|qty|(?:net[\s_]*)?(?:items?|quantity|units?)[\s_]*(?:sold|ordered)|sold|pieces|pcs|lineitem[\s_]quantity|menge|anzahl|st[üu]ck(?:zahl)?|cantidad|unidades|quantit[ée])$/i,
  title: /^(?:标题|热搜(?:标题)?|话题|新闻标题|文章标题|内容|title|headline|post|text|name|titel|titre|t[ií]tulo)$/i,
  url: /^(?:链接|网址|地址|url|link|href)$/i,
  region: /^(?:地区|国家|geo|region|country|land)$/i,
  partial: /^(?:is[\s_]?partial|partial|未完结|是否未完结)$/i,
}

const clean = (name: string): string => name.normalize('NFKC').replace(/\s+/g, ' ').trim()

/** @throws Problem `feeds.unknown-column` where a person named one that is not there */
export function roleOf(
  columns: readonly Column[],
  role: ColumnRole,
  given: Readonly<Partial<Record<ColumnRole, string>>>,
): Column | undefined {
  const asked = given[role]
  if (asked !== undefined) {
    const wanted = clean(asked).toLowerCase()
    const column =
      columns.find(({ name }) => clean(name).toLowerCase() === wanted) ??
      columns.find(({ at }) => wanted === `#${at + 1}`)
    if (column) return column
    throw unknownColumn(
      role,
      asked,
      columns.map(({ name }) => name),
    )
  }
  const taken = new Set(Object.values(given).map((name) => clean(name).toLowerCase()))
  return columns.find(
    ({ name, empty }) => !empty && !taken.has(clean(name).toLowerCase()) && NAMES[role].test(clean(name)),
  )
}

export const isNamed = (role: ColumnRole, name: string): boolean => NAMES[role].test(clean(name))

/** Which column was taken as what, as a person is shown it. */
export const taken = (roles: Partial<Record<ColumnRole, Column | undefined>>): ColumnTaken[] =>
  Object.entries(roles).flatMap(([role, column]) =>
    column ? [{ role: role as ColumnRole, column: column.name || `#${column.at + 1}` }] : [],
  )
