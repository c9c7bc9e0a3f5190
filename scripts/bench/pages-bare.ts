/** What a page is measured beside: Fastify alone, sending the bytes that it was given. */
import fastify from 'fastify'
import { answering } from './side.ts'

const server = fastify()
let page = { type: 'text/html', text: '' }
server.get('/page', async (_request, reply) => reply.type(`${page.type}; charset=utf-8`).send(page.text))
const url = await server.listen({ port: 0, host: '127.0.0.1' })
answering({ url }, { ask: (given: typeof page) => ((page = given), null), leave: async () => null })
