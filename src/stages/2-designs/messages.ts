import { refusals } from '../../core/errors.ts'

/** What this stage refuses, and what to do about it. */
export const refused = refusals({
  'approvals.moved-on': {
    status: 409,
    en: 'This style was changed or decided meanwhile. Reload the page and look at it again.',
    zh: '该款式刚刚已被修改或已有结论，请刷新页面后重新查看。',
  },
  'approvals.preview-gone': {
    status: 409,
    en: 'This preview is of another version or another sentence. Preview the sentence again, then apply it.',
    zh: '该预览对应的是另一个版本或另一句话，请重新预览后再应用。',
  },
  'designs.nothing-fits': {
    status: 422,
    en: 'No garment of the house fits this brief with the materials in stock. Allow more categories or add materials for the season.',
    zh: '现有版型和库存物料无法满足该设计需求，请放宽品类，或补充当季物料。',
  },
  'designs.cannot-follow': {
    status: 422,
    en: '{trends} Choose other trends, or ask for a design without any.',
    zh: '{trends}请选择其他趋势，或不选趋势直接设计。',
  },
  'designs.not-near-enough': {
    status: 422,
    en: 'No design came near enough to its trend: {what} The house asks for {limit}% of what defines a trend.',
    zh: '没有方案足够符合趋势：{what}本商家要求至少符合 {limit}%。',
  },
  'designs.say-or-move': {
    status: 422,
    en: 'Say what is to change, or send the measures: one of both.',
    zh: '请写一句话，或提交尺寸，两者选一。',
  },
  'designs.no-such-measure': {
    status: 422,
    en: 'This garment has no measure “{key}”. It has: {has}.',
    zh: '该版型没有“{key}”这个尺寸，可调的有：{has}。',
  },
  'designs.measure-range': {
    status: 422,
    en: '{label} can be {min} to {max}.',
    zh: '{label}只能在 {min} 到 {max} 之间。',
  },
  'designs.left-its-trend': {
    status: 422,
    en: 'Brought to what can be drafted, the design left its trend. {what}',
    zh: '调整到可制版后，设计已偏离趋势。{what}',
  },
  'image.under-way': {
    status: 503,
    en: 'This very picture is being drawn at this moment. Try again in a moment.',
    zh: '同一张图片正在绘制中，请稍候再试。',
  },
  'language.under-way': {
    status: 503,
    en: 'The model is being asked this very question at this moment. Try again in a moment.',
    zh: '同一问题正在询问模型，请稍候再试。',
  },
  'designs.reference-too-large': {
    status: 413,
    en: '{what} A reference picture is {limits}.',
    zh: '{what}可用的参考图：{limits}。',
  },
  'designs.reference-format': {
    status: 415,
    en: 'This is not a kind of picture we take. A reference picture is {limits}.',
    zh: '这不是可用的图片格式。可用的参考图：{limits}。',
  },
  'designs.reference-broken': {
    status: 422,
    en: 'The picture is broken and cannot be read. A reference picture is {limits}.',
    zh: '图片已损坏，无法读取。可用的参考图：{limits}。',
  },
  'designs.reference-too-small': {
    status: 422,
    en: 'The picture has only {width} × {height} pixels. A reference picture is {limits}.',
    zh: '图片只有 {width}×{height} 像素，过小。可用的参考图：{limits}。',
  },
})

/** Somebody else changed or decided the style meanwhile. */
export const movedOn = () => refused('approvals.moved-on')
