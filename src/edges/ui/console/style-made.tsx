/** How a version came to be, as a merchandiser reads it: who designed it, which models were asked and what came of it. */
import type { ComponentChildren } from 'preact'
import { blockFor } from '../../../garments/index.ts'
import type { CallToModel, GenerationNote } from '../../../stages/2-designs/model.ts'
import type { StyleVersion } from '../../../db/rows.ts'
import { MODEL_OUTCOME, MODEL_OUTCOME_MORE, MODEL_PURPOSE, MODEL_REASON, PICTURE_FIGURE } from '../model-words.ts'
import { Badge, Facts, Table, Values, type Tone } from '../parts.tsx'
import { count, moment, say, type View } from '../view.ts'
import { wordFor } from '../words.ts'

const OUTCOME_TONES: Readonly<Record<string, Tone>> = {
  asked: 'warn',
  answered: 'good',
  repaired: 'good',
  cached: 'plain',
  unusable: 'warn',
  failed: 'bad',
  unknown: 'warn',
}

/** Who designed: a designer's name as a run keeps it (`parametric`, `model x`, `parametric (designs.rubbish)`). */
export function designerName(view: View, name: string): string {
  const [, who = name, why] = /^(.*?)(?: \(([\w.-]+)\))?$/.exec(name) ?? []
  const model = /^model (.+)$/.exec(who)?.[1]
  const said = model
    ? say(view, { zh: `语言模型 ${model}`, en: `Language model ${model}` })
    : say(view, { zh: '内置设计引擎', en: 'Embedded designer' })
  if (why === undefined) return said
  const reason = wordFor(view, MODEL_REASON, why)
  return say(view, { zh: `${said}（${reason}）`, en: `${said} (${reason})` })
}

/** What a model's endpoint gave as its reason, to stand behind ours. */
export const saidBy = (view: View, said: string | undefined): string =>
  said ? say(view, { zh: `。端点的说明：“${said}”`, en: `. It said: “${said}”` }) : ''

/** Who understood a sentence, or why the rules did. */
export function understoodBy(
  view: View,
  note: Pick<GenerationNote, 'model' | 'insteadOfModel' | 'insteadSaid'>,
): string {
  if (note.model)
    return say(view, { zh: `由语言模型 ${note.model} 理解`, en: `understood by the language model ${note.model}` })
  if (note.insteadOfModel === undefined)
    return say(view, { zh: '由内置规则理解', en: 'understood by the embedded rules' })
  const why = wordFor(view, MODEL_REASON, note.insteadOfModel)
  const quote = saidBy(view, note.insteadSaid)
  return say(view, {
    zh: `由内置规则理解，未用模型：${why}${quote}`,
    en: `understood by the embedded rules, not by the model: ${why}${quote}`,
  })
}

function designedBy(view: View, note: GenerationNote): string {
  if (note.designer === 'refined')
    return say(view, { zh: `改款，${understoodBy(view, note)}`, en: `A refinement, ${understoodBy(view, note)}` })
  if (note.designer === 'model') return designerName(view, `model ${note.model ?? '?'}`)
  return (
    designerName(view, `parametric${note.insteadOfModel ? ` (${note.insteadOfModel})` : ''}`) +
    saidBy(view, note.insteadSaid)
  )
}

function Picture({ view, version, note }: { view: View; version: StyleVersion; note: GenerationNote }) {
  const drawn = note.illustration
  if (!drawn) return <>{say(view, { zh: '内置渲染引擎', en: 'The embedded renderer' })}</>
  const way = version.spec.colourways.find(({ id }) => id === drawn.colourway)
  const figures = Object.entries(drawn.figures ?? {})
  return (
    <>
      {drawn.made ? (
        say(view, {
          zh: `内置渲染引擎；另由图像模型 ${drawn.model} 重绘正面${way ? `（${way.name.zh}）` : ''}`,
          en: `The embedded renderer; the front${way ? ` in ${way.name.en}` : ''} also redrawn by the picture model ${drawn.model}`,
        })
      ) : (
        <>
          <Badge tone="warn">{say(view, { zh: '仅内置渲染图', en: 'Ours only' })}</Badge>{' '}
          {drawn.reason ? say(view, drawn.reason) : wordFor(view, MODEL_REASON, drawn.failure ?? '')}
        </>
      )}
      {figures.length ? (
        <span class="how">
          {figures
            .map(
              ([name, value]) =>
                `${wordFor(view, PICTURE_FIGURE, name)} ${count(view, value, Number.isInteger(value) ? 0 : 2)}`,
            )
            .join(say(view, { zh: '，', en: ', ' }))}
        </span>
      ) : null}
    </>
  )
}

function clampedWords(view: View, version: StyleVersion, note: GenerationNote): string[] {
  const { parameters } = blockFor(version.spec.category, version.spec.gender)
  return note.clamped.map(({ parameter, asked, used, unit }) => {
    const label = parameters.find(({ key }) => key === parameter)?.label ?? { zh: parameter, en: parameter }
    return say(view, {
      zh: `${label.zh}：要求 ${asked} ${unit}，收回到 ${used} ${unit}`,
      en: `${label.en}: ${asked} ${unit} asked, ${used} ${unit} used`,
    })
  })
}

/** A call's cost in the account's currency; models cost fractions of its smallest coin. */
const cost = (view: View, micros: number) => count(view, micros / 1_000_000, 4)

