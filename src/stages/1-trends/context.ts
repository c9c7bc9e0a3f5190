import type { Context } from '../context.ts'
import type { Matcher } from './matching.ts'

/** What this stage is opened with, and the dictionary it reads titles by, built once. */
export interface TrendsContext extends Context {
  matcher: Matcher
}
