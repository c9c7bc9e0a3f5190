import nodemailer from 'nodemailer'
import type { MailAdapter, Mailer } from '../../ports.ts'
import { message } from '../message.ts'

/** How long each step of an SMTP conversation may take, ms: a server that says nothing is left alone soon. */
const SMTP_MS = { dns: 5_000, connection: 10_000, greeting: 10_000, silence: 15_000 }
const SMTP_CONNECTIONS = 5

/**
 * Letters by SMTP, over a few connections that stay open. Where a letter's time is over, or the process leaves, the
 * connections it may be stuck in are left to themselves and the next letter gets fresh ones.
 */
export function openSmtp(url: string, from: string): Mailer {
  const open = () =>
    nodemailer.createTransport({
      url,
      pool: true,
      maxConnections: SMTP_CONNECTIONS,
      dnsTimeout: SMTP_MS.dns,
      connectionTimeout: SMTP_MS.connection,
      greetingTimeout: SMTP_MS.greeting,
      socketTimeout: SMTP_MS.silence,
    })
  let transport = open()
  return {
    async send(letter, given) {
      const mine = transport
      const leave = () => {
        if (transport === mine) transport = open()
        mine.close()
      }
      given?.addEventListener('abort', leave, { once: true })
      try {
        await mine.sendMail(message(letter, from))
      } finally {
        given?.removeEventListener('abort', leave)
      }
    },
    async close() {
      transport.close()
    },
  }
}

export const smtp: MailAdapter = {
  protocols: ['smtp', 'smtps'],
  open: ({ url, from }) => openSmtp(url, from),
}
