import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { anonymous, system } from '../../core/actor.ts'
import { Problem, type ProblemExtra } from '../../core/errors.ts'
import { DAY, MINUTE, newId, SECOND, type Localized } from '../../core/values.ts'
import { divisionsUnder } from '../../stages/5-demand/addresses/china.ts'
import { preorderSchema } from '../../stages/5-demand/model.ts'
import type { Line } from '../line.ts'
import { NOTHING_SENT, type Sent } from '../ui/parts.tsx'
import type { PledgedLine } from '../../stages/5-demand/pledges.ts'
import { moreField, quantityField } from '../ui/shop/forms.tsx'
import { PrivacyPage } from '../ui/shop/privacy.tsx'
import { Card, cardGiven, CARDS_HERE, ShopListPage, withCards } from '../ui/shop/list.tsx'
import { PreorderLinkPage, PreorderPage, BUYERS_ACTS, type BuyersAct } from '../ui/shop/preorder.tsx'
import { CodePage } from '../ui/shop/code.tsx'
import { PoolPage } from '../ui/shop/pool.tsx'
import { StartPage } from '../ui/start.tsx'
import { parse } from '../../core/parse.ts'
import { contactIn } from './contact-form.ts'
import { formRoute } from './form-route.ts'
import {
  attempt,
  field,
  formOf,
  numberIn,
  typed,
  goTo,
  paramOf,
  fromRow,
  queryOf,
  sentBack,
  type Form,
} from './forms.ts'
import { originOf } from './origin.ts'
import { openKept } from './kept.ts'
import { refused } from './messages.ts'
import { quantitiesIn, returnIn } from './quantities-in.ts'
import { pagesOf, sharedPagesOf } from './pages.ts'
import type { AnyAsked } from './place.ts'
import { openStylePage, type Looked } from './shop-style.tsx'
import { carrying, type Via } from '../ui/shop/style.tsx'

const PER_PAGE = 24
/** Letters wait for an hour at most before they are looked at again. */
const MOST_MINUTES = 60
/** How far a category is looked for. */
const LOOKED_THROUGH = 96

const listQuery = z.object({ category: z.string().max(60).optional(), before: fromRow })
const divisionQuery = z.object({ region: z.string().max(120).default(''), city: z.string().max(120).default('') })
const styleQuery = z.object({
  colour: z.string().max(60).optional(),
  done: z.enum(['ordered', 'asked']).optional(),
  /** The code of a partner's link. */
  p: z.string().max(40).optional(),
  /** Minutes until the letter goes out. Anybody may write it into an address: it is only shown. */
  wait: z.coerce.number().min(0).catch(0),
})
const preorderQuery = z.object({
  token: z.string().max(200).default(''),
  done: z.enum(BUYERS_ACTS).optional(),
})

/** A stored refusal, as text and back: the same key gets the same answer, in whatever language it is asked again. */
const refusalText = ({ code, status, text, extra }: Problem): string => JSON.stringify({ code, status, text, extra })
function refusalFrom(stored: string): Problem {
  const { code, status, text, extra } = JSON.parse(stored) as {
    code: string
    status: number
    text: Localized
    extra: ProblemExtra
  }
  return new Problem(code, status, text, extra)
}

/**
 * Filled-in quantities as lines, with the highest price that was chosen for them. What is not a whole number is passed on for
 * the schema to refuse.
 * @throws Problem 422 for pieces that are added from a price on, and no price
 */
function linesOf(form: Form, campaign: Looked['campaign']): PledgedLine[] {
  const filled = (name: typeof quantityField, chosen: string) => {
    const price = field(form, chosen).trim()
    const atMost = price === '' ? {} : { atMost: Number(price) }
    return campaign.colourways.flatMap((colourway) =>
      campaign.sizes.flatMap((size) => {
        const quantity = field(form, name(colourway, size)).trim()
        return quantity === '' || quantity === '0' ? [] : [{ size, colourway, quantity: Number(quantity), ...atMost }]
      }),
    )
  }
  const more = filled(moreField, 'moreAtMost')
  if (more.some(({ atMost }) => atMost === undefined))
    throw refused('preorders.more-price', undefined, { field: 'moreAtMost' })
  return [...filled(quantityField, 'atMost'), ...more]
}

const nothingChosen = () => refused('preorders.empty', undefined, { field: 'lines' })

