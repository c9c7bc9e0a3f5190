import { defineConfig } from 'drizzle-kit'
import { dialect } from './src/core/dialect.ts'

export default defineConfig({
  dialect: dialect === 'postgres' ? 'postgresql' : 'sqlite',
  schema: './src/db/schema.ts',
  out: `./src/db/migrations/${dialect}`,
})
