/** What people read about models: what was asked, what came of it, why something else was used instead. */
import type { Localized } from '../../core/values.ts'

type Names = Readonly<Record<string, Localized>>

export const MODEL_PURPOSE: Names = {
  'designs.propose': { zh: '设计方案', en: 'Proposals' },
  'designs.refine': { zh: '理解改款的话', en: 'Understanding a refinement' },
  'designs.illustrate': { zh: '绘制正面图', en: 'Drawing the front' },
}

export const MODEL_OUTCOME: Names = {
  asked: { zh: '询问中', en: 'Being asked' },
  unknown: { zh: '结果不明', en: 'Outcome unknown' },
  answered: { zh: '已采用', en: 'Used' },
  repaired: { zh: '修正一次后采用', en: 'Used after one correction' },
  unusable: { zh: '无法采用', en: 'Could not be used' },
  failed: { zh: '失败', en: 'Failed' },
  cached: { zh: '沿用旧回答', en: 'Used again' },
}

/** What a person has to know besides, about money. */
export const MODEL_OUTCOME_MORE: Names = {
  asked: { zh: '按最高费用计入预算', en: 'It counts for the budget with the most it may cost' },
  unknown: {
    zh: '可能已计费；已发送部分计入预算，不会自动重复询问',
    en: 'It may have been charged; what was sent counts for the budget, and it is not asked again by itself',
  },
  cached: { zh: '未重复付费', en: 'Not paid twice' },
}

/** Why a model's words or picture are not there, by the code in the record: one entry for every code there is. */
export const MODEL_REASON: Names = {
  'language.refused': {
    zh: '模型或服务商的内容审核拒绝了该内容',
    en: 'the model or its provider’s filter refused the content',
  },
  'language.truncated': { zh: '模型的回答超长，被截断', en: 'the model’s answer was cut off at its length limit' },
  'language.timeout': { zh: '模型未在规定时间内回答', en: 'the model did not answer in time' },
  'language.limited': { zh: '模型服务商限流', en: 'the model’s provider asked to slow down' },
  'language.quota': {
    zh: '模型服务商账户余额或额度已用完',
    en: 'the account at the model’s provider has no balance or allowance left',
  },
  'language.key': {
    zh: '模型端点不接受密钥（请检查 OPENAI_API_KEY）',
    en: 'the model’s endpoint does not accept the key (check OPENAI_API_KEY)',
  },
  'language.model': {
    zh: '端点没有这个模型（请检查 OPENAI_MODEL）',
    en: 'the endpoint has no such model (check OPENAI_MODEL)',
  },
  'language.context': { zh: '提问超出模型可读取的长度', en: 'the question is longer than the model can read' },
  'language.address': {
    zh: '模型地址上应答的不是兼容端点（请检查 OPENAI_BASE_URL）',
    en: 'what answers at the model’s address is no such endpoint (check OPENAI_BASE_URL)',
  },
  'language.rejected': {
    zh: '模型端点不接受该请求的形式（可用 MODEL_EXTRA_BODY 调整）',
    en: 'the model’s endpoint refused the form of the request (MODEL_EXTRA_BODY can change it)',
  },
  'language.empty': { zh: '模型返回了空回答', en: 'the model’s answer had no words' },
  'language.too-large': { zh: '模型的回答超过允许的大小', en: 'the model’s answer was larger than any may be' },
  'language.unreadable': {
    zh: '模型端点返回的内容不是有效回答',
    en: 'the model’s endpoint sent something that is no answer',
  },
  'language.unknown': {
    zh: '询问模型时进程中断，回答已丢失',
    en: 'the process ended while the model was asked, and the answer is lost',
  },
  'language.under-way': { zh: '同一问题正在询问中', en: 'the same question is being asked' },
  'language.unavailable': { zh: '模型端点无法访问或出错', en: 'the model’s endpoint could not be reached or failed' },
  'designs.rubbish': {
    zh: '模型的回答修正一次后仍无法使用',
    en: 'the model’s answer could not be used, even after one correction',
  },
  'designs.too-few': {
    zh: '模型给出的可用方案不够，由内置引擎补足',
    en: 'the model gave too few usable proposals; ours fill up',
  },
  'designs.budget-day': { zh: '当天的模型预算已用完', en: 'the day’s budget for models is spent' },
  'designs.budget-style': { zh: '该款的模型预算已用完', en: 'the style’s budget for models is spent' },
  'image.failed': { zh: '图像模型未能正常返回结果', en: 'the picture model did not answer as it should' },
  'image.refused': { zh: '图像模型拒绝了该请求', en: 'the picture model refused the request' },
  'image.timeout': {
    zh: '图像模型未在规定时间内返回，可能已计费',
    en: 'the picture model did not answer in time; it may have been charged',
  },
  'image.limited': { zh: '图像模型服务商限流', en: 'the picture model’s provider asked to slow down' },
  'image.quota': {
    zh: '图像模型服务商账户余额或额度已用完',
    en: 'the account at the picture model’s provider has no balance or allowance left',
  },
  'image.key': {
    zh: '图像模型端点不接受密钥（请检查 OPENAI_API_KEY 与 IMAGE_MODEL）',
    en: 'the picture model’s endpoint does not accept the key (check OPENAI_API_KEY and IMAGE_MODEL)',
  },
  'image.address': {
    zh: '图像模型地址上没有该模型（请检查 IMAGE_BASE_URL 与 IMAGE_MODEL）',
    en: 'the picture model’s address has no such model (check IMAGE_BASE_URL and IMAGE_MODEL)',
  },
  'image.unknown': {
    zh: '绘图时进程中断，图片已丢失，可能已计费',
    en: 'the process ended while the picture was drawn; it is lost and may have been charged',
  },
  'image.not-a-picture': {
    zh: '图像模型返回的不是可用图片',
    en: 'what the picture model sent is not a usable picture',
  },
  'image.too-pale': { zh: '各配色都太浅，无法核对轮廓', en: 'every colourway is too pale to check an outline' },
  'image.shape': { zh: '图像模型返回的图片不是方形', en: 'the model’s picture is not square' },
  'image.bent': { zh: '图像模型改变了衣服的轮廓', en: 'the model bent the garment’s outline' },
  'image.framed': {
    zh: '图像模型画的衣服过大或过小',
    en: 'the garment is too large or too small in the model’s picture',
  },
  'image.colour': { zh: '图像模型画的颜色与配色不符', en: 'the colour in the model’s picture is not the colourway’s' },
  'image.blurred': { zh: '图像模型的图片不清晰', en: 'the model’s picture is not sharp' },
}

/** What a redrawn picture was judged by. */
export const PICTURE_FIGURE: Names = {
  alike: { zh: '轮廓重合', en: 'Outline shared' },
  bent: { zh: '长宽比偏差', en: 'Proportions off by' },
  coverage: { zh: '占画面', en: 'Share of the frame' },
  deltaE: { zh: '色差 ΔE', en: 'Colour ΔE' },
  sharpness: { zh: '清晰度', en: 'Sharpness' },
  ourSharpness: { zh: '渲染图清晰度', en: 'Sharpness of ours' },
  contrast: { zh: '对比度', en: 'Contrast' },
  width: { zh: '宽（像素）', en: 'Width, px' },
  height: { zh: '高（像素）', en: 'Height, px' },
}