/** The buyers' face: the start page, the shop, and the page behind the link in a buyer's letter. */
export function registerShop(server: FastifyInstance, line: Line): void {
  const { storefront, demand, production, context, pipeline } = line
  const now = () => context.clock.now()
  const show = pagesOf(line)
  const kept = openKept()
  const shared = sharedPagesOf(line, kept)

  server.get('/', { config: { access: 'public' } }, async ({ actor }, reply) => {
    const newest = await storefront.onSale(actor, { limit: 4 })
    const given = { newest: JSON.stringify(newest.map(({ campaign, card }) => [campaign.id, card.pictures])) }
    return shared(reply, {
      given,
      make: async () => (view) => <StartPage view={view} pipeline={pipeline} newest={newest} />,
    })
  })

  server.get('/privacy', { config: { access: 'public' } }, async (_request, reply) => {
    const { privacyZh, privacyEn, privacyContact } = await line.operations.house()
    return show(reply, (view) => (
      <PrivacyPage
        view={view}
        own={view.lang === 'zh' ? privacyZh : privacyEn}
        contact={privacyContact}
        retentionDays={line.people.retentionDays}
        keepsLetters={line.mail !== undefined}
      />
    ))
  })

  /** What a form offers while an address in China is typed. */
  server.get('/divisions', { config: { access: 'public' } }, async (request, reply) => {
    const { region, city } = queryOf(request, divisionQuery)
    return reply.header('cache-control', `public, max-age=${DAY / SECOND}`).send(divisionsUnder(region, city))
  })

  server.get('/shop', { config: { access: 'public' } }, async (request, reply) => {
    const { category, before } = queryOf(request, listQuery)
    const limit = category ? LOOKED_THROUGH : PER_PAGE
    const found = await storefront.onSale(request.actor, { before, limit: limit + 1 })
    const page = found.slice(0, limit)
    const rows = category ? page.filter((row) => row.category === category) : page
    const last = page.at(-1)
    const next =
      found.length > limit && last
        ? `/shop?before=${last.campaign.id}${category ? `&category=${encodeURIComponent(category)}` : ''}`
        : undefined
    const categories = [...new Set(page.map((row) => row.category))]
    const { timeZone } = await line.operations.house()
    const [at, reader] = [now(), { lang: request.lang, timeZone }]
    const cards = rows.map((row, index) =>
      kept.part(reader, 'card', row, cardGiven(reader, at, row, index), (view) => (
        <Card view={view} now={at} row={row} index={index} />
      )),
    )
    const place = cards.length ? CARDS_HERE : ''
    return shared(reply, {
      given: { place, next: next ?? null, categories: categories.join(' ') },
      make: async () => (view) => (
        <ShopListPage view={view} cards={place} more={next} category={category} categories={categories} />
      ),
      finish: (html) => withCards(html, cards),
    })
  })

  const stylePage = openStylePage(line, kept)
  /** Whose link somebody came by; undefined without one. */
  const viaOf = async (code: string | undefined): Promise<Via | undefined> =>
    code ? { code, name: (await demand.partnerBehind(code))?.name } : undefined
  /** Minutes until a letter goes out, as far as they are told. */
  const shownOf = async (request: FastifyRequest) => {
    const { colour, wait, done, p } = queryOf(request, styleQuery)
    return { colour, done, waitMinutes: Math.min(wait, MOST_MINUTES), via: await viaOf(p) }
  }

  server.get('/shop/:slug', { config: { access: 'public' } }, async (request, reply) => {
    const looked = await storefront.look(request.actor, { id: paramOf(request, 'slug') })
    storefront.viewed(looked.campaign.id)
    return stylePage(reply, looked, await shownOf(request))
  })

  server.get('/shop/:slug/pool', { config: { access: 'public' } }, async (request, reply) => {
    const looked = await storefront.look(request.actor, { id: paramOf(request, 'slug') })
    const { campaign, card, number } = looked
    const pool = await demand.pool(request.actor, { id: campaign.id })
    const via = await viaOf(queryOf(request, styleQuery).p)
    return show(reply, (view) => (
      <PoolPage
        view={view}
        now={now()}
        baseUrl={context.baseUrl}
        campaign={campaign}
        card={card}
        number={number}
        via={via}
        {...pool}
      />
    ))
  })

  server.post('/shop/:slug/preorders', { config: { access: 'public' } }, async (request, reply) => {
    const looked = await storefront.look(request.actor, { id: paramOf(request, 'slug') })
    const { campaign } = looked
    const form = formOf(request)
    const code = typed(form, 'p')?.slice(0, 40)
    const via = await viaOf(code)
    const originAsBuyer = originOf({ actor: anonymous, ip: request.ip }, context)
    const result = await attempt(async () => {
      const lines = linesOf(form, campaign)
      if (!lines.length) throw nothingChosen()
      const order = {
        ...parse(preorderSchema, {
          email: typed(form, 'email'),
          name: field(form, 'name'),
          lines,
          terms: numberIn(form, 'terms'),
          ...contactIn(form),
        }),
        lang: request.lang,
      }
      // Whoever sits at this browser is a buyer, signed in or not: only the letter's link vouches for the address.
      const answer = await demand.place(anonymous, campaign.id, order, {
        key: field(form, 'idempotencyKey') || newId(),
        describe: refusalText,
        origin: originAsBuyer,
        accepts: true,
        // Of a link that leads nowhere any more the order is the house's own: the page has said so.
        partner: code === undefined ? undefined : await demand.partnerBehind(code),
      })
      if (answer.status >= 400) throw refusalFrom(answer.text)
      const { id } = JSON.parse(answer.text) as { id: string }
      // The row says how its buyer is verified: by what was typed, and by what the campaign asks for.
      if (await demand.isByText(id)) return { code: `/preorders/${id}/code` }
      return { wait: await demand.letterWait(order.email ?? '', originAsBuyer) }
    })
    if ('done' in result && 'code' in result.done) return goTo(reply, result.done.code ?? '')
    const waitMs = 'done' in result ? (result.done.wait ?? 0) : 0
    const wait = waitMs > 0 ? `&wait=${Math.ceil(waitMs / MINUTE)}` : ''
    if ('done' in result) return goTo(reply, carrying(`/shop/${campaign.slug}`, via, `done=ordered${wait}`))
    return stylePage(reply, looked, { order: sentBack(form, result.failure), via }, result.failure.status)
  })

  server.post('/shop/:slug/inquiries', { config: { access: 'public' } }, async (request, reply) => {
    const looked = await storefront.look(request.actor, { id: paramOf(request, 'slug') })
    const { campaign } = looked
    const form = formOf(request)
    const result = await attempt(() =>
      storefront.ask(anonymous, {
        id: campaign.id,
        email: field(form, 'email').trim(),
        question: field(form, 'question'),
        lang: request.lang,
        origin: originOf({ actor: anonymous, ip: request.ip }, context),
      }),
    )
    if ('done' in result) return goTo(reply, `/shop/${campaign.slug}?done=asked#questions`)
    return stylePage(reply, looked, { question: sentBack(form, result.failure) }, result.failure.status)
  })

  /** Behind a link that does not hold: how to get one that does. */
  const linkPage = (request: FastifyRequest, reply: FastifyReply, sent: Sent, done = false) => {
    const id = paramOf(request, 'id')
    reply.header('cache-control', 'no-store')
    return show(reply, (view) => <PreorderLinkPage view={view} id={id} sent={sent} done={done} />, {
      status: sent.failure?.status ?? 200,
      at: `/preorders/${encodeURIComponent(id)}`,
    })
  }
  formRoute(server, demand.sendLinkAgain, {
    path: '/preorders/:id/link',
    access: 'public',
    fields: ['email'],
    always: (request) => ({ origin: originOf(request, context) }),
    shown: (request, reply) => linkPage(request, reply, NOTHING_SENT, true),
    again: linkPage,
  })
  const codePage = (request: FastifyRequest, reply: FastifyReply, sent: Sent, sentTo?: string) => {
    const id = paramOf(request, 'id')
    reply.header('cache-control', 'no-store')
    return show(reply, (view) => <CodePage view={view} id={id} sent={sent} sentTo={sentTo} />, {
      status: sent.failure?.status ?? 200,
      at: `/preorders/${encodeURIComponent(id)}/code`,
    })
  }
  server.get('/preorders/:id/code', { config: { access: 'public' } }, async (request, reply) =>
    codePage(request, reply, NOTHING_SENT),
  )
  formRoute(server, demand.confirmByCode, {
    path: '/preorders/:id/code',
    access: 'public',
    fields: ['code'],
    always: (request) => ({ origin: originOf(request, context) }),
    after: (_params, { link, state }) => {
      const { pathname, search } = new URL(link)
      return `${pathname}${search}${state === 'confirmed' ? '&done=confirmed' : ''}`
    },
    again: codePage,
  })
  formRoute(server, demand.sendCodeAgain, {
    path: '/preorders/:id/code/again',
    access: 'public',
    fields: [],
    always: (request) => ({ origin: originOf(request, context) }),
    shown: (request, reply, { to }) => codePage(request, reply, NOTHING_SENT, to),
    again: codePage,
  })
  const preorderPage = async (
    request: FastifyRequest,
    reply: FastifyReply,
    done: BuyersAct | undefined,
    { failure, values }: Sent = NOTHING_SENT,
  ) => {
    const [id, { token }] = [paramOf(request, 'id'), queryOf(request, preorderQuery)]
    reply.header('cache-control', 'no-store')
    const found = await attempt(() => demand.ofBuyer(request.actor, { id, token }))
    if ('failure' in found) return linkPage(request, reply, { values: {}, failure: found.failure })
    const { preorder, campaign, lot, contact, changes, mine } = found.done
    // Whoever ordered it goes on seeing the order, also of what nobody is shown any more.
    const [{ card }, mile] = await Promise.all([
      storefront.card(system('shop'), { id: campaign.id }),
      production.ofBuyer(request.actor, { id, token }),
    ])
    const returning =
      mile.shipment?.state === 'received' ? await production.ownReturns(request.actor, { id, token }) : undefined
    const here = `/preorders/${id}?token=${encodeURIComponent(token)}`
    // The address is the buyer's key: it goes into no cache, and by the policy of every page to no other site. (With
    // "no-referrer" its own forms would come from an origin called null.)
    return show(
      reply,
      (view) => (
        <PreorderPage
          view={view}
          now={now()}
          preorder={preorder}
          campaign={campaign}
          lot={lot}
          mile={mile}
          returning={returning}
          card={card}
          contact={contact}
          changes={changes}
          token={token}
          mine={mine}
          sent={failure ? { values, failure } : NOTHING_SENT}
          done={done}
        />
      ),
      { status: failure?.status ?? 200, at: here },
    )
  }
  server.get('/preorders/:id', { config: { access: 'link' } }, async (request, reply) => {
    return preorderPage(request, reply, queryOf(request, preorderQuery).done)
  })
  const step = (
    act: AnyAsked<unknown>,
    path: 'confirm' | 'cancel' | 'contact' | 'lines' | 'received' | 'cancel-late',
    done: BuyersAct,
    given: (form: Form) => Readonly<Record<string, unknown>> = () => ({}),
  ) =>
    formRoute<unknown>(server, act, {
      path: `/preorders/:id/${path}`,
      access: 'link',
      read: (form, request) => ({
        token: queryOf(request, preorderQuery).token,
        ...given(form),
      }),
      after: ({ id }, _done, request) =>
        `/preorders/${id}?token=${encodeURIComponent(queryOf(request, preorderQuery).token)}&done=${done}`,
      again: (request, reply, sent) => preorderPage(request, reply, undefined, sent),
    })
  step(demand.confirm, 'confirm', 'confirmed')
  step(demand.cancel, 'cancel', 'cancelled')
  step(demand.changeContact, 'contact', 'contact', contactIn)
  step(demand.changeLines, 'lines', 'lines', (form) => ({
    lines: quantitiesIn(form).filter(({ quantity }) => quantity !== 0),
  }))
  step(production.confirmReceived, 'received', 'received')
  step(production.cancelLate, 'cancel-late', 'cancelled')
  formRoute(server, production.askReturn, {
    path: '/preorders/:id/returns',
    access: 'link',
    read: (form, request) => ({ token: queryOf(request, preorderQuery).token, ...returnIn(form) }),
    after: ({ id }, _done, request) =>
      `/preorders/${id}?token=${encodeURIComponent(queryOf(request, preorderQuery).token)}&done=asked`,
    again: (request, reply, sent) => preorderPage(request, reply, undefined, sent),
  })
  formRoute(server, production.chooseShort, {
    path: '/preorders/:id/short',
    access: 'link',
    read: (form, request) => ({
      token: queryOf(request, preorderQuery).token,
      choice: field(form, 'choice'),
      ...(field(form, 'choice') === 'other'
        ? { lines: quantitiesIn(form).filter(({ quantity }) => quantity !== 0) }
        : {}),
    }),
    after: ({ id }, _done, request) =>
      `/preorders/${id}?token=${encodeURIComponent(queryOf(request, preorderQuery).token)}&done=chosen`,
    again: (request, reply, sent) => preorderPage(request, reply, undefined, sent),
  })
}
