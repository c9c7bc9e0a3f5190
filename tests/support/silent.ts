/** Servers that take a connection and then say nothing, or nothing more: real sockets on loopback. */
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

export async function silentServer(greeting = '') {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    if (greeting) socket.write(greeting)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => sockets.size,
    close,
    [Symbol.asyncDispose]: close,
  }
}
