import { problem } from '../../core/errors.ts'
import type { Localized } from '../../core/values.ts'
import type { BomRow, Derived, Draft, Marker, MaterialRole, MeasureCode, SizeDraft, StyleSpec } from '../types.ts'
import { MATERIAL_ROLES } from '../types.ts'
import { colouredParts } from '../bom.ts'
import { kgOf, kgPerMetre } from '../bom/weight.ts'
import { inspectionPlan } from './aql.ts'
import { BRIEF_SCHEMA } from './brief-schema/index.ts'
import type { Brief, BriefDraft, BriefFile, Incomplete } from './brief-schema/index.ts'
import type { NumberedCallout } from './callouts.ts'
import { labOf } from './colour.ts'
import { munsellOf } from './colour-codes.ts'
import { MACHINES } from '../operations/machines.ts'
import { minutesOf, operationsOf } from '../operations/list.ts'
import { constructionRows, detailsOf } from './construction.ts'
import { positionsOf } from './positions.ts'
import { defectList, labelSection, packingSection } from './contents.ts'
import type { House } from './contents.ts'
import { copiesOf } from './geometry.ts'
import { cartonsIn, packingList } from './packing-list.ts'
import { seamTable } from './seam-table.ts'
import { partWords } from './words.ts'

type Order = Brief['order']
type TechPack = Brief['techPack']

/** The order as dispatch knows it; anything may still be missing, and the gate will say so. */
export type OrderInput = Omit<Incomplete<Order>, 'price'> & {
  price?: { basis?: Order['price']['basis'] | null; unit?: number | null } | null
}

export interface BriefInput {
  id: string
  /** Instant of issue, ISO 8601 with offset: also the date printed in the files. */
  issuedAt: string
  order: OrderInput
  style: {
    id: string
    number: string
    version: number
    /** Hashes of the style when it was approved, when it was sold, and now. */
    hash: { approved?: string | null; sold?: string | null; sent?: string | null }
    spec: StyleSpec
    derived: Derived
    draft: Draft
  }
  house: House
  revisions: Incomplete<TechPack['cover']['revisions']>
  /** The lays of the cutting plan: a marker and its plies; together they cut exactly what was ordered. */
  lays: readonly { marker: Marker; plies: number }[]
  /** What the flats say, numbered as on their pages (flat-plan.ts). */
  callouts: readonly NumberedCallout[]
  artwork?: Incomplete<TechPack['artwork']['items']>
  comments?: Incomplete<TechPack['comments']['items']>
  /** Overrides of the packing the house proposes. */
  packing?: Incomplete<TechPack['packing']>
  files?: Incomplete<readonly BriefFile[]>
}

const both = (zh: string, en: string): Localized => ({ zh, en })
const whole = (mm: number): number => Math.round(mm)
const isCloth = (role: BomRow['role']): role is MaterialRole => (MATERIAL_ROLES as readonly string[]).includes(role)

/** A, B, … Z, AA: how points of measure are lettered on the drawing and in the tables. */
export const letterOf = (index: number): string =>
  (index >= 26 ? letterOf(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))

const marked = (files: BriefInput['files'], kind: BriefFile['kind'], part: string): string | undefined =>
  files?.find((file) => file?.kind === kind && file.name?.includes(part))?.name ?? undefined

/** A knit by the kilogram, beside its metres. */
const weightOf = ({ quantity }: BomRow, perMetre: number, metres: number) => ({
  kgPerMetre: perMetre,
  consumption: Object.fromEntries(Object.entries(quantity).map(([size, each]) => [size, kgOf(each, perMetre)])),
  orderQuantity: Math.ceil(kgOf(metres, perMetre) * 10 - 1e-6) / 10,
})

