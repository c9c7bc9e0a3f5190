/** All files of a production brief: documents, from a style and an order, and patterns, from the style alone. */
import { sha256 } from '../../core/canonical.ts'
import type { Drawing } from '../linework/drawing.ts'
import { svgText } from '../linework/svg-pen.ts'
import { markerDrawing, type Spots } from '../marker.ts'
import type { SizeDraft } from '../types.ts'
import { baseDraft, buildBrief } from './brief.ts'
import type { BriefInput } from './brief.ts'
import type { Brief, BriefFile } from './brief-schema/index.ts'
import { placedCallouts, type FlatSpots, type NumberedCallout } from './callouts.ts'
import { assertComplete } from './completeness.ts'
import { ascii, gradedDxf, patternDxf } from './dxf.ts'
import type { DxfStyle } from './dxf.ts'
import { PAPER_NAMES, tiledPatternPdf, type Paper } from './pattern-pdf.ts'
import { a0PatternPdf, plotterPatternPdf, rollsFor } from './pattern-rolls.ts'
import { numberedCallouts } from './flat-plan.ts'
import { nestedSvg, patternSvg } from './patternsheets.ts'
import { cartonMarksPdf, packingListCsv, packingListPdf, stickersPdf } from './packing-papers.ts'
import { qcSheetPdf } from './qc-sheet.ts'
import { sealBrief, type MadeFile, type TechPackFile } from './seal.ts'
import { techPackPdf } from './techpackpdf.ts'
import type { Pictures } from './techpackpdf.ts'

export interface TechPackInput extends Omit<BriefInput, 'files' | 'callouts'> {
  /** Without the spots of their features every callout is listed below them, none led to its place. */
  flats: { front: Drawing; back: Drawing; spots?: FlatSpots }
  pictures?: Pictures
  /** Originals of artwork, by the file name its row gives. */
  artworkFiles?: readonly { name: string; mime: string; bytes: Uint8Array }[]
}

export interface PatternsInput extends Pick<BriefInput, 'issuedAt'> {
  style: Pick<BriefInput['style'], 'number' | 'spec' | 'draft'>
  /** Width of the plotter's roll, mm; both usual ones unless said otherwise, the narrow one where every piece fits. */
  rollMm?: number
  /** Papers that the tiles are laid out for; both unless said otherwise: a brief may go to any country. */
  papers?: readonly Paper[]
}

const MIME = { pdf: 'application/pdf', svg: 'image/svg+xml', dxf: 'image/vnd.dxf', json: 'application/json' } as const

interface Planned<Given = Brief> {
  name: string
  kind: BriefFile['kind']
  mime: string
  make: (given: Given) => Buffer | Promise<Buffer>
}

const text = (words: string): Buffer => Buffer.from(words, 'utf8')

/** '175/92A' → '175-92a': a size as part of a file's name. */
export const sizeSlug = (size: string): string =>
  ascii(size)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')

const isPng = (bytes: Uint8Array): boolean => bytes[0] === 0x89 && bytes[1] === 0x50
function pictureFiles(pictures: Pictures | undefined): Planned[] {
  const named: [string, Uint8Array | undefined][] = [
    ['picture-front', pictures?.front],
    ['picture-back', pictures?.back],
    ...(pictures?.details ?? []).map((bytes, i): [string, Uint8Array] => [`picture-detail-${i + 1}`, bytes]),
    ...Object.entries(pictures?.colourways ?? {}).map(([id, bytes]): [string, Uint8Array] => [
      `picture-colourway-${sizeSlug(id)}`,
      bytes,
    ]),
  ]
  return named.flatMap(([name, bytes]): Planned[] =>
    bytes
      ? [
          {
            name: `${name}.${isPng(bytes) ? 'png' : 'jpg'}`,
            kind: 'picture',
            mime: isPng(bytes) ? 'image/png' : 'image/jpeg',
            make: () => Buffer.from(bytes),
          },
        ]
      : [],
  )
}

