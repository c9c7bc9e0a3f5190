/** Write what is derived from the code: .env.example, the README's tables, the picture of the line, the schemas. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { format } from 'node:util'
import { z } from 'zod'
import { variables } from '../src/config.ts'
import { lineDiagram } from '../src/edges/ui/diagram.ts'
import { STAGES } from '../src/edges/ui/words.ts'
import { briefJsonSchemaFile } from '../src/garments/index.ts'
import { beside, pipeline } from '../src/pipeline.ts'
import { figuresTables } from './bench/row.ts'
import { table } from './table.ts'
import { LAYERS } from '../tests/support/laws.ts'
import type { Pipeline } from '../src/core/pipeline.ts'

interface Row {
  name: string
  default: string
  meaning: string
}

const rows: Row[] = Object.entries(variables).map(([name, schema]) => {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as { default?: unknown }
  const preset =
    json.default === undefined || (Array.isArray(json.default) && !json.default.length) ? '' : String(json.default)
  return { name, default: preset, meaning: schema.description ?? '' }
})

writeFileSync(
  '.env.example',
  `# Everything is optional: with none of it set, all is embedded. Written by "npm run generate" from src/config.ts.\n\n${rows
    .map((row) => `# ${row.meaning}\n${row.default ? '' : '# '}${row.name}=${row.default}`)
    .join('\n\n')}\n`,
)

/** Put what was made from the code between the marks of a page. */
const fill = (part: string, content: string, page = 'README.md'): void => {
  const text = readFileSync(page, 'utf8')
  const pattern = new RegExp(`(<!-- generated:${part} -->)[\\s\\S]*?(<!-- /generated:${part} -->)`)
  if (!pattern.test(text)) throw new Error(format('%s has no place for "%s"', page, part))
  writeFileSync(
    page,
    text.replace(pattern, (_, open: string, close: string) => `${open}\n${content}\n${close}`),
  )
}

fill(
  'configuration',
  table(
    ['variable', 'default', 'meaning'],
    rows.map((row) => [`\`${row.name}\``, row.default && `\`${row.default}\``, row.meaning]),
  ),
)
const map = table(
  ['stage', 'woken by', 'looks for', 'says'],
  [...Object.entries(pipeline as Pipeline), ['', { on: [], chores: beside, emits: [] }] as const].map(
    ([name, stage]) => [
      name ? `${STAGES[name]?.en ?? name} · ${STAGES[name]?.zh ?? name} (\`${name}\`)` : 'the whole line',
      stage.on.map((event) => `\`${event}\``).join(' '),
      Object.keys(stage.chores ?? {}).join(', '),
      stage.emits.map((event) => `\`${event}\``).join(' '),
    ],
  ),
)
fill('line', map)
fill('map', map, 'docs/architecture.md')
fill(
  'layers',
  table(
    ['what is in', 'may import from'],
    Object.entries(LAYERS).map(([from, places]) => [
      from === '.' ? 'the files beside them' : `\`${from}\``,
      places.map((place) => (place === '.' ? 'each other' : `\`${place}\``)).join(' '),
    ]),
  ),
  'docs/architecture.md',
)
for (const [part, page] of Object.entries(figuresTables())) fill(part, page)
mkdirSync('docs/pictures', { recursive: true })
writeFileSync('docs/pictures/line.svg', lineDiagram(pipeline, STAGES))
writeFileSync('docs/brief.schema.json', briefJsonSchemaFile())
writeFileSync('docs/brief.schema.1.json', briefJsonSchemaFile(1))
console.log('written: .env.example, README.md, docs/architecture.md, docs/pictures/line.svg, docs/brief.schema.json')
