import type { Brief } from '../../../garments/index.ts'
import { BriefFiles, pathOf } from '../brief-files.tsx'
import { Badge } from '../parts.tsx'
import { count, say, type View } from '../view.ts'

const FLATS = [
  ['flat-front.svg', { zh: '正面', en: 'Front' }],
  ['flat-back.svg', { zh: '背面', en: 'Back' }],
] as const
const PAPERS = [
  ['techpack.pdf', { zh: '工艺单（PDF）', en: 'Tech pack (PDF)' }],
  ['qc-sheet.pdf', { zh: '验货单（PDF）', en: 'QC sheet (PDF)' }],
  ['pattern-all-sizes.dxf', { zh: '全码纸样（DXF）', en: 'Pattern, all sizes (DXF)' }],
] as const

/** What the factory works from: the drawings, the papers, and the proof that it is what was approved and sold. */
export function BriefSent({ view, brief }: { view: View; brief: Brief }) {
  const { files, style } = brief
  const { approved, sold, sent } = style.hash
  const same = approved === sold && sold === sent
  const find = (wanted: string) => {
    const file = files.find(({ name }) => name === wanted)
    const href = file && pathOf(file.url)
    return href ? { href, bytes: file.bytes } : undefined
  }
  return (
    <section class="section">
      <h2>{say(view, { zh: '工厂收到的资料', en: 'What the factory works from' })}</h2>
      <p>
        {same ? (
          <Badge tone="good">{say(view, { zh: '审批 = 销售 = 下发', en: 'approved = sold = sent' })}</Badge>
        ) : (
          <Badge tone="bad">{say(view, { zh: '版本不一致', en: 'not the same version' })}</Badge>
        )}{' '}
        <span class="mono small">{sent.slice(0, 24)}…</span>
      </p>
      <div class="brief-sent">
        {FLATS.map(([name, words]) => {
          const file = find(name)
          return file ? (
            <figure>
              <img
                src={file.href}
                alt={say(view, { zh: `款式图，${words.zh}`, en: `Flat, ${words.en.toLowerCase()}` })}
                loading="lazy"
              />
              <figcaption class="soft small">{say(view, words)}</figcaption>
            </figure>
          ) : null
        })}
        <ul class="stack-tight">
          {PAPERS.map(([name, words]) => {
            const file = find(name)
            return file ? (
              <li>
                <a href={file.href}>{say(view, words)}</a>{' '}
                <span class="soft small nowrap">{count(view, file.bytes / 1000)} kB</span>
              </li>
            ) : null
          })}
        </ul>
      </div>
      <details class="fold">
        <summary>
          {say(view, { zh: `全部 ${files.length} 个文件`, en: `All ${files.length} files` })}{' '}
          <span class="soft small">
            {say(view, { zh: '纸样、排料图、款式图、效果图', en: 'patterns, markers, flats, pictures' })}
          </span>
        </summary>
        <BriefFiles view={view} files={files} />
      </details>
    </section>
  )
}
