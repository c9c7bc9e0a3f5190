import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Line } from '../../line.ts'
import { WordPage, WordsPage } from '../../ui/console/words.tsx'
import { NOTHING_SENT, type Sent } from '../../ui/parts.tsx'
import { formRoute } from '../form-route.ts'
import { paramOf, queryOf } from '../forms.ts'
import { pagesOf } from '../pages.ts'

const PER_PAGE = 50

/** What people say that the vocabulary lacks, and what is decided of it. */
export function registerWordPages(server: FastifyInstance, line: Line): void {
  const { trends } = line
  const show = pagesOf(line)
  const query = trends.listWords.action.input.pick({ state: true }).extend({
    page: trends.listWords.action.input.shape.offset.optional(),
  })

  const list = async (request: FastifyRequest, reply: FastifyReply, sent: Sent) => {
    const { state, page = 0 } = queryOf(request, query)
    const offset = page * PER_PAGE
    const [{ items, counts }, { file }] = await Promise.all([
      trends.listWords(request.actor, { state, limit: PER_PAGE, offset }),
      trends.exportWords(request.actor, {}),
    ])
    const more = counts[state] > offset + items.length ? `/console/words?state=${state}&page=${page + 1}` : undefined
    return show(
      reply,
      (view) => (
        <WordsPage view={view} words={items} counts={counts} state={state} more={more} sent={sent} file={file} />
      ),
      sent.failure ? { status: sent.failure.status, at: '/console/words' } : {},
    )
  }
  server.get('/console/words', { config: { access: 'read' } }, (request, reply) => list(request, reply, NOTHING_SENT))

  const one = async (request: FastifyRequest, reply: FastifyReply, sent: Sent) => {
    const id = paramOf(request, 'id')
    const { word, decisions } = await trends.getWord(request.actor, { id })
    return show(
      reply,
      (view) => <WordPage view={view} word={word} decisions={decisions} sent={sent} />,
      sent.failure ? { status: sent.failure.status, at: `/console/words/${id}` } : {},
    )
  }
  server.get('/console/words/:id', { config: { access: 'read' } }, (request, reply) =>
    one(request, reply, NOTHING_SENT),
  )

  const after = ({ id = '' }: Readonly<Record<string, string>>) => `/console/words/${id}`
  formRoute(server, trends.acceptWord, { path: '/console/words/:id/accept', after, again: one })
  formRoute(server, trends.mergeWord, { path: '/console/words/:id/merge', after, again: one })
  formRoute(server, trends.dismissWord, { path: '/console/words/:id/dismiss', after: '/console/words', again: one })
  formRoute(server, trends.undoWord, { path: '/console/words/:id/undo', after, again: one })
  formRoute(server, trends.importWords, {
    path: '/console/vocabulary',
    after: '/console/words?state=accepted',
    again: list,
  })
}
