/** A web server of the demo's own that sells the fixtures as feeds, with conditional GET, as a newspaper's would. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sha256 } from '../../src/core/canonical.ts'
import { FIXTURES, FIXTURES_FOLDER, type Fixture } from '../fixtures-trends.ts'

export interface NewsStand {
  /** Feeds are fetched from their address; exports are files that somebody downloaded and uploads. */
  serves(fixture: Fixture): boolean
  urlOf(fixture: Fixture): string
  uploadOf(fixture: Fixture): Promise<FormData>
  close(): Promise<void>
}

const FEEDS = new Set(['rss', 'atom', 'json-feed', 'hot-search'])

export async function openNewsStand(): Promise<NewsStand> {
  const server = createServer((request, response) => {
    const fixture = FIXTURES.find(({ file }) => request.url === `/${file}`)
    if (!fixture) return void response.writeHead(404).end()
    void readFile(new URL(fixture.file, FIXTURES_FOLDER)).then((bytes) => {
      const etag = `"${sha256(bytes).slice(0, 16)}"`
      if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end()
      else response.writeHead(200, { 'content-type': fixture.contentType, etag }).end(bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    serves: (fixture) => FEEDS.has(fixture.format),
    urlOf: (fixture) => `http://127.0.0.1:${port}/${fixture.file}`,
    async uploadOf(fixture) {
      const form = new FormData()
      form.set('name', fixture.name)
      form.set('lang', fixture.lang)
      form.set('region', fixture.region)
      form.set('format', fixture.format)
      form.set(
        'file',
        new Blob([await readFile(new URL(fixture.file, FIXTURES_FOLDER))], { type: fixture.contentType }),
        fixture.file,
      )
      return form
    },
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}
