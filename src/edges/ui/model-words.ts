/** What people read about models: what was asked, what came of it, why something else was used instead. */
import type { Localized } from '../../core/values.ts'

type Names = Readonly<Record<string, Localized>>

export const MODEL_PURPOSE: Names = {
  'designs.propose': { zh: '设计方案', en: 'Proposals' },
  'designs.refine': { zh: '理解改款的话', en: 'Understanding a refinement' },
  'designs.illustrate': { zh: '绘制正面图', en: 'Drawing the front' },
}

export const MODEL_OUTCOME: Names = {
  asked: { zh: '未收到结果', en: 'No answer came' },
  answered: { zh: '已采用', en: 'Used' },
  repaired: { zh: '修正一次后采用', en: 'Used after one correction' },
  unusable: { zh: '无法采用', en: 'Could not be used' },
  failed: { zh: '失败', en: 'Failed' },
  cached: { zh: '沿用旧回答', en: 'Used again' },
}

/** What a person has to know besides, about money. */
export const MODEL_OUTCOME_MORE: Names = {
  asked: { zh: '可能已计费，仍计入预算', en: 'It may have been charged, and counts for the budget' },
  cached: { zh: '未重复付费', en: 'Not paid twice' },
}

/** Why a model's words or picture are not there, by the code in the record: one entry for every code there is. */
export const MODEL_REASON: Names = {
  'language.refused': { zh: '模型拒绝回答', en: 'the model refused to answer' },
  'language.truncated': { zh: '模型的回答超长，被截断', en: 'the model’s answer was cut off at its length limit' },
  'language.timeout': { zh: '模型未在规定时间内回答', en: 'the model did not answer in time' },
  'language.limited': { zh: '模型服务商限流', en: 'the model’s provider asked to slow down' },
  'language.rejected': {
    zh: '模型端点拒绝了请求（请检查密钥、模型名和地址）',
    en: 'the model’s endpoint refused the request (check key, model name and address)',
  },
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
