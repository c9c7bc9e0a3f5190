/** The tech pack as a sewing floor reads it: A4 landscape, Chinese and English, twelve sections and two appendices. */
import type { Drawing } from '../linework/drawing.ts'
import type { SizeDraft } from '../types.ts'
import type { Brief } from './brief-schema/index.ts'
import { newSheet } from './pdf.ts'
import {
  artworkPage,
  labelsPage,
  markerPages,
  packingPage,
  piecesDrawing,
  piecesPage,
  qualityPage,
} from './techpack-end.ts'
import { flatsPages } from './techpack-flats.ts'
import type { NumberedSpot } from './techpack-flats.ts'
import { colourwaysPage, coverPage } from './techpack-front.ts'
import type { Pictures } from './techpack-front.ts'
import { pagesOf } from './techpack-page.ts'
import {
  bomPages,
  constructionPages,
  gradingPages,
  measurePages,
  operationPages,
  positionPages,
  seamPages,
} from './techpack-tables.ts'

export type { Pictures } from './techpack-front.ts'

export interface TechPackDrawings {
  flats: { front: Drawing; back: Drawing }
  /** Where the brief's callouts point on the flats; a callout that is not here is listed below the drawing. */
  callouts?: readonly NumberedSpot[]
  /** Marker drawings, in the order of the brief's markers. */
  markers: readonly Drawing[]
  /** The base size as drafted. */
  base: SizeDraft
  pictures?: Pictures
}

/** Every text of a value, wherever it stands. */
function textsOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? Object.values(value).map(textsOf).join('') : ''
}

/**
 * @param brief a complete brief; its `issuedAt` is the file's creation date, so equal input gives equal bytes
 * @returns PDF bytes
 * @throws Error where a drawing holds an element that cannot be drawn, or a measure has no place in the drawing
 */
export async function techPackPdf(brief: Brief, drawings: TechPackDrawings): Promise<Buffer> {
  const sheet = newSheet(`${brief.style.number} ${brief.style.names.en}`, brief.issuedAt)
  const pages = pagesOf(sheet, brief)
  const pictures = drawings.pictures ?? {}
  coverPage(pages, pictures, sheet.type.missing(textsOf(brief)))
  flatsPages(pages, drawings.flats, drawings.callouts ?? [], pictures)
  colourwaysPage(pages, pictures)
  bomPages(pages)
  measurePages(pages)
  gradingPages(pages)
  positionPages(pages)
  constructionPages(pages)
  seamPages(pages)
  operationPages(pages)
  labelsPage(pages, artworkPage(pages))
  packingPage(pages)
  qualityPage(pages)
  piecesPage(pages)
  piecesDrawing(pages, drawings.base)
  markerPages(pages, drawings.markers)
  return await pages.close()
}
