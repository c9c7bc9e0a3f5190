/** Markers: laying cut pieces on cloth, what it takes, and how it looks. The parts are in marker/. */
export { improve, type ImproveOptions } from './marker/improve.ts'
export {
  DEFAULT_GAP_MM,
  DEFAULT_STRIP_MM,
  nest,
  type NestCloth,
  type NestOptions,
  type NestProgress,
  type NestRequest,
} from './marker/nest.ts'
export {
  CUTTING,
  type CutPlan,
  type CutPlanOptions,
  mixedMarker,
  planSections,
  type Spread,
  spreadOf,
} from './marker/plan.ts'
export { laidArea, markerDrawing, markerSvg, type Spots } from './marker/drawing.ts'
export { polygonArea } from './marker/shape.ts'