function documentPlan(input: TechPackInput, callouts: readonly NumberedCallout[]): Planned[] {
  const { draft, spec } = input.style
  const pieces = Object.fromEntries(draft.sizes.flatMap((size) => size.pieces.map((piece) => [piece.id, piece.name])))
  const spots: Spots = new Map()
  let drawn: Drawing[] | undefined
  const markers = (): Drawing[] =>
    (drawn ??= input.lays.map(({ marker }) => markerDrawing(marker, 'zh', pieces, spots)))
  return [
    {
      name: 'techpack.pdf',
      kind: 'tech-pack',
      mime: MIME.pdf,
      make: (brief) =>
        techPackPdf(brief, {
          flats: input.flats,
          callouts: input.flats.spots ? placedCallouts(callouts, input.flats.spots) : [],
          markers: markers(),
          base: baseDraft(draft, spec),
          ...(input.pictures ? { pictures: input.pictures } : {}),
        }),
    },
    { name: 'qc-sheet.pdf', kind: 'qc-sheet', mime: MIME.pdf, make: qcSheetPdf },
    { name: 'packing-list.pdf', kind: 'packing-list', mime: MIME.pdf, make: packingListPdf },
    { name: 'packing-list.csv', kind: 'packing-list', mime: 'text/csv', make: (brief) => text(packingListCsv(brief)) },
    { name: 'carton-marks.pdf', kind: 'carton-marks', mime: MIME.pdf, make: cartonMarksPdf },
    { name: 'size-stickers.pdf', kind: 'stickers', mime: MIME.pdf, make: stickersPdf },
    { name: 'flat-front.svg', kind: 'flat', mime: MIME.svg, make: () => text(svgText(input.flats.front)) },
    { name: 'flat-back.svg', kind: 'flat', mime: MIME.svg, make: () => text(svgText(input.flats.back)) },
    ...input.lays.map(({ marker }, i): Planned => ({
      name: `marker-${marker.role}-${i + 1}.svg`,
      kind: 'marker',
      mime: MIME.svg,
      make: () => text(svgText(markers()[i]!)),
    })),
    ...pictureFiles(input.pictures),
    ...(input.artworkFiles ?? []).map((file): Planned => ({
      name: file.name,
      kind: 'artwork',
      mime: file.mime,
      make: () => Buffer.from(file.bytes),
    })),
  ]
}

function patternPlan({
  style: { draft, number, spec },
  issuedAt: at,
  rollMm,
  papers = PAPER_NAMES,
}: PatternsInput): Planned<void>[] {
  const style = { number, name: spec.names }
  const dxf: DxfStyle = { number, name: spec.names.en, base: spec.sizes.base, date: at.slice(0, 10) }
  let drawn: ReturnType<typeof gradedDxf> | undefined
  const graded = () => (drawn ??= gradedDxf(draft, dxf))
  const each = (size: SizeDraft): Planned<void>[] => {
    const slug = sizeSlug(size.size)
    return [
      { name: `pattern-${slug}.svg`, kind: 'pattern-svg', mime: MIME.svg, make: () => text(patternSvg(size, style)) },
      ...papers.map((paper): Planned<void> => ({
        name: `pattern-tiled-${paper === 'a4' ? '' : `${paper}-`}${slug}.pdf`,
        kind: 'pattern-pdf',
        mime: MIME.pdf,
        make: () => tiledPatternPdf(size, style, at, paper),
      })),
      {
        name: `pattern-${slug}.dxf`,
        kind: 'pattern-dxf',
        mime: MIME.dxf,
        make: () => patternDxf(draft, dxf, { sizes: [size.size] }),
      },
    ]
  }
  return [
    ...draft.sizes.flatMap(each),
    {
      name: 'pattern-nested.svg',
      kind: 'pattern-svg',
      mime: MIME.svg,
      make: () => text(nestedSvg(draft, style, spec.sizes.base)),
    },
    {
      name: 'pattern-a0.pdf',
      kind: 'pattern-pdf',
      mime: MIME.pdf,
      make: () => a0PatternPdf(draft.sizes, style, at),
    },
    ...(rollMm === undefined ? rollsFor(draft.sizes) : [rollMm]).map((roll, i, { length }): Planned<void> => ({
      name: i === length - 1 ? 'pattern-plotter.pdf' : `pattern-plotter-${roll}.pdf`,
      kind: 'pattern-pdf',
      mime: MIME.pdf,
      make: () => plotterPatternPdf(draft.sizes, style, at, roll),
    })),
    { name: 'pattern-all-sizes.dxf', kind: 'pattern-dxf', mime: MIME.dxf, make: () => patternDxf(draft, dxf) },
    {
      name: 'pattern-all-sizes-gbk.dxf',
      kind: 'pattern-dxf',
      mime: MIME.dxf,
      make: () => patternDxf(draft, dxf, { words: 'zh' }),
    },
    { name: 'pattern-graded.dxf', kind: 'pattern-dxf', mime: MIME.dxf, make: () => graded().dxf },
    { name: 'pattern-graded.rul', kind: 'pattern-dxf', mime: 'text/plain', make: () => graded().rules },
  ]
}

