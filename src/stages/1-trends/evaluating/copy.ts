/** Attributes found in the copy of garments, held against what its seller labelled it with (`key#value*key#value`). */
import { openMatcher, type Matcher } from '../matching.ts'
import { BOTTOMS } from '../vocabulary/bottoms.ts'
import { DRESSES } from '../vocabulary/dresses.ts'
import { OUTERWEAR } from '../vocabulary/outerwear.ts'
import { TOPS } from '../vocabulary/tops.ts'
import type { Term } from '../vocabulary/term.ts'

/** A line of the labelled file. */
export interface LabelledCopy {
  /** The labels. */
  content: string
  /** The copy. */
  summary: string
}

export interface Accuracy {
  /** Different values that count. */
  values: number
  right: number
  /** Found and not labelled. */
  wrong: number
  /** Labelled and not found. */
  missed: number
  precision: number
  recall: number
  f1: number
}

export interface CopyAccuracy {
  copies: number
  /**
   * Every labelled attribute that the vocabulary has a word for, by what it means: 粉色 and 粉红色 are one. The department
   * (上衣, 裙, 裤) comes with a product and is no attribute said of it.
   */
  known: Accuracy
  /**
   * Every value as it is labelled, each by itself, the department too: where two values mean one thing both are found,
   * so that one of them is wrong; what the vocabulary has no word for is missed every time.
   */
  strict: Accuracy
  /** Values that the vocabulary has no word for. */
  unknown: string[]
}

const DEPARTMENT_KEY = '类型'
const idsOf = (terms: readonly Term[]): ReadonlySet<string> => new Set(terms.map(({ id }) => id))
/** What a department sells. */
const DEPARTMENTS: Readonly<Record<string, ReadonlySet<string>>> = {
  上衣: idsOf([...OUTERWEAR, ...TOPS]),
  裙: idsOf(DRESSES),
  裤: idsOf(BOTTOMS),
}
/** Their names as terms: given with the product, as the department is. */
const WIDE = new Set(['top', 'skirt-or-dress', 'skirt', 'trousers'])

interface Label {
  key: string
  value: string
}

const labelsOf = ({ content }: LabelledCopy): Label[] =>
  content.split('*').map((label) => {
    const [key = '', value = ''] = label.split('#')
    return { key, value }
  })

interface Counted {
  right: number
  wrong: number
  missed: number
}

function count(gold: readonly ReadonlySet<string>[], said: readonly ReadonlySet<string>[]): Accuracy {
  const values = new Set(gold.flatMap((ids) => [...ids]))
  const sum: Counted = { right: 0, wrong: 0, missed: 0 }
  for (const [i, labelled] of gold.entries()) {
    const found = said[i] ?? new Set()
    for (const id of found)
      if (labelled.has(id)) sum.right++
      else if (values.has(id)) sum.wrong++
    for (const id of labelled) if (!found.has(id)) sum.missed++
  }
  const share = (part: number, of: number) => (of ? part / of : 0)
  const [precision, recall] = [share(sum.right, sum.right + sum.wrong), share(sum.right, sum.right + sum.missed)]
  const round = (figure: number) => Number(figure.toFixed(4))
  return {
    values: values.size,
    ...sum,
    precision: round(precision),
    recall: round(recall),
    f1: round(share(2 * precision * recall, precision + recall)),
  }
}

/** What a value means: the terms it names, as it stands or as the shape it is short for (`h` is the h型). */
function meaningOf({ value }: Label, matcher: Matcher): string[] {
  for (const wording of [`穿${value}`, `穿${value}型`]) {
    const ids = matcher.hits(wording).map((hit) => hit.term.id)
    if (ids.length) return ids
  }
  return []
}

/** How well attributes are found in labelled copy. */
export function copyAccuracy(copies: readonly LabelledCopy[], matcher: Matcher = openMatcher()): CopyAccuracy {
  const labels = copies.map(labelsOf)
  const all = new Map(labels.flat().map((label) => [label.value, label]))
  const meanings = new Map([...all.values()].map((label) => [label.value, meaningOf(label, matcher)]))
  const said = copies.map(({ summary }) => new Set(matcher.attributes(summary)))
  const attributes = labels.map((own) => own.filter(({ key }) => key !== DEPARTMENT_KEY))
  const isSaid = ({ key, value }: Label, attributesSaid: ReadonlySet<string>): boolean => {
    const sold = key === DEPARTMENT_KEY ? DEPARTMENTS[value] : undefined
    if (sold) return [...attributesSaid].some((id) => sold.has(id))
    const ids = meanings.get(value) ?? []
    return ids.length > 0 && ids.every((id) => attributesSaid.has(id))
  }
  return {
    copies: copies.length,
    known: count(
      attributes.map(
        (own) => new Set(own.flatMap(({ value }) => meanings.get(value) ?? []).filter((id) => !WIDE.has(id))),
      ),
      said,
    ),
    strict: count(
      labels.map((own) => new Set(own.map(({ value }) => value))),
      said.map((ids) => new Set([...all.values()].filter((label) => isSaid(label, ids)).map(({ value }) => value))),
    ),
    unknown: [...meanings].filter(([, ids]) => !ids.length).map(([value]) => value),
  }
}
