import { readFile, rm } from 'node:fs/promises'
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
      while (writing.size) await Promise.allSettled(writing)
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

/**
 * Letters of a mail folder by their ids, in this order, for the page that shows them; one whose file is gone is left out.
 * Which they are is known elsewhere: a folder of a million files takes seconds to look through.
 */
export async function readLetters(folder: string, ids: readonly string[]): Promise<ReadLetter[]> {
  const found = await Promise.all(
    ids.map(async (id) => {
      const bytes = await readFile(join(folder, `${id}.eml`)).catch(() => undefined)
      if (!bytes) return []
      const mail = await PostalMime.parse(bytes)
      return [
        {
          id,
          to: (mail.to ?? []).map(({ address = '' }) => address.replace(/@sms\.invalid$/, '')).join(', '),
          subject: mail.subject ?? '',
          date: mail.date ?? '',
          text: mail.text ?? '',
        },
      ]
    }),
  )
  return found.flat()
}
