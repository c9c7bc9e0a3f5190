import { DEFECT_WORDS, type Brief } from '../../../garments/index.ts'
import { Facts, Table } from '../parts.tsx'
import { count, say, units, type View } from '../view.ts'

/**
 * How the lot is inspected, in the words of ISO 2859-1 and GB/T 2828.1: what is drawn, and per class of fault how many
 * are still accepted. Then what counts as a fault, worst first.
 */
export function Inspection({ view, quality }: { view: View; quality: Brief['techPack']['quality'] }) {
  const { inspection, measureSample, defects } = quality
  const { plans } = inspection
  const isMoved = plans.some(({ letter, planLetter }) => letter !== planLetter)
  return (
    <>
      <Facts
        rows={[
          [
            say(view, { zh: '抽样标准', en: 'Standard' }),
            say(view, { zh: 'ISO 2859-1（GB/T 2828.1）', en: 'ISO 2859-1 (GB/T 2828.1)' }),
          ],
          [
            say(view, { zh: '抽样方式', en: 'Procedure' }),
            say(view, {
              zh: `正常检验一次抽样，一般检验水平 ${inspection.level}`,
              en: `single sampling, normal inspection, general level ${inspection.level}`,
            }),
          ],
          [say(view, { zh: '批量 N', en: 'Lot size N' }), units(view, inspection.lot)],
          [say(view, { zh: '抽取件数', en: 'Garments to draw' }), units(view, inspection.draw)],
          [say(view, { zh: '其中量尺寸', en: 'Of these, to measure' }), units(view, measureSample)],
        ]}
      />
      <h3>{say(view, { zh: '抽样检验方案', en: 'Sampling plan' })}</h3>
      <Table
        rows={plans}
        empty="–"
        columns={[
          {
            head: say(view, { zh: '疵点类别', en: 'Fault class' }),
            cell: (plan) => say(view, DEFECT_WORDS[plan.class]),
          },
          {
            head: say(view, { zh: '接收质量限 AQL', en: 'AQL' }),
            number: true,
            cell: ({ aql }) => (aql === 0 ? '0' : aql.toFixed(1)),
          },
          {
            head: say(view, { zh: '样本量字码', en: 'Code letter' }),
            cell: ({ letter, planLetter }) => (letter === planLetter ? letter : `${letter} → ${planLetter}`),
          },
          {
            head: say(view, { zh: '样本量 n', en: 'Sample size n' }),
            number: true,
            cell: ({ sample, every }) =>
              every ? say(view, { zh: `${sample}（全检）`, en: `${sample} (every one)` }) : count(view, sample),
          },
          {
            head: say(view, { zh: '合格判定数 Ac', en: 'Accept Ac' }),
            number: true,
            cell: ({ accept }) => count(view, accept),
          },
          {
            head: say(view, { zh: '不合格判定数 Re', en: 'Reject Re' }),
            number: true,
            cell: ({ reject }) => count(view, reject),
          },
        ]}
      />
      <p class="small soft">
        {say(view, {
          zh: '疵点数不超过 Ac 为合格，达到 Re 为不合格；任何一件致命疵点即整批不合格。',
          en: 'Up to Ac faults the lot is accepted, from Re on it is rejected. One critical fault rejects it.',
        })}
        {isMoved
          ? say(view, {
              zh: '箭头表示按标准改用的字码。',
              en: ' An arrow names the code letter whose plan the standard sends to.',
            })
          : null}
      </p>
      <h3>{say(view, { zh: '疵点判定', en: 'Faults' })}</h3>
      <Facts
        rows={plans.map((plan) => [
          say(view, DEFECT_WORDS[plan.class]),
          <ul class="small">
            {defects
              .filter((fault) => fault.class === plan.class)
              .map((fault) => (
                <li>{say(view, fault.words)}</li>
              ))}
          </ul>,
        ])}
      />
    </>
  )
}
