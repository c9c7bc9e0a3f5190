import type { Localized } from '../../core/values.ts'
import type { BomRow, DrawnLine, Gender, MaterialRole, Season } from '../types.ts'

/** Words of the closed vocabularies that appear on a factory's paper. */
const words = (zh: string, en: string): Localized => ({ zh, en })

export const ROLE_WORDS: Readonly<Record<MaterialRole | 'trim' | 'label' | 'packaging', Localized>> = {
  shell: words('面料', 'Shell'),
  lining: words('里料', 'Lining'),
  interlining: words('衬料', 'Interlining'),
  contrast: words('配料', 'Contrast'),
  rib: words('罗纹', 'Rib'),
  pocketing: words('袋布', 'Pocketing'),
  trim: words('辅料', 'Trim'),
  label: words('标', 'Label'),
  packaging: words('包装', 'Packaging'),
}
/** Colourway keys that are not material roles. */
const TRIM_WORDS: Readonly<Record<string, Localized>> = {
  button: words('钮扣', 'Buttons'),
  zip: words('拉链', 'Zip'),
  thread: words('缝纫线', 'Thread'),
  buckle: words('腰带扣', 'Buckle'),
  snap: words('四合扣', 'Snaps'),
  drawcord: words('抽绳', 'Drawcord'),
  fur: words('毛领', 'Fur'),
  elastic: words('松紧带', 'Elastic'),
}
/** The name of a coloured part: a material role, a trim, or its own key where the vocabulary has no word. */
export const partWords = (key: string): Localized =>
  (ROLE_WORDS as Readonly<Record<string, Localized>>)[key] ?? TRIM_WORDS[key] ?? words(key, key)

export const GENDER_WORDS: Readonly<Record<Gender, Localized>> = {
  men: words('男装', 'Men'),
  women: words('女装', 'Women'),
}
export const SEASON_WORDS: Readonly<Record<Season, Localized>> = {
  spring: words('春季', 'Spring'),
  summer: words('夏季', 'Summer'),
  autumn: words('秋季', 'Autumn'),
  winter: words('冬季', 'Winter'),
  'all-season': words('四季', 'All seasons'),
}
export const LINE_WORDS: Readonly<Record<DrawnLine['kind'], Localized>> = {
  dart: words('省', 'Dart'),
  fold: words('折边线', 'Fold'),
  pocket: words('袋位', 'Pocket'),
  button: words('钉扣位', 'Button'),
  buttonhole: words('扣眼位', 'Buttonhole'),
  stitch: words('明线', 'Topstitch'),
  guide: words('对位线', 'Guide'),
}
export const UNIT_WORDS: Readonly<Record<BomRow['unit'], Localized>> = {
  m: words('米', 'm'),
  pc: words('个', 'pc'),
  set: words('套', 'set'),
}
/** The three classes of fault an inspector counts. */
export const DEFECT_WORDS: Readonly<Record<'critical' | 'major' | 'minor', Localized>> = {
  critical: words('致命', 'Critical'),
  major: words('严重', 'Major'),
  minor: words('轻微', 'Minor'),
}
