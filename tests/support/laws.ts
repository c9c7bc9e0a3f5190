/** The laws of the house: each takes the sources and returns who breaks it, so that a test can plant a fault and see. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** Text by path below `src`, with slashes. */
export type Sources = Readonly<Record<string, string>>

export const sources = (): Sources =>
  Object.fromEntries(
    readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => [file, readFileSync(join('src', file), 'utf8')]),
  )

export interface Import {
  from: string
  to: string
}

export const importsOf = (files: Sources): Import[] =>
  Object.entries(files).flatMap(([from, text]) =>
    [...text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)].map(([, path = '']) => ({
      from,
      to: normalize(join(dirname(from), path)),
    })),
  )

/** Who may look at whom. Read it as: a file in the left layer may import only from the places on the right. */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  // The one place below the stages that knows their tables: the schema gathers them for the databases.
  db: ['db', 'core'],
  garments: ['garments', 'core'],
  engines: ['engines', 'core'],
  stages: ['stages', 'engines/ports.ts', 'garments/index.ts', 'garments/types.ts', 'db', 'core'],
  edges: [
    'edges',
    'stages',
    'engines/ports.ts',
    'garments/index.ts',
    'garments/types.ts',
    'db/database.ts',
    'db/outbox.ts',
    'db/rows.ts',
    'core',
    'config.ts',
  ],
  '.': ['edges', 'stages', 'engines', 'garments', 'db', 'core', '.'],
}

const layer = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : '.')
const within = (to: string, place: string) =>
  place === '.' ? !to.includes('/') : to === place || to.startsWith(`${place}/`)
/** `6-dispatch`, and undefined for what belongs to no stage. */
const stageOf = (file: string) => /^stages\/(\d-[a-z]+)\//.exec(file)?.[1]
const numberOf = (stage: string) => Number(stage.split('-')[0])
const gathers = ({ from, to }: Import) =>
  (from === 'db/schema.ts' || from === 'db/rows.ts') && /^stages\/\d-[a-z]+\/tables\.ts$/.test(to)

export const straysFrom = (files: Sources, from: string): Import[] =>
  importsOf(files).filter(
    (each) => layer(each.from) === from && !gathers(each) && !LAYERS[from]?.some((place) => within(each.to, place)),
  )

/** Imports from one stage into another. */
export const between = (files: Sources): Import[] =>
  importsOf(files).filter(({ from, to }) => {
    const [here, there] = [stageOf(from), stageOf(to)]
    return here && there && here !== there
  })

/** A stage enters another by its door, and looks only down the line. Tables may refer to the tables they belong to. */
export const roundTheDoor = (files: Sources): Import[] =>
  between(files).filter(({ from, to }) => {
    if (from.endsWith('/tables.ts') && to.endsWith('/tables.ts')) return false
    const down = numberOf(stageOf(to) ?? '') < numberOf(stageOf(from) ?? '')
    return !down || !to.endsWith('/door.ts')
  })

