/** The page of a style in the shop: its pieces are kept by version and language, its count is put in. */
import type { FastifyReply } from 'fastify'
import type { VNode } from 'preact'
import { system } from '../../core/actor.ts'
import { sha256 } from '../../core/canonical.ts'
import { Problem } from '../../core/errors.ts'
import { newId } from '../../core/values.ts'
import { pricesOf } from '../../stages/4-storefront/model.ts'
import type { Line } from '../line.ts'
import { Html } from '../ui/html.tsx'
import { NOTHING_SENT, type Sent } from '../ui/parts.tsx'
import { InquiryForm, PreorderForm, stepsOf, type Verification } from '../ui/shop/forms.tsx'
import { carrying, isOpen, ShopStylePage, type Via } from '../ui/shop/style.tsx'
import { About, Answers, factsOf, Gallery, Sizes, type StyleFacts } from '../ui/shop/style-pieces.tsx'
import { remaining, type View } from '../ui/view.ts'
import type { Given, Kept, Reader } from './kept.ts'
import { pagesOf, sharedPagesOf } from './pages.ts'

/** A campaign as its page needs it, without the version. */
export type Looked = Awaited<ReturnType<Line['storefront']['look']>>

export interface ShownStyle {
  colour?: string | undefined
  /** What was typed and refused: a page with it is one person's own. */
  order?: Sent
  question?: Sent
  done?: 'ordered' | 'asked' | undefined
  waitMinutes?: number
  via?: Via | undefined
}

/** Where the form of a pre-order has its key. Nobody's words look like it: quotes in them are escaped. */
const KEYLESS = 'name="idempotencyKey" value="-"'
/** Each time a page is sent its form has a key of its own. */
const withKey = (html: string): string => html.replace(KEYLESS, `name="idempotencyKey" value="${newId()}"`)

const unlessMissing = (error: unknown): undefined => {
  if (error instanceof Problem && error.status === 404) return undefined
  throw error
}

const me = system('shop')

/** Pieces that the count does not change. The version, which is long, is read only where one has to be drawn. */
function openPieces({ storefront, trends }: Line, kept: Kept) {
  type Version = Awaited<ReturnType<typeof storefront.page>>['version']

  /** Names of the trends behind a style's attributes: what anybody may know of why it was designed. */
  const evidenceOf = async ({ spec }: Version, { lang }: View): Promise<string[]> => {
    const ids = [...new Set(spec.attributes.flatMap(({ evidence }) => evidence))]
    const found = await Promise.all(ids.map((id) => trends.getTrend(me, { id }).catch(unlessMissing)))
    return found.flatMap((trend) => (trend ? [trend.label[lang]] : []))
  }

  return async function piecesOf(reader: Reader, { campaign, card, answers }: Looked, colour: string) {
    let reading: Promise<Version> | undefined
    const version = () => (reading ??= storefront.page(me, { id: campaign.id }).then((whole) => whole.version))
    const frozen = {
      style: campaign.styleId,
      version: campaign.styleVersion,
      pictures: card.pictures,
      words: campaign.words ? campaign.edition : 0,
    }
    const piece = async (name: string, given: Given, make: (view: View) => Promise<VNode> | VNode) => (
      <Html of={await kept.piece(reader, name, given, make)} />
    )
    const told = answers.length ? sha256(JSON.stringify(answers)) : ''
    const fingerprint = campaign.styleHash
    const facts = await kept.text(`facts ${JSON.stringify(frozen)}`, async () =>
      JSON.stringify(factsOf(await version())),
    )
    return {
      facts: JSON.parse(facts) as StyleFacts,
      gallery: await piece('gallery', { ...frozen, colour }, async (view) => (
        <Gallery view={view} version={await version()} colour={colour} />
      )),
      about: await piece('about', { ...frozen, fingerprint }, async (view) => {
        const evidence = await evidenceOf(await version(), view)
        return <About view={view} version={await version()} evidence={evidence} fingerprint={fingerprint} />
      }),
      sizes: await piece('sizes', frozen, async (view) => <Sizes view={view} version={await version()} />),
      answers: await piece('answers', { told }, (view) => <Answers view={view} answers={answers} />),
    }
  }
}

/** What is asked of whoever orders. */
interface Asked {
  verification: Verification
  /** The version of the terms of sale that holds now. */
  terms: number | undefined
}

