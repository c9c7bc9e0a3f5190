import type { FastifyInstance } from 'fastify'
import type { Line } from '../line.ts'
import { DocsPage, ProblemsPage } from '../ui/docs.tsx'
import type { OpenApi } from './endpoints.ts'
import { pagesOf } from './pages.ts'

/** The API for people to read, made from the very object that /openapi.json serves. */
export function registerDocs(server: FastifyInstance, line: Line, api: OpenApi): void {
  const show = pagesOf(line)
  server.get('/docs', { config: { access: 'public' } }, (_request, reply) =>
    show(reply, (view) => <DocsPage view={view} api={api} baseUrl={line.context.baseUrl} />),
  )
  server.get('/docs/problems', { config: { access: 'public' } }, (_request, reply) =>
    show(reply, (view) => <ProblemsPage view={view} />),
  )
}