function bomSection(input: BriefInput): Incomplete<TechPack['bom']> {
  const { spec, derived } = input.style
  const cut = input.order.quantities ?? []
  return derived.bom.map((row) => {
    const cloth = isCloth(row.role) ? spec.materials[row.role] : undefined
    const ordered = cut.reduce((sum, line) => sum + (line.units ?? 0) * (row.quantity[line.size ?? ''] ?? 0), 0)
    const orderQuantity = Math.ceil(ordered * 100 - 1e-6) / 100
    const perMetre = cloth && kgPerMetre(cloth)
    return {
      code: row.code,
      role: row.role,
      name: row.name,
      specification: row.specification,
      ...(cloth
        ? {
            cloth: {
              composition: cloth.composition.map((part) => ({ fibre: part.fibre, percent: part.percent })),
              gsm: cloth.gsm,
              widthMm: cloth.widthMm,
              usableWidthMm: cloth.usableWidthMm,
              shrinkageWarp: cloth.shrinkage.warp,
              shrinkageWeft: cloth.shrinkage.weft,
              nap: cloth.nap,
            },
          }
        : {}),
      ...(perMetre ? { weight: weightOf(row, perMetre, orderQuantity) } : {}),
      supplierRef: row.supplierRef,
      placement: row.placement,
      unit: row.unit,
      consumption: row.quantity,
      wastePercent: row.wastePercent,
      orderQuantity,
      colours: row.colours,
    }
  })
}

function measureSections(input: BriefInput): Pick<NonNullable<BriefDraft['techPack']>, 'measures' | 'grading'> {
  const { spec, derived } = input.style
  // Whole millimetres everywhere a person measures; the steps are taken from them so that the tables add up.
  const value = (size: string, code: MeasureCode): number | undefined => {
    const measured = derived.sizes.find((entry) => entry.size === size)?.measures[code]
    return measured === undefined ? undefined : whole(measured)
  }
  return {
    measures: derived.points.map((point, i) => ({
      letter: letterOf(i),
      code: point.code,
      name: point.name,
      how: point.how,
      toleranceMm: point.tolerance,
      baseMm: value(spec.sizes.base, point.code),
    })),
    grading: derived.points.map((point) => {
      const values = spec.sizes.list.map((size) => value(size, point.code))
      const steps = values.slice(1).map((v, i) => (v ?? Number.NaN) - (values[i] ?? Number.NaN))
      const known = steps.filter((step) => !Number.isNaN(step))
      return {
        code: point.code,
        values: Object.fromEntries(
          spec.sizes.list.flatMap((size, i) => (values[i] === undefined ? [] : [[size, values[i]]])),
        ),
        rule: known.every((step) => step === known[0]) ? ('even' as const) : ('stepped' as const),
        steps: known,
      }
    }),
  }
}

function flatSection(input: BriefInput): Incomplete<TechPack['flats']> {
  const { spec } = input.style
  return {
    front: marked(input.files, 'flat', 'front'),
    back: marked(input.files, 'flat', 'back'),
    details: detailsOf(spec).map(({ slot, words }) => ({ slot, words })),
    callouts: input.callouts.map(({ n, view, words, operation }) => ({
      n,
      view,
      words,
      ...(operation ? { operation } : {}),
    })),
  }
}

function seamSection(base: SizeDraft): Pick<TechPack, 'seams'> {
  const seams = seamTable(base)
  return seams.length ? { seams } : {}
}

/** What the house proposes, with what the order says otherwise, and the cartons that come of it. */
function packingOf({
  order,
  style: { spec, derived },
  packing: own,
}: BriefInput): Incomplete<TechPack['packing']> | undefined {
  const units = order.totalUnits ?? 0
  if (!units) return own
  const packing = { ...packingSection(spec, derived, units), ...own }
  const lines = (order.quantities ?? []).flatMap(({ size, colourway, units: count }) =>
    size && colourway && count ? [{ size, colourway, units: count }] : [],
  )
  const maxUnits = packing.carton?.maxUnits
  if (!maxUnits || !order.number || !order.lot || !lines.length) return packing
  const grams = Object.fromEntries(derived.sizes.map(({ size, weightG }) => [size, weightG]))
  const list = packingList({ number: order.number, lot: order.lot, lines }, maxUnits, grams)
  return { ...packing, cartons: cartonsIn(list), list }
}

/** The steps of the base size; nothing for a style that has no seam graph. */
function operationSection({ style: { spec, derived } }: BriefInput, base: SizeDraft): Pick<TechPack, 'operations'> {
  const rows = operationsOf(spec, base, derived.bom, derived.making?.own)
  if (!rows.length) return {}
  return {
    operations: {
      minutes: minutesOf(rows),
      rows: rows.map(({ machine, seamClass, ...row }) => ({
        ...row,
        machine: MACHINES[machine].name,
        seam: seamClass,
      })),
    },
  }
}

