import { Layout } from '../layout.tsx'
import { Field, Heading, Refusal, RefusedLines, Table, Told, type Sent } from '../parts.tsx'
import type { MaterialRow } from '../../../db/rows.ts'
import { count, money, percent, say, type View } from '../view.ts'
import { MATERIAL_ROLE, wordFor } from '../words.ts'

export interface MaterialsPageProps {
  view: View
  rows: readonly MaterialRow[]
  mayAct: boolean
  sent: Sent
  errors: readonly { line: number; column: string; text: { zh: string; en: string } }[]
  taken: number | undefined
  /** What was guessed or lost in reading the file. */
  notes?: readonly { zh: string; en: string }[]
}

function Import({ view, sent, errors }: Pick<MaterialsPageProps, 'view' | 'sent' | 'errors'>) {
  return (
    <form class="form section" method="post" action="/console/materials" encType="multipart/form-data">
      <h2>{say(view, { zh: '导入 CSV', en: 'Import a CSV' })}</h2>
      <Refusal view={view} sent={sent} fields={['file']} />
      <RefusedLines
        view={view}
        lead={{
          zh: '文件有误，一行也没有导入。请改正后重新上传：',
          en: 'The file has errors, and nothing was taken in. Correct these and upload it again:',
        }}
        rows={errors.map(({ line, column, text }) => ({ line, where: column, text }))}
      />
      <Field
        view={view}
        sent={sent}
        name="file"
        type="file"
        label={{ zh: '文件', en: 'File' }}
        required
        hint={{
          zh: '按物料编号新增或更新；有一行错误则整份不导入。',
          en: 'Adds and changes by id; with one wrong line nothing is taken in.',
        }}
      />
      <div class="actions">
        <button type="submit" class="primary">
          {say(view, { zh: '导入', en: 'Import' })}
        </button>
        <a href="/console/materials-template.csv">{say(view, { zh: '下载模板', en: 'A template' })}</a>
      </div>
    </form>
  )
}

export function MaterialsPage({ view, rows, mayAct, sent, errors, taken, notes = [] }: MaterialsPageProps) {
  return (
    <Layout view={view} title={say(view, { zh: '物料', en: 'Materials' })} face="console">
      <Heading
        title={say(view, { zh: '物料库', en: 'Materials' })}
        lead={say(view, {
          zh: '设计师从这里选料，成本和用量按这里的数据计算。已通过的款保留当时的快照，不受修改影响。',
          en: 'Designers choose from here, and cost and consumption are computed from these figures. Approved styles keep the snapshot they were made with.',
        })}
      >
        <a class="button small" href="/console/materials.csv">
          {say(view, { zh: '导出 CSV', en: 'Export CSV' })}
        </a>
      </Heading>
      {taken === undefined ? null : (
        <Told>
          {say(view, { zh: `已导入 ${taken} 种物料。`, en: `${taken} materials taken in.` })}
          {notes.map((note) => ` ${say(view, note)}`)}
        </Told>
      )}
      <Table
        rows={rows}
        empty={say(view, { zh: '物料库是空的。', en: 'The library is empty.' })}
        columns={[
          {
            head: say(view, { zh: '物料', en: 'Material' }),
            cell: ({ material }) => (
              <>
                {say(view, material.name)}
                <span class="how mono">{material.id}</span>
              </>
            ),
          },
          {
            head: say(view, { zh: '用途', en: 'Used as' }),
            cell: ({ material }) => material.roles.map((role) => wordFor(view, MATERIAL_ROLE, role)).join('、'),
          },
          {
            head: say(view, { zh: '成分', en: 'Fibres' }),
            cell: ({ material }) => material.composition.map((part) => `${part.fibre} ${part.percent}%`).join(', '),
          },
          { head: 'g/m²', number: true, cell: ({ material }) => count(view, material.gsm) },
          {
            head: say(view, { zh: '门幅 cm', en: 'Width cm' }),
            number: true,
            cell: ({ material }) => count(view, material.usableWidthMm / 10),
          },
          {
            head: say(view, { zh: '缩率 经/纬', en: 'Shrinkage' }),
            number: true,
            cell: ({ material }) =>
              `${percent(view, material.shrinkage.warp / 100, 1)} / ${percent(view, material.shrinkage.weft / 100, 1)}`,
          },
          {
            head: say(view, { zh: '每米价', en: 'Per metre' }),
            number: true,
            cell: ({ material }) => money(view, material.pricePerMetre, material.currency),
          },
          {
            head: say(view, { zh: '货号', en: 'Supplier ref.' }),
            cell: ({ material }) => <span class="mono">{material.supplierRef}</span>,
          },
        ]}
      />
      {mayAct ? <Import view={view} sent={sent} errors={errors} /> : null}
    </Layout>
  )
}