async function draw<Given>(planned: readonly Planned<Given>[], given: Given): Promise<MadeFile[]> {
  const files: MadeFile[] = []
  for (const { name, kind, mime, make } of planned) {
    const bytes = await make(given)
    files.push({ name, kind, mime, bytes, sha256: sha256(bytes) })
  }
  return files
}

/** Patterns of every size: SVG, A4 and Letter tiles, DXF, the nest, the plotter's roll. They depend on the style alone. */
export const patternFiles = (input: PatternsInput): Promise<MadeFile[]> => draw(patternPlan(input), undefined)

/** The callouts of a tech pack with their numbers: {@link numberedCallouts} of its drawings and pictures. */
export const calloutsFor = ({ style, flats, pictures }: TechPackInput): NumberedCallout[] =>
  numberedCallouts(style.spec, flats, pictures)

/**
 * What the documents will print, asked of the gate before anything is drawn or searched.
 * @throws Problem 422 `brief.incomplete` naming what is missing
 */
export function assertDrawable(input: TechPackInput, callouts = calloutsFor(input)): Brief {
  // Before a file is drawn its hash is that of nothing: the gate then looks at everything else.
  const files = [...documentPlan(input, callouts), ...patternPlan(input)].map(({ name, kind, mime }): BriefFile => ({
    name,
    kind,
    mime,
    sha256: sha256(''),
    bytes: 1,
    url: null,
  }))
  return assertComplete(buildBrief({ ...input, callouts, files }))
}

/**
 * The documents that print the brief: tech pack, inspection sheet, flats, markers, pictures, artwork.
 * @throws Problem 422 `brief.incomplete` naming what is missing
 */
export const documentFiles = async (input: TechPackInput, callouts = calloutsFor(input)): Promise<MadeFile[]> =>
  draw(documentPlan(input, callouts), assertDrawable(input, callouts))

/**
 * The brief and every file it names, complete or not at all: the gate is asked before anything is drawn, and again
 * with the files' real hashes. Equal input gives equal bytes.
 * @throws Problem 422 `brief.incomplete` naming what is missing
 */
export async function techPack(input: TechPackInput): Promise<{ brief: Brief; files: TechPackFile[] }> {
  const callouts = calloutsFor(input)
  const documents = await documentFiles(input, callouts)
  return sealBrief({ ...input, callouts }, [...documents, ...(await patternFiles(input))])
}

/** The files alone, brief.json first. @throws Problem 422 `brief.incomplete` */
export const techPackFiles = async (input: TechPackInput): Promise<TechPackFile[]> => (await techPack(input)).files
