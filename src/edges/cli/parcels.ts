import { basename } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import type { Lang } from '../../core/values.ts'
import { SHIPMENT_STATES } from '../../stages/7-production/shipping.ts'
import { countPieces } from '../../stages/7-production/actions/count-pieces.ts'
import { exportShipments } from '../../stages/7-production/actions/export-shipments.ts'
import { importParcels } from '../../stages/7-production/actions/import-parcels.ts'
import { listShipments } from '../../stages/7-production/actions/list-shipments.ts'
import { printSlips } from '../../stages/7-production/actions/print-slips.ts'
import { receiveShipments } from '../../stages/7-production/actions/receive-shipments.ts'
import { recordParcels } from '../../stages/7-production/actions/record-parcels.ts'
import { shipDirect } from '../../stages/7-production/actions/ship-direct.ts'
import { showPacking } from '../../stages/7-production/actions/show-packing.ts'
import type { Line } from '../line.ts'
import { actionCommand, LIMIT, me } from './action-command.ts'
import { readGiven } from './given-file.ts'
import { refused } from './messages.ts'
import type { Using } from './program.ts'

const idOf = async ({ dispatch }: Line, order: string): Promise<string> =>
  (await dispatch.order(me, { id: order })).order.id
const state = () => new Option('--state <state>').choices([...SHIPMENT_STATES])

/** `olive/M=12`. */
function pieceOf(typed: string): { colourway: string; size: string; quantity: number } {
  const [, colourway, size, quantity] = /^(.+)\/([^/=]+)=(\d+)$/.exec(typed) ?? []
  if (!colourway || !size) throw refused('cli.piece', { typed })
  return { colourway, size, quantity: Number(quantity) }
}

function countCommand(parcels: Command, using: Using): void {
  actionCommand(parcels, using, countPieces, ({ production }) => production.countPieces, {
    name: 'count <order> <pieces...>',
    does: 'how many good pieces came, as colour/size=number for each that is not what was ordered',
    options: { note: new Option('--note <text>') },
    read: async ({ order, pieces, note }: { order: string; pieces: string[]; note?: string }, line) => ({
      id: await idOf(line, order),
      pieces: pieces.map(pieceOf),
      ...(note ? { note } : {}),
    }),
    rows: ({ pieces }) => pieces.map((each) => [each.colourway, each.size, each.ordered, each.came, each.spare]),
  })
}

/** `firstcut parcels`: a lot at the warehouse, and what of it leaves for its buyers. */
export function parcelCommands(program: Command, using: Using, lang: Lang): void {
  const parcels = program.command('parcels').description('lots at the warehouse, by order (PO-26-0003) or its id')
  actionCommand(parcels, using, showPacking, ({ production }) => production.packing, {
    name: 'show <order>',
    does: 'what is to be picked, by variant, and how many buyers have theirs',
    isDefault: true,
    read: async ({ order }: { order: string }, line) => ({ id: await idOf(line, order) }),
    rows: ({ counts, pick }) => [
      ...counts.map((each) => [each.state, each.shipments, each.units]),
      ...pick.map((line) => [line.colourway, line.size, line.quantity]),
    ],
  })
  countCommand(parcels, using)
  actionCommand(parcels, using, listShipments, ({ production }) => production.shipments, {
    name: 'list <order>',
    does: 'its shipments with their parcels',
    options: { state: state() },
    read: async ({ order, ...typed }: { order: string }, line) => ({ id: await idOf(line, order), limit: LIMIT, ...typed }), // prettier-ignore
    rows: (done) =>
      done.map((each) => [
        each.number,
        each.state,
        each.units,
        each.name,
        each.parcels.map(({ carrier, trackingNumber }) => `${carrier} ${trackingNumber}`).join(', '),
      ]),
  })
  actionCommand(parcels, using, recordParcels, ({ production }) => production.recordParcels, {
    name: 'record <order> <shipment> <carrier> <number>',
    does: 'a parcel has left; its buyer is told',
    read: async (typed: { order: string; shipment: string; carrier: string; number: string }, line) => ({
      id: await idOf(line, typed.order),
      parcels: [{ shipment: typed.shipment, carrier: typed.carrier, trackingNumber: typed.number }],
    }),
  })
  actionCommand(parcels, using, importParcels, ({ production }) => production.importParcels, {
    name: 'import <order> <file>',
    does: 'the same from a list (CSV or .xlsx): all of it, or none with the errors line by line',
    read: async ({ order, file }: { order: string; file: string }, line) => ({
      id: await idOf(line, order),
      list: await readGiven(file),
      fileName: basename(file),
    }),
    rows: ({ sent, known, open, errors }) =>
      errors.length
        ? errors.map(({ line, shipment, reason }) => [line, shipment, reason[lang]])
        : [['sent', sent, 'known', known, 'open', open]],
    failed: ({ errors }) => (errors.length ? refused('cli.parcels', { n: errors.length }) : undefined),
  })
  actionCommand(parcels, using, exportShipments, ({ production }) => production.exportShipments, {
    name: 'export <order> <file>',
    does: 'the list for a warehouse, as CSV',
    options: { state: state().default('to-pack') },
    read: async ({ order, state: of }: { order: string; state: string }, line) => ({ id: await idOf(line, order), state: of }), // prettier-ignore
    async as(csv, { file }: { file: string }) {
      await writeFile(file, `\uFEFF${csv}`, { mode: 0o600 })
      return { file }
    },
  })
  actionCommand(parcels, using, printSlips, ({ production }) => production.slips, {
    name: 'slips <order> <file>',
    does: 'packing slips with bars (PDF)',
    read: async ({ order }: { order: string }, line) => ({ id: await idOf(line, order) }),
    async as({ bytes, next }, { file }: { file: string }) {
      await writeFile(file, bytes, { mode: 0o600 })
      return { file, next }
    },
  })
  actionCommand(parcels, using, shipDirect, ({ production }) => production.shipDirect, {
    name: 'direct <order>',
    does: 'let the factory that makes it send it to the buyers: it sees their addresses',
    read: async ({ order }: { order: string }, line) => ({ id: await idOf(line, order) }),
  })
  actionCommand(parcels, using, receiveShipments, ({ production }) => production.receive, {
    name: 'received <order> <shipment>',
    does: 'its buyer has it, as the house knows by itself',
    read: async ({ order, shipment }: { order: string; shipment: string }, line) => ({
      id: await idOf(line, order),
      shipments: [shipment],
    }),
  })
}
