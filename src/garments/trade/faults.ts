/** Faults that inspection looks for, by how grave they are (ISO 2859 classes). */
import type { Localized } from '../../core/values.ts'

export interface Fault {
  class: 'critical' | 'major' | 'minor'
  words: Localized
}

const fault = (grade: Fault['class'], zh: string, en: string): Fault => ({ class: grade, words: { zh, en } })

/** What inspection looks for on every garment. */
export const COMMON_FAULTS: readonly Fault[] = [
  fault(
    'critical',
    '断针、金属残留（须全数过检针机）',
    'broken needle or metal in the garment (every piece through the detector)',
  ),
  fault('critical', '发霉、异味、虫蛀', 'mould, bad smell, moth'),
  fault('critical', '成分标、安全类别与实物不符', 'fibre or safety label does not match the garment'),
  fault('critical', '尖锐部件、脱落的小附件', 'sharp parts; small parts that come off'),
  fault('major', '破洞、断纱、明显色差（低于4级）', 'hole, broken yarn, shade difference below grade 4'),
  fault('major', '开线、跳针三针以上、断线', 'open seam, three or more skipped stitches, broken thread'),
  fault('major', '关键部位尺寸超公差', 'a measure outside its tolerance'),
  fault('major', '左右不对称超过 5 mm', 'left and right differ by more than 5 mm'),
  fault('major', '错码、漏标、错配色', 'wrong size, missing label, wrong colour combination'),
  fault('major', '正面污渍、熨烫烫黄或极光', 'stain on the face, scorch or shine from pressing'),
  fault('minor', '线头长于 10 mm', 'thread ends longer than 10 mm'),
  fault('minor', '轻微起皱、压线不匀', 'slight puckering, uneven topstitching'),
  fault('minor', '里侧轻微污渍（可去除）', 'small stain inside, removable'),
  fault('minor', '折叠、包装不合要求', 'not folded or packed as specified'),
]
export const TAILORED_FAULTS: readonly Fault[] = [
  fault('major', '驳头、止口反吐，袖山起皱', 'facing visible at the lapel, sleeve head wrinkled'),
  fault('major', '里料吊紧，底边外翻', 'lining too tight, hem turns out'),
  fault('minor', '扣眼毛边', 'buttonhole edges not clean'),
]
export const SHIRT_FAULTS: readonly Fault[] = [
  fault('major', '领角不对称、领面起泡', 'collar points differ, interlining bubbles'),
  fault('minor', '门襟条宽窄不一', 'placket uneven'),
]
export const KNIT_FAULTS: readonly Fault[] = [
  fault('major', '领圈拉伸后断线', 'neck seam breaks when stretched'),
  fault('minor', '扭缝超过 20 mm', 'side seam twisted by more than 20 mm'),
]
export const TROUSERS_FAULTS: readonly Fault[] = [
  fault('major', '裤长两腿相差超过 5 mm', 'legs differ by more than 5 mm'),
  fault('minor', '前后裆十字缝不对齐', 'crotch seams do not meet'),
]
export const SKIRT_FAULTS: readonly Fault[] = [
  fault('major', '拉链不平、拉合不畅', 'zip not flat or hard to run'),
  fault('minor', '省尖起泡', 'bubble at a dart point'),
]
export const DRESS_FAULTS: readonly Fault[] = [
  fault('major', '腰线左右错位超过 5 mm', 'waist seam mismatched by more than 5 mm'),
  fault('minor', '底边不平', 'hem uneven'),
]
