import type { Line } from '../../line.ts'
import type { Endpoint } from '../endpoints.ts'
import { campaignEndpoints } from './campaigns.ts'
import { designEndpoints } from './designs.ts'
import { dispatchEndpoints } from './dispatch.ts'
import { handEndpoints } from './hand.ts'
import { parcelEndpoints } from './parcels.ts'
import { partnerEndpoints } from './partners.ts'
import { operationEndpoints } from './operations.ts'
import { reorderEndpoints } from './reorders.ts'
import { returnEndpoints } from './returns.ts'
import { securityEndpoints } from './security.ts'
import { trendEndpoints } from './trends.ts'

/** The whole JSON API, in the order of the line. */
export const apiEndpoints = (line: Line): Endpoint[] => [
  ...trendEndpoints(line),
  ...designEndpoints(line),
  ...campaignEndpoints(line),
  ...handEndpoints(line),
  ...partnerEndpoints(line),
  ...dispatchEndpoints(line),
  ...parcelEndpoints(line),
  ...returnEndpoints(line),
  ...reorderEndpoints(line),
  ...operationEndpoints(line),
  ...securityEndpoints(line),
]