/** A stage's SQL stands in its `store.ts` (or a folder `store/`), and its tables in `tables.ts`. */
export const sqlElsewhere = (files: Sources): string[] =>
  Object.entries(files)
    .filter(([file, text]) => file.startsWith('stages/') && /from ['"]drizzle-orm/.test(text))
    .map(([file]) => file)
    .filter((file) => !/^stages\/\d-[a-z]+\/(store\.ts|tables\.ts|store\/[a-z-]+\.ts)$/.test(file))

/** Which stage owns a table, by the name it is exported under. */
export const ownersOf = (files: Sources): Map<string, string> =>
  new Map(
    Object.entries(files).flatMap(([file, text]) =>
      file.endsWith('/tables.ts')
        ? [...text.matchAll(/export const (\w+) = table\(/g)].map(
            ([, name = '']) => [name, stageOf(file) ?? 'db'] as const,
          )
        : [],
    ),
  )

export interface Write {
  file: string
  table: string
  owner: string
}

/** Every insert, update and delete of a table, with the table's owner. */
export function writesIn(files: Sources): Write[] {
  const owners = ownersOf(files)
  return Object.entries(files).flatMap(([file, text]) =>
    [...text.matchAll(/\.(?:insert|update|delete)\(\s*(?:schema\.|tables\.)?(\w+)\s*\)/g)].flatMap(([, table = '']) => {
      const owner = owners.get(table)
      return owner ? [{ file, table, owner }] : []
    }),
  )
}

/** A table is written by its own stage alone; the machinery's by the machinery. */
export const writtenByOthers = (files: Sources): Write[] =>
  writesIn(files).filter(({ file, owner }) => (owner === 'db' ? layer(file) !== 'db' : stageOf(file) !== owner))

/** Pages and routes call actions; they never touch a store, a table or a stage's inside by its door. */
export const edgesInStores = (files: Sources): Import[] =>
  importsOf(files).filter(
    ({ from, to }) => layer(from) === 'edges' && /(\/(store|tables|door)\.ts|\/store\/|schema\.ts)/.test(to),
  )

/** Rooms of a stage (its folders) that import each other, directly or through others. */
export function circles(files: Sources): string[] {
  const room = (file: string) => file.split('/').slice(0, 3).join('/')
  const arrows = new Map<string, Set<string>>()
  for (const { from, to } of importsOf(files)) {
    const [here, there] = [room(from), room(to)]
    if (here === there || !from.startsWith('stages/') || !to.startsWith('stages/')) continue
    if (!files[to] || here.endsWith('.ts') || there.endsWith('.ts')) continue
    arrows.set(here, (arrows.get(here) ?? new Set()).add(there))
  }
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(arrows.get(from) ?? [])].some(
      (next) => next === to || (!seen.has(next) && (seen.add(next), reaches(next, to, seen))),
    )
  return [...arrows.keys()].filter((each) => reaches(each, each)).sort()
}

/** What is no act of its own in a stage's `actions/`: not one declaration, named otherwise than its file, or in no index. */
export function undeclaredActs(files: Sources): string[] {
  const act = /^stages\/(\d-[a-z]+)\/actions\/([a-z-]+)\.ts$/
  return Object.entries(files).flatMap(([file, text]) => {
    const [, stage, name = ''] = act.exec(file) ?? []
    if (!stage) return []
    const declared = [...text.matchAll(/export const (\w+) = action\(\{/g)].map(([, found = '']) => found)
    const wanted = name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    const index = files[`stages/${stage}/actions.ts`] ?? ''
    const whole = declared.length === 1 && declared[0] === wanted && index.includes(`'./actions/${name}.ts'`)
    return whole ? [] : [file]
  })
}

/** A refusal whose words stand where it is thrown, and not in the catalogue of its folder. */
export const refusedInline = (files: Sources): string[] =>
  Object.entries(files)
    .filter(([file]) => (file.startsWith('stages/') || file.startsWith('edges/')) && !file.endsWith('/messages.ts'))
    .filter(([, text]) => /(?:\bproblem|new Problem)\(\s*['"`]/.test(text))
    .map(([file]) => file)

/** Calls of the JSON API that are put together by hand beside the adapters, as `POST /uploads`. */
export const handMadeCalls = (files: Sources): string[] =>
  Object.entries(files)
    .filter(([file]) => file.startsWith('edges/http/api/'))
    .flatMap(([, text]) =>
      [...text.matchAll(/\bendpoint\(\{([\s\S]{0,400})/g)].map(([, declared = '']) => {
        const of = (name: string) => new RegExp(`\\b${name}: '([^']+)'`).exec(declared)?.[1] ?? '?'
        return `${of('method')} ${of('path')}`
      }),
    )
    .sort()

/** Forms of pages that are read and answered by hand beside `formRoute`, by the end of their address. */
export const handMadeForms = (files: Sources): string[] =>
  Object.entries(files)
    .filter(([file]) => file.startsWith('edges/http/') && file.endsWith('.tsx'))
    .flatMap(([, text]) =>
      [...text.matchAll(/\b\w+\.(?:post|put|patch|delete)(?:<[^>]*>)?\(\s*[`'"](?:\$\{\w+\})?(\/[^`'"]*)/g)].map(
        ([, path = '']) => path,
      ),
    )
    .sort()

/** Commands of the terminal that do their work by hand beside `actionCommand`, by the file and their name in it. */
export const handMadeCommands = (files: Sources): string[] =>
  Object.entries(files)
    .filter(([file]) => file.startsWith('edges/cli/') && file !== 'edges/cli/action-command.ts')
    .flatMap(([file, text]) =>
      text
        .split(/\.command\(/)
        .slice(1)
        .filter((made) => /\.action\(/.test(made))
        .map((made) => `${file.slice('edges/cli/'.length, -3)}: ${/[`'"]([\w-]+)/.exec(made)?.[1] ?? '?'}`),
    )
    .sort()

/** How often a file tells the compiler that a value is of a type which it cannot see in it. */
export const castsIn = (files: Sources): Record<string, number> =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([file]) => !file.startsWith('garments/'))
      .map(([file, text]) => [file, text.match(/\bas unknown as\b/g)?.length ?? 0] as const)
      .filter(([, casts]) => casts > 0),
  )

/** How many lines of a file are code: neither empty nor a comment, nor an import. */
export const linesOfCode = (text: string): number =>
  text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^import [\s\S]*?from '[^']+'$/gm, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length

/** What the house has one of: by what it is known in the text, and where it stands. */
const ONE_OF_EACH: Readonly<Record<string, { sign: RegExp; at: readonly string[] }>> = {
  'random numbers that repeat': { sign: /0x6d2b79f5/i, at: ['core/random.ts'] },
  'the gamma function': { sign: /676\.52036/, at: ['core/special.ts'] },
  'linear light': { sign: /0\.04045|12\.92/, at: ['core/colour.ts'] },
  'Lab of a colour': { sign: /24389|0\.008856/, at: ['core/colour.ts'] },
  'the area of an outline': { sign: /(\w+)\.x \* (\w+)\.y - \2\.x \* \1\.y/, at: ['garments/geometry.ts'] },
  'a point in an outline': { sign: /\.y > (\w+)\.y !== \w+\.y > \1\.y/, at: ['garments/geometry.ts'] },
  'the distance of two points': {
    sign: /=> Math\.hypot\((\w+)\.x - (\w+)\.x, \1\.y - \2\.y\)\n/,
    at: ['garments/geometry.ts'],
  },
  // A map that is emptied at a size forgets what is asked for most along with the rest: lru-cache does not.
  'a map that forgets': { sign: /\.size >=? \w+\)?\s*\{?\s*\w+\.clear\(/, at: [] },
  // The embedded database's threads are one each, for as long as it is open.
  'a pool of threads': {
    sign: /new Worker\(/,
    at: ['core/threads.ts', 'db/disk.ts', 'db/snapshot.ts', 'db/soundness.ts'],
  },
  'the length of a day': { sign: /86_?400_?000\b|24 \* 60 \* 60/, at: [] },
}

/** A second one of what there is one of. */
export const copiesIn = (files: Sources): string[] =>
  Object.entries(ONE_OF_EACH).flatMap(([what, { sign, at }]) =>
    Object.keys(files)
      .filter((file) => !at.includes(file) && sign.test(files[file] ?? ''))
      .map((file) => `${what}: ${file}`),
  )

/** Signs that are found nowhere, not even where the one stands: they look for nothing. */
export const blindSigns = (files: Sources): string[] =>
  Object.entries(ONE_OF_EACH).flatMap(([what, { sign, at }]) =>
    at.filter((file) => !sign.test(files[file] ?? '')).map((file) => `${what}: ${file}`),
  )