/** The two forms, as they are before anybody has typed anything; what was typed is drawn for whoever typed it. */
function openForms(kept: Kept) {
  return async function formsOf(
    reader: Reader,
    { campaign, card }: Looked,
    { order, question, via }: ShownStyle,
    { verification, terms }: Asked,
  ) {
    const here = `/shop/${campaign.slug}`
    // Kept for partners there are; what somebody typed into an address is not.
    const code = via?.name === undefined ? undefined : via.code
    const { most: unitPrice } = pricesOf(campaign)
    const orderForm = (view: View, sent: Sent) => (
      <PreorderForm
        view={view}
        campaign={campaign}
        colourways={card.colourways}
        unitPrice={unitPrice}
        action={`${here}/preorders`}
        verification={verification}
        idempotencyKey="-"
        via={code}
        terms={terms}
        sent={sent}
      />
    )
    const askForm = (view: View, sent: Sent) => <InquiryForm view={view} action={`${here}/inquiries`} sent={sent} />
    const { id, perBuyerCap, styleVersion } = campaign
    const prices = stepsOf(campaign).join(' ')
    const emptyOrder = await kept.piece(
      reader,
      'order',
      { id, styleVersion, unitPrice, perBuyerCap, verification, prices, terms: terms ?? 0, via: code ?? null },
      (view) => orderForm(view, NOTHING_SENT),
    )
    const emptyAsk = await kept.piece(reader, 'ask', { id }, (view) => askForm(view, NOTHING_SENT))
    return (view: View) => ({
      order: order ? orderForm(view, order) : <Html of={emptyOrder} />,
      ask: question ? askForm(view, question) : <Html of={emptyAsk} />,
    })
  }
}

export function openStylePage(line: Line, kept: Kept) {
  const { operations, context, demand } = line
  const [show, shared] = [pagesOf(line), sharedPagesOf(line, kept)]
  const [piecesOf, formsOf] = [openPieces(line, kept), openForms(kept)]

  return async function stylePage(
    reply: FastifyReply,
    looked: Looked,
    shown: ShownStyle = {},
    status = 200,
  ): Promise<FastifyReply> {
    const { campaign, card, number, category, answers } = looked
    const { lang, method } = reply.request
    const house = await operations.house()
    const { timeZone } = house
    const asked = {
      verification: campaign.verification ?? house.verification,
      terms: await operations.termsVersion(),
    }
    const colours = card.colourways.map(({ id }) => id)
    const colour = shown.colour !== undefined && colours.includes(shown.colour) ? shown.colour : (colours[0] ?? '')
    const now = context.clock.now()
    const pledges = campaign.pledgedUnits > 0 ? await demand.pledges(me, { id: campaign.id }) : []
    const reader = { lang, timeZone }
    const draw = async () => {
      const { facts, ...pieces } = await piecesOf(reader, looked, colour)
      const forms = await formsOf(reader, looked, shown, asked)
      return (view: View) => (
        <ShopStylePage
          view={view}
          now={now}
          baseUrl={context.baseUrl}
          campaign={campaign}
          card={card}
          facts={facts}
          number={number}
          category={category}
          colour={colour}
          pieces={{ ...pieces, ...forms(view) }}
          done={shown.done}
          pledges={pledges}
          returnDays={house.returnDays}
          waitMinutes={shown.waitMinutes ?? 0}
          via={shown.via}
        />
      )
    }
    reply.header('cache-control', 'no-store')
    if (method !== 'GET')
      return show(reply, await draw(), { status, at: carrying(`/shop/${campaign.slug}`, shown.via), finish: withKey })
    // All of the campaign but what no page shows and what is as frozen as its version.
    const { views: _views, inquiries: _inquiries, ladder: _ladder, sizes: _sizes, colourways: _, ...said } = campaign
    return shared(reply, {
      given: {
        campaign: JSON.stringify(said),
        pictures: card.pictures,
        answers: answers.length ? sha256(JSON.stringify(answers)) : '',
        pledges: JSON.stringify(pledges),
        verification: asked.verification,
        terms: asked.terms ?? 0,
        returnDays: house.returnDays,
        open: isOpen(campaign, now),
        left: remaining(reader, now, campaign.closesAt),
      },
      make: draw,
      finish: withKey,
    })
  }
}
