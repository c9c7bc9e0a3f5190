/**
 * What the product is measured beside: Fastify alone. Its list is the bytes that it was given; its pre-orders are parsed
 * and answered with the same JSON, and nothing is stored.
 */
import fastify from 'fastify'
import { newId } from '../../src/core/values.ts'
import { answering } from './side.ts'

const server = fastify()
let list = '[]'
server.put('/list', { bodyLimit: 10_000_000 }, async (request) => {
  list = JSON.stringify(request.body)
  return { bytes: list.length }
})
server.get('/list', async (_request, reply) => reply.type('application/json; charset=utf-8').send(list))
server.post<{ Params: { id: string }; Body: { lines: { quantity: number }[] } }>(
  '/campaigns/:id/preorders',
  async (request, reply) =>
    reply.code(201).send({
      id: newId(),
      campaignId: request.params.id,
      state: 'pending',
      units: request.body.lines.reduce((sum, line) => sum + line.quantity, 0),
      unitPrice: 54_000,
      currency: 'CNY',
      lines: request.body.lines,
      placedAt: new Date().toISOString(),
    }),
)
server.post<{ Params: { id: string } }>('/preorders/:id/confirm', async (request) => ({
  id: request.params.id,
  state: 'confirmed',
}))
const url = await server.listen({ port: 0, host: '127.0.0.1' })
answering({ url }, { leave: async () => null })
