import type { FastifyReply } from 'fastify'
import type { VNode } from 'preact'
import { pageFor } from '../ui/context.tsx'
import type { View } from '../ui/view.ts'
import type { Line } from '../line.ts'

export interface Shown {
  status?: number
  /** Address of the page that is shown, where it is the answer to a form: for the language switch and the menu. */
  at?: string
}

export type Show = (reply: FastifyReply, make: (view: View) => VNode, shown?: Shown) => Promise<FastifyReply>

/** Renders pages that know the house's name and its business time zone. */
export const pagesOf =
  (line: Pick<Line, 'operations'>): Show =>
  async (reply, make, { status = 200, at } = {}) => {
    const { timeZone, nameZh, nameEn } = await line.operations.house()
    const more = { timeZone, house: { zh: nameZh, en: nameEn } }
    const place = at === undefined ? {} : { url: at, path: at.split(/[?#]/)[0] ?? at }
    return reply.page((view) => pageFor({ ...view, ...more, ...place }, make), status)
  }
