import { lazily } from './lazily.ts'

/** The library that reads and writes pictures, and with it a codec for each format: 25 MB that a shop alone never needs. */
export const loadSharp = lazily(async () => (await import('sharp')).default)
