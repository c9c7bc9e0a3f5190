import type { Line } from '../../line.ts'
import type { Endpoint } from '../endpoints.ts'
import { campaignEndpoints } from './campaigns.ts'

/** The whole JSON API, in the order of the line. */
export const apiEndpoints = (line: Line): Endpoint[] => [...campaignEndpoints(line)]
