import type { FastifyInstance } from 'fastify'
import type { Line } from '../line.ts'
import { registerDemandPages } from './console/demand.tsx'
import { registerOverview } from './console/overview.tsx'
import { registerPeoplePages } from './console/people.tsx'
import { registerFactoryPages } from './console/factories.tsx'
import { registerOrderPages } from './console/orders.tsx'
import { registerPackingPages } from './console/packing.tsx'
import { registerPartnerPages } from './console/partners.tsx'
import { registerReturnsPages } from './console/returns.tsx'
import { registerSecurityPages } from './console/security.tsx'
import { registerMaterialPages } from './console/materials.tsx'
import { registerStylePages } from './console/styles.tsx'
import { registerAccountPages } from './console/accounts.tsx'
import { registerHousePages } from './console/house.tsx'
import { registerSaleTermsPage } from './console/sale-terms.tsx'
import { registerSystemPages } from './console/system.tsx'
import { registerSourcePages } from './console/sources.tsx'
import { registerTrendPages } from './console/trends.tsx'
import { registerWordPages } from './console/words.tsx'

/** The merchandiser's and operator's face. */
export function registerConsole(server: FastifyInstance, line: Line): void {
  registerOverview(server, line)
  registerTrendPages(server, line)
  registerWordPages(server, line)
  registerSourcePages(server, line)
  registerStylePages(server, line)
  registerMaterialPages(server, line)
  registerDemandPages(server, line)
  registerPartnerPages(server, line)
  registerOrderPages(server, line)
  registerPackingPages(server, line)
  registerReturnsPages(server, line)
  registerFactoryPages(server, line)
  registerHousePages(server, line)
  registerSaleTermsPage(server, line)
  registerAccountPages(server, line)
  registerSystemPages(server, line)
  registerSecurityPages(server, line)
  registerPeoplePages(server, line)
}
