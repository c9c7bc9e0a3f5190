import { setTimeout as sleep } from 'node:timers/promises'
import nodemailer from 'nodemailer'
import type { MailAdapter, Mailer } from '../../ports.ts'
import { message } from '../message.ts'

/** How long each step of an SMTP conversation may take, ms: a server that says nothing is left alone soon. */
const SMTP_MS = { dns: 5_000, connection: 10_000, greeting: 10_000, silence: 15_000 }
/**
 * Connections at most: a letter takes four answers of the mail server, so at a tenth of a second each these carry a
 * hundred letters a second. `?maxConnections=10` in the address says otherwise.
 */
const SMTP_CONNECTIONS = 50
/** How often a letter is handed over anew that the server turned away at its door because of the others. */
const MOST_TURNS = 5
const TURN_MS = 200

/** "Too many connections" or "closing": said at the door to one, while others are served. */
const isTurnedAway = (error: unknown): boolean => (error as { responseCode?: unknown }).responseCode === 421

/**
 * Letters by SMTP, over connections that stay open: as many as there are letters, up to what the mail server bears.
 * Where it turns one away it is asked with half as many, and slowly with more again. Where a letter's time is over, or
 * the process leaves, its own connection is broken off, so that it is not taken behind the back of whoever gave it up;
 * all others go on.
 */
export function openSmtp(url: string, from: string): Mailer {
  const asked = Number(new URL(url).searchParams.get('maxConnections'))
  const most = asked >= 1 ? Math.floor(asked) : SMTP_CONNECTIONS
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: most,
    dnsTimeout: SMTP_MS.dns,
    connectionTimeout: SMTP_MS.connection,
    greetingTimeout: SMTP_MS.greeting,
    socketTimeout: SMTP_MS.silence,
  })
  const gate = openGate(most)
  return {
    get atOnce() {
      return gate.width()
    },
    async send(letter, given) {
      for (let turn = 1; ; turn++) {
        await gate.enter()
        try {
          await transport.sendMail({ ...message(letter, from), signal: given })
          return gate.widen()
        } catch (error) {
          if (turn >= MOST_TURNS || given?.aborted || !isTurnedAway(error) || !gate.narrow()) throw error
        } finally {
          gate.leave()
        }
        await sleep(TURN_MS)
      }
    },
    async close() {
      transport.close()
    },
  }
}

/** Letters that go well before one more is tried at a time. */
const WIDER_AFTER = 50

/** At most so many at a time, and fewer where that was too many. */
function openGate(most: number) {
  let width = most
  let inside = 0
  let well = 0
  const waiting: (() => void)[] = []
  return {
    width: () => width,
    async enter(): Promise<void> {
      while (inside >= width) await new Promise<void>((resolve) => waiting.push(resolve))
      inside++
    },
    leave(): void {
      inside--
      if (inside < width) waiting.shift()?.()
    },
    /** @returns false where nobody else is inside: then it is not the number that is turned away */
    narrow(): boolean {
      if (inside <= 1) return false
      width = Math.max(1, Math.min(width, Math.floor(inside / 2)))
      return true
    },
    widen(): void {
      if (width < most && ++well % WIDER_AFTER === 0) width++
    },
  }
}

export const smtp: MailAdapter = {
  protocols: ['smtp', 'smtps'],
  open: ({ url, from }) => openSmtp(url, from),
}
