/** What a refusal of an endpoint means, told from its status and its words: providers agree on neither. */
import type { Said } from './said.ts'

/**
 * `filter`: the provider will not have this content; `limited`: slower, please; `quota`: no money or allowance left; `key`:
 * who asks may not; `model`: no such model; `context`: more than it can read; `address`: nobody speaks the protocol here;
 * `form`: something in the request is not as it wants it; `trouble`: its own.
 */
export type Kind = 'filter' | 'limited' | 'quota' | 'key' | 'model' | 'context' | 'address' | 'form' | 'trouble'

const FILTER =
  /content[ _-]?(filter|policy|management|moderation)|content exists risk|data[ _-]?inspection|responsible ?ai|inappropriate|moderation|\bsafety\b|(?<!case[ -])sensitive|high risk|flagged|(policy|terms|guidelines).{0,30}violat|violat\w+.{0,40}(policy|policies|terms|guideline)|prohibited content|harmful|违规|敏感|不安全内容|不合规|内容审核|风险内容/i
/** Beyond doubt, whatever else is said. */
const NO_MONEY =
  /insufficient[ _-]?(balance|credit|fund)|arrear|billing[ _-]?(hard|not|limit)|free[ _-]?(tier[ _-]?only|allocated quota|quota)|free tier.{0,40}exhaust|credit balance|out of credit|no credit|payment required|余额不足|欠费|资源包|额度.{0,6}(用尽|用完|不足|耗尽)/i
const SLOWER =
  /rate[ _-]?limit|throttl|too many requests|allocat\w* quota|per[ _-]?(minute|second|min\b|sec\b)|\b[tr]pm\b|limit_requests|concurren|overloaded|too fast|频率|限流|并发|过于频繁|稍后/i
const QUOTA =
  /insufficient_quota|exceeded.{0,20}quota|quota.{0,20}(exceeded|exhausted)|spend(ing)? limit|plan and billing|overdue/i
const KEY =
  /(invalid|incorrect|wrong|missing|no|expired|revoked|unknown)[ _-]{0,2}(api[ _-]?)?key|api[ _-]?key.{0,30}(invalid|not valid|incorrect|expired|revoked|missing|required|not found|wrong)|authenticat|unauthori[sz]ed|access[ _-]?denied|permission|not allowed to|无效的?.{0,6}(密钥|令牌|key)|(密钥|令牌|key).{0,6}(无效|错误|过期)|身份验证|鉴权|没有权限|无权/i
const CONTEXT =
  /context[ _-]?(length|window|size)|range of input length|input (is )?too long|prompt (is )?too long|too many (input )?tokens|reduce the length|maximum (input|prompt|context|sequence) length|context is too long|exceed\w*.{0,40}(context|token limit|max\w* (input|model|sequence) len)|string too long|request (entity )?too large|(输入|上下文|提示词?).{0,12}(超过|超出|过长|太长)|超长/i
const MODEL =
  /model[ _-]?not[ _-]?(found|exist|supported|available)|deployment ?not ?found|(unknown|invalid|no such|unsupported|not supported|not a valid) (model|deployment)|not a valid model|no models? (loaded|available)|\b(model|deployment)\b[^.;]{0,80}?(not (be )?found|does(n.t| not) exist|not exist|not available|is not supported|unknown|has been deprecated|decommissioned)|try pulling|模型.{0,30}(不存在|无效|未开通|已下线)/i

const said = ({ message, codes, param }: Said) => `${codes} ${param} ${message}`.slice(0, 4000)

interface Refusal {
  status: number
  words: string
  page: boolean
  param: string
}

/** The first that applies. */
const RULES: readonly (readonly [applies: (refusal: Refusal) => boolean, kind: Kind])[] = [
  [({ status, words, page }) => status === 402 || (status !== 404 && !page && NO_MONEY.test(words)), 'quota'],
  [({ status, words, page }) => ![401, 404, 429].includes(status) && !page && FILTER.test(words), 'filter'],
  [({ status }) => status === 451, 'filter'],
  [({ status, words }) => status === 429 && QUOTA.test(words) && !SLOWER.test(words), 'quota'],
  [({ status }) => status === 429, 'limited'],
  [({ status, words }) => status === 403 && QUOTA.test(words), 'quota'],
  [({ status }) => status === 401 || status === 407, 'key'],
  [({ status, words }) => status < 500 && KEY.test(words) && !/unsupported|parameter/i.test(words), 'key'],
  [({ status, words }) => status === 413 || CONTEXT.test(words), 'context'],
  [({ status, words }) => (status < 500 || status === 501) && MODEL.test(words), 'model'],
  [({ status }) => status === 403, 'key'],
  [({ status }) => (status >= 300 && status < 400) || [404, 405, 410].includes(status), 'address'],
  [({ status }) => status >= 500 || status === 408 || status === 425, 'trouble'],
  [({ words, param }) => SLOWER.test(words) && !param, 'limited'],
  [({ words }) => QUOTA.test(words), 'quota'],
]

/**
 * @param status of the answer; 400 for a failure that came with status 200
 */
export function kindOf(status: number, about: Said): Kind {
  const words = said(about)
  // Its own server's page names many things.
  const page = status >= 500 && about.codes === '' && words.length > 600
  const asked: Refusal = { status, words, page, param: about.param }
  return RULES.find(([applies]) => applies(asked))?.[1] ?? 'form'
}
