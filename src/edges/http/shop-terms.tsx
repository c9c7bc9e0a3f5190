/** The terms of sale, to be read by anybody: those that hold now, and every version that was accepted once. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { anonymous } from '../../core/actor.ts'
import type { Line } from '../line.ts'
import { TermsPage } from '../ui/shop/terms.tsx'
import { paramOf } from './forms.ts'
import { pagesOf } from './pages.ts'

export function registerTerms(server: FastifyInstance, line: Line): void {
  const { operations } = line
  const show = pagesOf(line)
  const config = { access: 'public' } as const
  const page = async (reply: FastifyReply, version?: number) => {
    const terms = await operations.saleTerms(anonymous, { version })
    const current = (await operations.termsVersion()) ?? terms.version
    return show(reply, (view) => <TermsPage view={view} terms={terms} current={current} />)
  }
  server.get('/terms', { config }, (_request, reply) => page(reply))
  server.get('/terms/:version', { config }, (request, reply) => page(reply, Number(paramOf(request, 'version'))))
}
