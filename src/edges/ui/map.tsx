import type { ChoreSpec, Pipeline } from '../../core/pipeline.ts'
import { own } from '../../core/own.ts'
import type { Localized } from '../../core/values.ts'
import { STAGE_DOES, STAGES, wordFor } from './words.ts'
import { arrowPath, arrowsOf, handsOf, leftOf, ROW, rowWidth, type Arrow } from './diagram.ts'
import { count, say, type View } from './view.ts'

/** What a stage shows: its number now, what is counted, and where a click leads. */
export interface StageCount {
  value: number
  note: Localized
  href: string
}

interface MapProps {
  view: View
  pipeline: Pipeline
  /** Where everything stands; without it the map says what each stage does. */
  counts?: Readonly<Record<string, StageCount>>
}

const doesIn = (view: View, stage: string): readonly string[] => own(STAGE_DOES, stage)?.[view.lang] ?? []
const nameOf = (view: View, stage: string) => wordFor(view, STAGES, stage)

function told(view: View, names: readonly string[], { from, to, events }: Arrow): string {
  return `${nameOf(view, names[from] ?? '')} → ${nameOf(view, names[to] ?? '')}: ${events.join(', ')}`
}

/** The eight stages in a row; arrows from the map, those that skip stages above, those that run back below. */
function Wide({ view, pipeline, counts }: MapProps) {
  const names = Object.keys(pipeline)
  const { box, top, tall } = ROW
  const width = rowWidth(names.length)
  return (
    <svg
      class="map-wide"
      viewBox={`0 0 ${width} 250`}
      role="group"
      aria-label={say(view, { zh: '产线', en: 'The line' })}
    >
      <defs>
        <marker
          id="head"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
        >
          <path class="map-head" d="M0 0L8 4L0 8Z" />
        </marker>
        <marker id="head-back" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path class="map-head-back" d="M0 0L8 4L0 8Z" />
        </marker>
      </defs>
      {handsOf(pipeline).map((arrow) => (
        <path class="map-arrow map-hand" d={arrowPath(arrow)} marker-end="url(#head)">
          <title>{say(view, { zh: '由人决定', en: 'a person decides' })}</title>
        </path>
      ))}
      {arrowsOf(pipeline).map((arrow) => {
        const { from, to } = arrow
        return (
          <path class={classOf(arrow)} d={arrowPath(arrow)} marker-end={to > from ? 'url(#head)' : 'url(#head-back)'}>
            <title>{told(view, names, arrow)}</title>
          </path>
        )
      })}
      {names.map((name, index) => {
        const stage = counts?.[name]
        return (
          <a href={stage?.href ?? '/console'}>
            <rect class="map-stage" x={leftOf(index)} y={top} width={box} height={tall} rx="3" />
            <text class="map-name" x={leftOf(index) + 12} y={top + 25}>
              {nameOf(view, name)}
            </text>
            {stage ? (
              <>
                <text class="map-count" x={leftOf(index) + 12} y={top + 58}>
                  {count(view, stage.value)}
                </text>
                <text class="map-note" x={leftOf(index) + 12} y={top + 82}>
                  {say(view, stage.note)}
                </text>
              </>
            ) : (
              doesIn(view, name).map((line, row) => (
                <text class="map-note" x={leftOf(index) + 12} y={top + 56 + row * 18}>
                  {line}
                </text>
              ))
            )}
          </a>
        )
      })}
    </svg>
  )
}

function classOf({ from, to }: { from: number; to: number }): string {
  if (to === from + 1) return 'map-arrow'
  return to > from ? 'map-arrow map-skip' : 'map-arrow map-back'
}

/** The same downwards, for a phone. */
function Tall({ view, pipeline, counts }: MapProps) {
  const names = Object.keys(pipeline)
  const [step, tall] = [70, 52]
  const arrows = arrowsOf(pipeline)
  return (
    <svg
      class="map-tall"
      viewBox={`0 0 340 ${names.length * step}`}
      role="group"
      aria-label={say(view, { zh: '产线', en: 'The line' })}
    >
      {handsOf(pipeline).map(({ from, to }) => (
        <path
          class="map-arrow map-hand"
          d={`M150 ${from * step + tall}L150 ${to * step - 1}`}
          marker-end="url(#head)"
        />
      ))}
      {arrows.map((arrow) => {
        const [fromY, toY] = [arrow.from * step, arrow.to * step]
        const near = arrow.to === arrow.from + 1
        const out = 300 + Math.min(36, Math.abs(arrow.to - arrow.from) * 9)
        // What goes back leaves below what goes on, and arrives above it.
        const [leaves, arrives] = arrow.to > arrow.from ? [34, 16] : [44, 8]
        const around = `M298 ${fromY + leaves}C${out} ${fromY + leaves} ${out} ${toY + arrives} 301 ${toY + arrives}`
        return (
          <path
            class={classOf(arrow)}
            d={near ? `M150 ${fromY + tall}L150 ${toY - 1}` : around}
            marker-end={arrow.to > arrow.from ? 'url(#head)' : 'url(#head-back)'}
          />
        )
      })}
      {names.map((name, index) => {
        const stage = counts?.[name]
        return (
          <a href={stage?.href ?? '/console'}>
            <rect class="map-stage" x="1" y={index * step + 1} width="297" height={tall - 1} rx="3" />
            <text class="map-name" x="14" y={index * step + 32}>
              {nameOf(view, name)}
            </text>
            {stage ? (
              <>
                <text class="map-count" x="168" y={index * step + 35} text-anchor="end">
                  {count(view, stage.value)}
                </text>
                <text class="map-note" x="180" y={index * step + 31}>
                  {say(view, stage.note)}
                </text>
              </>
            ) : (
              <text class="map-note" x="110" y={index * step + 31}>
                {doesIn(view, name).join(view.lang === 'zh' ? '' : ' ')}
              </text>
            )}
          </a>
        )
      })}
    </svg>
  )
}

/** The line as it stands, drawn from the map that the product runs by. */
export const LineMap = (props: MapProps) => (
  <div class="map" data-live="map">
    <Wide {...props} />
    <Tall {...props} />
  </div>
)

/** What is looked for without an event: by which stage, or for all of them. */
export function LineChores({
  view,
  pipeline,
  beside,
}: Pick<MapProps, 'view' | 'pipeline'> & { beside: Readonly<Record<string, ChoreSpec>> }) {
  const chores = [
    ...Object.entries(pipeline).flatMap(([stage, spec]) =>
      Object.values(spec.chores ?? {}).map(({ does }) => ({ whose: nameOf(view, stage), does })),
    ),
    ...Object.values(beside).map(({ does }) => ({ whose: say(view, { zh: '全线', en: 'The whole line' }), does })),
  ]
  return (
    <dl class="map-chores">
      {chores.map(({ whose, does }) => (
        <div>
          <dt>{whose}</dt>
          <dd>{say(view, does)}</dd>
        </div>
      ))}
    </dl>
  )
}
