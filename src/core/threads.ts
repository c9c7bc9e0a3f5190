import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'

const SOURCES = new URL('../', import.meta.url).href
const builtOf = (href: string): URL => new URL(href.replace(/\.tsx?$/, '.js'))
let built: URL | undefined

/** Where these sources lie built (with a slash at the end), so that no thread need load the compiler that a process from source has. */
export const threadsFrom = (folder: URL): void => void (built = folder)

/**
 * Start a worker thread from a module of ours, whether it runs as built JavaScript or as TypeScript source:
 * `startThread(new URL('./render-thread.ts', import.meta.url))`. Pass the URL with the ending the source has
 * (`.ts`); in the built tree the same file ends in `.js`.
 *
 * Node 20 has no type stripping and a loader given with `--import` does not reach worker threads, so a source
 * thread first registers the development loader and then imports the module.
 */
export function startThread(module: URL, options: WorkerOptions = {}): Worker {
  // What the process was started with (a meter, a loader) is its own affair.
  if (!fileURLToPath(import.meta.url).endsWith('.ts'))
    return new Worker(builtOf(module.href), { ...options, execArgv: [] })
  if (built && module.href.startsWith(SOURCES))
    return new Worker(builtOf(`${built.href}${module.href.slice(SOURCES.length)}`), { ...options, execArgv: [] })
  // `require` resolves to the CommonJS twin, which does not work when it is imported; the module lies beside it.
  const loader = pathToFileURL(
    createRequire(import.meta.url)
      .resolve('tsx/esm/api')
      .replace(/\.cjs$/, '.mjs'),
  ).href
  const boot = `import { register } from ${JSON.stringify(loader)}; register(); await import(${JSON.stringify(module.href)})`
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(boot)}`), { ...options, execArgv: [] })
}