function Calls({ view, calls }: { view: View; calls: readonly CallToModel[] }) {
  return (
    <Table
      rows={calls}
      empty={say(view, { zh: '没有询问过模型。', en: 'No model was asked.' })}
      columns={[
        {
          head: say(view, { zh: '时间', en: 'When' }),
          cell: ({ at }) => <span class="nowrap">{moment(view, at)}</span>,
        },
        {
          head: say(view, { zh: '用途', en: 'For' }),
          cell: ({ purpose, prompt }) => (
            <>
              {wordFor(view, MODEL_PURPOSE, purpose)}
              <span class="how mono">
                {prompt.name} v{prompt.version}
              </span>
            </>
          ),
        },
        {
          head: say(view, { zh: '模型', en: 'Model' }),
          cell: ({ asked, answered }) => <span class="mono small">{answered ?? asked}</span>,
        },
        {
          head: say(view, { zh: '结果', en: 'Outcome' }),
          cell: ({ outcome, failure, said, usage, latencyMs }) => (
            <>
              <Badge tone={OUTCOME_TONES[outcome] ?? 'plain'}>{wordFor(view, MODEL_OUTCOME, outcome)}</Badge>
              {[
                failure && wordFor(view, MODEL_REASON, failure),
                said && say(view, { zh: `端点的说明：“${said}”`, en: `It said: “${said}”` }),
                MODEL_OUTCOME_MORE[outcome] && say(view, MODEL_OUTCOME_MORE[outcome]),
                [
                  usage.input + usage.output > 0 &&
                    say(view, {
                      zh: `输入 ${count(view, usage.input)}、输出 ${count(view, usage.output)} 词元`,
                      en: `${count(view, usage.input)} tokens in, ${count(view, usage.output)} out`,
                    }),
                  latencyMs > 0 &&
                    say(view, {
                      zh: `${count(view, latencyMs / 1000, 1)} 秒`,
                      en: `${count(view, latencyMs / 1000, 1)} s`,
                    }),
                ]
                  .filter(Boolean)
                  .join(' · '),
              ].map((line) => (line ? <span class="how">{line}</span> : null))}
            </>
          ),
        },
        { head: say(view, { zh: '费用', en: 'Cost' }), number: true, cell: ({ costMicros }) => cost(view, costMicros) },
      ]}
    />
  )
}

export function HowItWasMade({
  view,
  version,
  calls,
}: {
  view: View
  version: StyleVersion
  calls: readonly CallToModel[]
}) {
  const note = version.generation as Partial<GenerationNote>
  const whole: GenerationNote = { designer: 'parametric', seed: 0, notes: [], clamped: [], ...note }
  const clamped = clampedWords(view, version, whole)
  const list = (rows: readonly string[]): ComponentChildren => (
    <ul>
      {rows.map((row) => (
        <li>{row}</li>
      ))}
    </ul>
  )
  return (
    <section class="section stack" id="made">
      <h2>{say(view, { zh: '怎样生成的', en: 'How it was made' })}</h2>
      <Facts
        rows={[
          [say(view, { zh: '设计', en: 'Designed by' }), designedBy(view, whole)],
          ...(whole.prompt
            ? [
                [
                  say(view, { zh: '提示词', en: 'Prompt' }),
                  <span class="mono small">
                    {whole.prompt.name} v{whole.prompt.version} · {whole.prompt.hash.slice(0, 12)}
                  </span>,
                ] as const,
              ]
            : []),
          ...(whole.repaired
            ? [
                [
                  say(view, { zh: '修正', en: 'Corrected' }),
                  say(view, {
                    zh: '模型第一次的回答无法使用，要求其修正后采用。',
                    en: 'The model’s first answer could not be used; it was asked to correct it once.',
                  }),
                ] as const,
              ]
            : []),
          [say(view, { zh: '图片', en: 'Pictures' }), <Picture view={view} version={version} note={whole} />],
          ...(whole.notes.length
            ? [[say(view, { zh: '说明', en: 'Notes' }), list(whole.notes.map((each) => say(view, each)))] as const]
            : []),
          ...(clamped.length
            ? [[say(view, { zh: '收回到范围内', en: 'Brought into range' }), list(clamped)] as const]
            : []),
          [say(view, { zh: '随机种子', en: 'Seed' }), <span class="mono">{whole.seed}</span>],
          [say(view, { zh: '款式指纹', en: 'Style hash' }), <span class="mono small wrap">{version.hash}</span>],
        ]}
      />
      {calls.length ? (
        <div class="stack">
          <h3>{say(view, { zh: '询问模型的记录', en: 'Calls to models' })}</h3>
          <Calls view={view} calls={calls} />
          <p class="small soft">
            {say(view, {
              zh: `合计 ${cost(
                view,
                calls.reduce((sum, { costMicros }) => sum + costMicros, 0),
              )}（模型账户的币种）。设计方案的费用由同一任务的各款分摊。`,
              en: `${cost(
                view,
                calls.reduce((sum, { costMicros }) => sum + costMicros, 0),
              )} together, in the currency of the model’s account. Proposals were paid once for all styles of their run.`,
            })}
          </p>
        </div>
      ) : null}
      <details class="fold">
        <summary>{say(view, { zh: '完整记录', en: 'The whole record' })}</summary>
        <Values value={version.generation} />
      </details>
    </section>
  )
}
