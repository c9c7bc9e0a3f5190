import type { EventName } from '../../core/events.ts'
import type { Pipeline } from '../../core/pipeline.ts'
import type { Localized } from '../../core/values.ts'

/** One stage waking another, with the events that do it. Positions along the line. */
export interface Arrow {
  from: number
  to: number
  events: EventName[]
}

/** Which stage wakes which, read off the map: one arrow per pair of stages. */
export function arrowsOf(pipeline: Pipeline): Arrow[] {
  const names = Object.keys(pipeline)
  const arrows = new Map<string, Arrow>()
  names.forEach((name, to) => {
    for (const event of pipeline[name]?.on ?? [])
      names.forEach((source, from) => {
        if (from === to || !pipeline[source]?.emits.includes(event)) return
        const arrow = arrows.get(`${from} ${to}`) ?? { from, to, events: [] }
        arrow.events.push(event)
        arrows.set(`${from} ${to}`, arrow)
      })
  })
  return [...arrows.values()]
}

/** Neighbours that no event joins: a person's decision leads from one to the other. */
export function handsOf(pipeline: Pipeline): Arrow[] {
  const joined = new Set(arrowsOf(pipeline).map(({ from, to }) => `${from} ${to}`))
  return Object.keys(pipeline)
    .slice(1)
    .flatMap((_, from) => (joined.has(`${from} ${from + 1}`) ? [] : [{ from, to: from + 1, events: [] }]))
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Where things stand in the row of stages; the console's live picture uses the same. */
export const ROW = { box: 126, gap: 26, top: 74, tall: 96 } as const
export const leftOf = (index: number): number => 2 + index * (ROW.box + ROW.gap)
export const rowWidth = (stages: number): number => stages * ROW.box + (stages - 1) * ROW.gap + 4

/** An arrow's path: straight to the next stage, over the row to a later one, below it to an earlier one. */
export function arrowPath({ from, to }: Arrow): string {
  const { box, top, tall } = ROW
  const middle = (index: number) => leftOf(index) + box / 2
  if (to === from + 1) return `M${leftOf(from) + box} ${top + tall / 2}L${leftOf(to) - 2} ${top + tall / 2}`
  if (to > from) {
    const lift = top - 12 - Math.min(52, (to - from) * 13)
    return `M${middle(from) + 16} ${top}C${middle(from) + 16} ${lift} ${middle(to) - 16} ${lift} ${middle(to) - 16} ${top - 2}`
  }
  const below = top + tall
  return `M${middle(from)} ${below}C${middle(from)} ${below + 60} ${middle(to)} ${below + 60} ${middle(to)} ${below + 3}`
}

/** The line as a self-contained SVG for documents: both languages, colours of its own, no live numbers. */
export function lineDiagram(pipeline: Pipeline, names: Readonly<Record<string, Localized>>): string {
  const stages = Object.keys(pipeline)
  const { box, top, tall } = ROW
  const font = "font-family=\"system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif\""
  const head = (id: string, fill: string) =>
    `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8Z" fill="${fill}"/></marker>`
  const arrows = arrowsOf(pipeline).map((arrow) => {
    const { from, to, events } = arrow
    const back = to < from
    const ahead = to === from + 1 ? '#1b1916' : '#a9a294'
    const stroke = back ? '#1d3fa8' : ahead
    return `<path d="${arrowPath(arrow)}" fill="none" stroke="${stroke}" stroke-width="1.5"${back ? ' stroke-dasharray="5 4"' : ''} marker-end="url(#${back ? 'back' : 'on'})"><title>${escaped(events.join(', '))}</title></path>`
  })
  const hands = handsOf(pipeline).map(
    (arrow) =>
      `<path d="${arrowPath(arrow)}" fill="none" stroke="#1b1916" stroke-width="1.5" stroke-dasharray="3 3" marker-end="url(#on)"/>`,
  )
  const boxes = stages.map((stage, index) => {
    const name = names[stage] ?? { zh: stage, en: stage }
    const x = leftOf(index)
    return `<rect x="${x}" y="${top}" width="${box}" height="${tall}" rx="3" fill="#ffffff" stroke="#1b1916" stroke-width="1.5"/><text x="${x + 12}" y="${top + 26}" ${font} font-size="13" fill="#635d54">${index + 1}</text><text x="${x + 12}" y="${top + 54}" ${font} font-size="17" font-weight="650" fill="#1b1916">${escaped(name.en)}</text><text x="${x + 12}" y="${top + 80}" ${font} font-size="15" fill="#635d54">${escaped(name.zh)}</text>`
  })
  const chores = stages.map((stage, index) =>
    Object.keys(pipeline[stage]?.chores ?? {})
      .map(
        (chore, line) =>
          `<text x="${leftOf(index) + 2}" y="${246 + line * 16}" ${font} font-size="12" fill="#635d54">↻ ${escaped(chore)}</text>`,
      )
      .join(''),
  )
  const width = rowWidth(stages.length)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 276" width="${width}" height="276"><defs>${head('on', '#1b1916')}${head('back', '#1d3fa8')}</defs><rect width="100%" height="100%" fill="#fbfaf6"/>${hands.join('')}${arrows.join('')}${boxes.join('')}${chores.join('')}</svg>\n`
}
