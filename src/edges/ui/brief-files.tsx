import type { Brief } from '../../garments/index.ts'
import { Table } from './parts.tsx'
import { count, safeHref, say, type View } from './view.ts'

const FILE_KIND: Readonly<Record<Brief['files'][number]['kind'], { zh: string; en: string }>> = {
  'tech-pack': { zh: '工艺单', en: 'Tech pack' },
  'qc-sheet': { zh: '验货单', en: 'QC sheet' },
  'pattern-svg': { zh: '纸样 SVG', en: 'Pattern, SVG' },
  'pattern-pdf': { zh: '纸样 PDF', en: 'Pattern, PDF' },
  'pattern-dxf': { zh: '纸样 DXF', en: 'Pattern, DXF' },
  marker: { zh: '排料图', en: 'Marker' },
  flat: { zh: '款式图', en: 'Flat' },
  picture: { zh: '效果图', en: 'Picture' },
  artwork: { zh: '图案', en: 'Artwork' },
  'packing-list': { zh: '装箱单', en: 'Packing list' },
  'carton-marks': { zh: '箱唛', en: 'Carton marks' },
  stickers: { zh: '尺码贴（条码）', en: 'Size stickers, barcodes' },
}

/** A file's signed link as a path: pages show it where they are, by whatever name they were reached. */
export function pathOf(url: string | null): string | undefined {
  const href = safeHref(url)
  if (!href) return undefined
  const { pathname, search } = new URL(href, 'http://here')
  return `${pathname}${search}`
}

/** Every file of a brief behind its signed link. */
export function BriefFiles({ view, files }: { view: View; files: Brief['files'] }) {
  return (
    <Table
      rows={files}
      empty={say(view, { zh: '没有文件。', en: 'No files.' })}
      columns={[
        {
          head: say(view, { zh: '文件', en: 'File' }),
          cell: ({ name, url }) => {
            const href = pathOf(url)
            return href ? <a href={href}>{name}</a> : name
          },
        },
        { head: say(view, { zh: '类型', en: 'Kind' }), cell: ({ kind }) => say(view, FILE_KIND[kind]) },
        { head: 'kB', number: true, cell: ({ bytes }) => count(view, bytes / 1000, 1) },
      ]}
    />
  )
}
