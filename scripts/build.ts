/**
 * Plain JavaScript into dist/, with the files that are read at run time beside the modules that read them. What the two
 * commands load stands in a few files: a thousand small ones take longer to find than to run. Threads and tools load
 * the modules that lie beside them.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, readFileSync, rmSync } from 'node:fs'
import { extname, join, relative, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'

const DIST = resolve('dist')

rmSync(DIST, { recursive: true, force: true })
// Types are another command's (`npm run types`): every test waits for a build, and none waits for them.
execFileSync('npx', ['tsc', '--project', 'tsconfig.build.json', '--noCheck'], { stdio: 'inherit' })
cpSync('src', DIST, {
  recursive: true,
  filter: (from) => !['.ts', '.tsx'].includes(extname(from)),
})

/** A module finds its files and threads from where it lay: all that is packed lies in dist/ itself. */
const places: Plugin = {
  name: 'places',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.js$/ }, ({ path }) => {
      if (!path.startsWith(DIST)) return undefined
      const here = JSON.stringify(`./${relative(DIST, path)}`)
      const contents = readFileSync(path, 'utf8').replaceAll(
        'import.meta.url',
        `new URL(${here}, import.meta.url).href`,
      )
      return { contents, loader: 'js' }
    }),
}

/** What has native code, files or threads of its own. */
const ALONE = ['better-sqlite3', 'sharp', '@node-rs/argon2', '@contentauth/c2pa-wasm', 'pino', 'pg-native']

await build({
  entryPoints: ['run', 'cli'].map((name) => join(DIST, `${name}.js`)),
  outdir: DIST,
  allowOverwrite: true,
  chunkNames: 'packed-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ALONE,
  plugins: [places],
  // Packages in the older form ask for the ones that are part of Node.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);",
  },
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
})

chmodSync(join(DIST, 'main.js'), 0o755)
chmodSync(join(DIST, 'cli.js'), 0o755)
console.log('dist/ is ready: node dist/main.js')
