import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import nodemailer from 'nodemailer'
import PostalMime from 'postal-mime'
import { removeAsides, writeDurably } from '../../durable.ts'
import type { Letter, Mailer } from '../../ports.ts'
import { message } from '../message.ts'

/** Letters as .eml files, one per letter id, for an installation without a mail server; any mail program opens them. */
export function openMailFolder(folder: string, from: string): Mailer {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const writing = new Set<Promise<void>>()
  async function write(letter: Letter): Promise<void> {
    const { message: bytes } = await transport.sendMail(message(letter, from))
    // Sent means that a power cut does not take it away.
    await writeDurably(folder, `${letter.id}.eml`, bytes as Buffer)
  }
  return {
    async send(letter) {
      const written = write(letter)
      writing.add(written)
      await written.finally(() => writing.delete(written))
    },
    tidy: (before) => removeAsides(folder, before),
    // Whoever leaves gives up on letters under way; one that is cut off here would lie half-written for ever.
    async close() {
      await Promise.allSettled(writing)
    },
    async forget(ids) {
      for (const id of ids) await rm(join(folder, `${id}.eml`), { force: true })
    },
    async kept(ids) {
      const found = await Promise.all(
        ids.map(async (id) => {
          const bytes = await readFile(join(folder, `${id}.eml`)).catch(() => undefined)
          if (!bytes) return []
          const { subject = '', text = '' } = await PostalMime.parse(bytes)
          return [{ id, subject, text }]
        }),
      )
      return found.flat()
    },
  }
}

export interface ReadLetter {
  id: string
  to: string
  subject: string
  date: string
  text: string
}

/** The letters in a mail folder, newest first (ids sort by time), for the page that shows them. */
export async function readMailFolder(folder: string, limit: number): Promise<ReadLetter[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^[0-9a-f-]{36}\.eml$/.test(name))
  const newest = names.sort().reverse().slice(0, limit)
  return Promise.all(
    newest.map(async (name) => {
      const mail = await PostalMime.parse(await readFile(join(folder, name)))
      return {
        id: name.slice(0, -4),
        to: (mail.to ?? []).map((to) => to.address ?? '').join(', '),
        subject: mail.subject ?? '',
        date: mail.date ?? '',
        text: mail.text ?? '',
      }
    }),
  )
}
