import type { FastifyReply } from 'fastify'
import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { pageFor } from '../ui/context.tsx'
import type { View } from '../ui/view.ts'
import type { Line } from '../line.ts'
import type { Given, Kept } from './kept.ts'

export interface Shown {
  status?: number
  /** Address of the page that is shown, where it is the answer to a form: for the language switch and the menu. */
  at?: string
  /** What is put in at the end. */
  finish?: (html: string) => string | Buffer
}

export type Show = (reply: FastifyReply, make: (view: View) => VNode, shown?: Shown) => Promise<FastifyReply>

const asItIs = (html: string): string | Buffer => html

/** A page as the renderer makes it, whole. */
const documentOf = (view: View, make: (view: View) => VNode): string => `<!doctype html>${render(pageFor(view, make))}`

/** Who reads a page that is sent as this answer: with the house's name and its business time zone. */
async function viewOf({ operations }: Pick<Line, 'operations'>, { request }: FastifyReply, at?: string): Promise<View> {
  const { timeZone, nameZh, nameEn } = await operations.house()
  const { lang, actor, confirmed } = request
  const url = at ?? request.url
  return { lang, actor, url, path: url.split(/[?#]/)[0] || '/', confirmed, timeZone, house: { zh: nameZh, en: nameEn } }
}

/** Renders pages that know the house's name and its business time zone. */
export const pagesOf =
  (line: Pick<Line, 'operations'>): Show =>
  async (reply, make, { status = 200, at, finish = asItIs } = {}) =>
    reply.html(finish(documentOf(await viewOf(line, reply, at), make)), status)

export interface SharedPage {
  /** What it shows; with the reader's language and the house's name, everything it depends on. */
  given: Given
  /** Says how it is drawn; asked only where it has to be. */
  make: () => Promise<(view: View) => VNode>
  /** What is put in for each reader. */
  finish?: (html: string) => string | Buffer
}

/**
 * A page that everybody sees alike who is not signed in: kept by what it shows, its address and the house's name. For
 * somebody who is signed in it is drawn, and kept nowhere; so it is for an address with a query, of which there are
 * without end.
 */
export const sharedPagesOf =
  (line: Pick<Line, 'operations'>, kept: Kept) =>
  async (reply: FastifyReply, { given, make, finish = asItIs }: SharedPage): Promise<FastifyReply> => {
    const view = await viewOf(line, reply)
    const draw = async () => documentOf(view, await make())
    if (view.actor.kind !== 'anonymous' || view.url !== view.path) return reply.html(finish(await draw()))
    const { lang, timeZone, house, path } = view
    return reply.html(finish(await kept.text(JSON.stringify([path, lang, timeZone, house, given]), draw)))
  }
