/**
 * The garments' public face: parameters in, geometry, numbers and bytes out. Stages and edges import from here only.
 */
export * from './types.ts'
export {
  BLOCKS,
  blockFor,
  CATEGORIES,
  CATEGORY_NAMES,
  type CategoryDefinition,
  definitionOf,
  DEFINITIONS,
} from './categories/index.ts'
export type { Block, ConstructionOption, ConstructionSlot, MeasurePoint, Parameter, SeamSpec } from './blocks/types.ts'
export { sewingFaults } from './sewing/check.ts'
export { shownFaults } from './shown/check.ts'
export { seamName } from './sewing/words.ts'
export { EASE, type EaseKind } from './sewing/ease.ts'
export type { Edge, Seam, Sewn, SewingFault, Stretch } from './sewing/types.ts'
export { materialFor, sampleSpec } from './sample.ts'
export { checkProducible, draftStyle, normalise, PATTERN_ENGINE, type Producible } from './pattern.ts'
export { defaultSystem, SIZE_SYSTEMS } from './sizes.ts'
export { billOfMaterials, type BomInput, countButtons, describeMaterial } from './bom.ts'
export {
  ASSUMED_CNY_PER,
  clothSaving,
  costOf,
  type CostInput,
  type CostOverride,
  DEFAULT_RULES,
  defaultRulesIn,
  labourSaving,
  ladder,
  type LadderInput,
  priceAt,
  priceFloor,
  priceFor,
  pricingOf,
  restate,
  rungsFrom,
  shopPrice,
  termsIn,
} from './cost.ts'
export { minutesOf, type Operation, operationsOf } from './operations/list.ts'
export { readOwnMinutes } from './operations/minutes.ts'
export { readColourCodes } from './techpack/colour-codes.ts'
export { clothOf, type DerivedStyle, type DeriveOptions, type DeriveProblem, deriveStyle, ESTIMATE } from './derive.ts'
export { geometryHash, styleHash } from './hash.ts'
export {
  CARE,
  type CareCode,
  careLabel,
  type CareKey,
  type Fibre,
  fibreContent,
  fibreLabel,
  FIBRES,
  SAFETY_TEXT,
  safetyClass,
  sayContent,
} from './labels.ts'
export {
  type CutPlan,
  type CutPlanOptions,
  improve,
  markerSvg,
  mixedMarker,
  nest,
  type NestCloth,
  type NestOptions,
  type NestRequest,
  type Spread,
} from './marker.ts'
export {
  type CsvRowError,
  libraryMaterial,
  MATERIAL_LIBRARY,
  MATERIALS,
  materialSchema,
  materialsCsvTemplate,
  materialsFor,
  materialsToCsv,
  parseMaterialsCsv,
} from './materials.ts'
export {
  encodeLabelled,
  readLabel,
  type Credentials,
  type DigitalSourceType,
  type FoundLabel,
  type Label,
} from './labelled.ts'
export { type JobOptions, type JobProgress, openStudio, type Studio, type StudioOptions } from './studio.ts'
export {
  finishPicture,
  pictureGate,
  type PictureFigures,
  type PackshotInput,
  packshotInput,
  type PackshotView,
  type RawPicture,
  renderLightMap,
  renderPackshot,
  type Silhouette,
  VIEWS,
} from './packshot/index.ts'
export { flatDrawing } from './flats/index.ts'
// A brief is read and sealed here; its documents are drawn on the studio's threads, with fonts and a PDF writer that
// nothing else needs (techpack/index.ts).
export { makeBrief, type BriefOrder } from './brief.ts'
export { buildBrief, withLinks } from './techpack/brief.ts'
export { briefJsonSchema, briefJsonSchemaFile, briefSchema, briefSchema1 } from './techpack/brief-schema/index.ts'
export type { Brief } from './techpack/brief-schema/index.ts'
export { assertComplete } from './techpack/completeness.ts'
export type { MadeFile, TechPackFile } from './techpack/seal.ts'
export type { SlipsInput } from './techpack/slips.ts'
export type { ReadyMarker, ReadyStyle } from './techpack/ready.ts'
export type { Pictures } from './techpack/techpackpdf.ts'
export { DEFECT_WORDS, UNIT_WORDS } from './techpack/words.ts'
