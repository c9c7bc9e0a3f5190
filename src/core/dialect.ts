/**
 * Which database this process speaks to. The tables are values made once, when their module is first imported, so
 * this one fact must be known before any configuration has been read; everything else comes from config.ts.
 */
export type Dialect = 'sqlite' | 'postgres'

export const dialectOf = (url: string | undefined): Dialect =>
  /^postgres(ql)?:/.test(url ?? '') ? 'postgres' : 'sqlite'

export const dialect: Dialect = dialectOf(process.env['DATABASE_URL'])