const PRE_PRODUCTION = both(
  '裁剪前须寄产前样一件（基码），用大货面辅料，经书面确认后方可开裁。',
  'One pre-production sample in the base size, in bulk materials, approved in writing before cutting.',
)
const NO_ARTWORK = both('本款无印绣花图案。', 'This style carries no print or embroidery.')
const ARTWORK = both('按附件原稿制作，先寄打样确认。', 'As in the attached originals; strike-off to be approved first.')

/**
 * The production brief from the style and the order. What the order does not say stays missing: ask
 * {@link completeness} before it is sent. `files` are named by the assembler once they exist.
 */
export function buildBrief(input: BriefInput): BriefDraft {
  const { order, style } = input
  const { spec, derived, draft } = style
  const units = order.totalUnits ?? 0
  const inspection = units >= 1 ? inspectionPlan(units) : undefined
  const base = baseDraft(draft, spec)
  const unitPrice = order.price?.unit
  const artwork = input.artwork ?? []
  const last = input.revisions.at(-1)
  return {
    schema: BRIEF_SCHEMA,
    id: input.id,
    issuedAt: input.issuedAt,
    order: {
      ...order,
      price: order.price ? { ...order.price, total: unitPrice && units ? unitPrice * units : undefined } : undefined,
    },
    style: {
      id: style.id,
      number: style.number,
      version: style.version,
      names: spec.names,
      category: spec.category,
      gender: spec.gender,
      season: spec.season,
      sizes: { system: spec.sizes.system, base: spec.sizes.base, list: [...spec.sizes.list] },
      hash: { ...style.hash, geometry: derived.geometryHash },
    },
    techPack: {
      cover: { brand: input.house.brand, revision: last?.revision, revisions: input.revisions, story: spec.story },
      flats: flatSection(input),
      colourways: spec.colourways.map((way) => ({
        id: way.id,
        name: way.name,
        parts: colouredParts(spec, style.draft, way).map((part) => {
          const hex = way.colours[part]!
          const own = input.house.colourCodes?.[hex.toLowerCase()]
          const coloured = { part, name: partWords(part), hex, lab: labOf(hex), munsell: munsellOf(hex) }
          return own ? { ...coloured, houseCode: own } : coloured
        }),
      })),
      bom: bomSection(input),
      ...measureSections(input),
      construction: constructionRows(spec),
      ...seamSection(base),
      ...operationSection(input, base),
      positions: positionsOf(draft, spec.sizes.base),
      artwork: { statement: artwork.length ? ARTWORK : NO_ARTWORK, items: artwork },
      labels: labelSection(spec, derived, input.house),
      packing: packingOf(input),
      comments: { required: PRE_PRODUCTION, items: input.comments ?? [] },
      quality: {
        inspection: inspection && { ...inspection, plans: [...inspection.plans] },
        measureSample: inspection ? Math.min(units, Math.max(5, Math.ceil(inspection.draw / 4))) : undefined,
        defects: defectList(spec.category),
      },
    },
    pieces: base.pieces.map((piece) => ({
      id: piece.id,
      name: piece.name,
      role: piece.role,
      count: piece.count,
      mirrored: copiesOf(piece).mirrored,
    })),
    markers: input.lays.map(({ marker, plies }, i) => ({
      role: marker.role,
      file: marked(input.files, 'marker', `-${i + 1}.`),
      widthMm: marker.widthMm,
      lengthMm: whole(marker.lengthMm),
      utilisation: Math.round(marker.utilisation * 1000) / 1000,
      mix: marker.mix,
      plies,
    })),
    files: input.files ?? [],
  }
}

/** @throws Problem 422 where the draft has not the base size */
export function baseDraft(draft: Draft, spec: StyleSpec): SizeDraft {
  const base = draft.sizes.find((size) => size.size === spec.sizes.base)
  if (base) return base
  throw problem(
    'brief.base-size',
    422,
    {
      en: `The base size "${spec.sizes.base}" has no pattern. Draft it, or choose one of: ${draft.sizes.map((s) => s.size).join(', ')}.`,
      zh: `基码“${spec.sizes.base}”没有版型，请先打版，或从以下尺码中选择：${draft.sizes.map((s) => s.size).join('、')}。`,
    },
    { field: 'style.sizes.base' },
  )
}

/** The brief as it is sent: every file with its signed link. @param linkOf file name → absolute URL */
export const withLinks = (brief: Brief, linkOf: (name: string) => string): Brief => ({
  ...brief,
  files: brief.files.map((file) => ({ ...file, url: linkOf(file.name) })),
})
