/** The only reader of the environment (but for the one word in core/dialect.ts). Fails at start, with sentences. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { parseKeys, type MasterKey } from './core/master-keys.ts'
import { HOUR, SECOND } from './core/values.ts'
import { imageAdapter, IMAGE_KINDS, MAIL_PROTOCOLS, SMS_PROTOCOLS } from './engines/registry.ts'

/** As a word, or how many there are. */
const proxies = z
  .string()
  .regex(/^(true|false|\d)$/, 'must be true, false or how many proxies stand in front, 0 to 9')
  .transform((value) => (value === 'true' ? 1 : Number(value) || 0))
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
)
/** A JSON object, as members of a request. */
const members = z.string().transform((text, at): Record<string, unknown> => {
  try {
    const value = JSON.parse(text) as unknown
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // said below
  }
  at.addIssue({ code: 'custom', message: 'must be a JSON object, e.g. {"enable_thinking": false}' })
  return z.NEVER
})
const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max)

/**
 * Every variable, in the order people meet them. The description becomes the README's table and .env.example
 * (`npm run generate`), so it is written once, here.
 */
export const variables = {
  PORT: wholeNumber(0, 65_535).default(3000).describe('Port of the web server; 0 takes a free one.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for every interface.'),
  BASE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where people reach this installation, for links in letters and briefs. Default: http://HOST:PORT.'),
  ROLE: z
    .enum(['all', 'web', 'worker'])
    .default('all')
    .describe('What this process does: serve pages, run the worker, or both.'),
  DATA_DIR: z
    .string()
    .default('data')
    .describe('Folder for the embedded database, files, letters and the generated secret.'),
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/|file:)/, 'must start with postgres:// or file:')
    .optional()
    .describe('postgres://… for PostgreSQL, or file:path for SQLite elsewhere. Default: DATA_DIR/firstcut.db.'),
  FILES_DIR: z
    .string()
    .optional()
    .describe('Folder for pictures and briefs; shared between nodes. Default: DATA_DIR/files.'),
  SECRET: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits, e.g. from: openssl rand -hex 32')
    .optional()
    .describe(
      'Master secret, 64 hex digits: seals factory secrets and waiting letters, signs links. Required with PostgreSQL (or SECRET_FILE); otherwise made once in DATA_DIR.',
    ),
  SECRET_PREVIOUS: z
    .string()
    .refine((text) => parseKeys(text) !== undefined, 'must be 64 hexadecimal digits each, comma-separated')
    .optional()
    .describe(
      'Master secrets before SECRET, comma-separated: what they sealed and signed can still be read. With @2027-06-30 behind one, its links hold until then.',
    ),
  SECRET_FILE: z
    .string()
    .optional()
    .describe(
      'File with the master secrets, one a line, the writing one first; "firstcut secrets rotate" adds one. Default: DATA_DIR/secret.',
    ),
  SMTP_URL: z
    .url({ protocol: new RegExp(`^(${MAIL_PROTOCOLS.join('|')})$`) })
    .optional()
    .describe(
      'smtp://user:password@host:587 to send letters (?maxConnections=10 = at most ten at a time, 50 by default). Default: .eml files in DATA_DIR/mail and a page that shows them.',
    ),
  MAIL_FROM: z.string().default('Firstcut <noreply@firstcut.invalid>').describe('Sender of letters.'),
  SMS_URL: z
    .url({ protocol: new RegExp(`^(${SMS_PROTOCOLS.join('|')})$`) })
    .optional()
    .describe(
      'aliyun://KEY_ID:KEY_SECRET@dysmsapi.aliyuncs.com?sign=SIGNATURE&code=SMS_1&notice=SMS_2 to send text messages: the template of a code has ${code}, that of a notice ${text}. Default: on the page that shows letters.',
    ),
  OUTBOUND_ALLOW: list
    .default([])
    .describe('Private hosts that feeds and factories may be on, comma-separated (host or host:port).'),
  OPENAI_API_KEY: z
    .string()
    .optional()
    .describe('Key for the language model; with none the embedded designer works alone.'),
  OPENAI_BASE_URL: z
    .url()
    .optional()
    .describe('Any OpenAI-compatible endpoint, e.g. https://dashscope.aliyuncs.com/compatible-mode/v1.'),
  OPENAI_MODEL: z.string().default('gpt-5-mini').describe('Model for words and parameters.'),
  MODERATION_MODEL: z
    .string()
    .optional()
    .describe('Model of the moderation endpoint, where the provider has one (omni-moderation-latest).'),
  MODEL_PRICE_INPUT: z.coerce.number().min(0).default(0).describe('Price of a million input tokens, for budgets.'),
  MODEL_PRICE_OUTPUT: z.coerce.number().min(0).default(0).describe('Price of a million output tokens, for budgets.'),
  MODEL_TIMEOUT_SECONDS: wholeNumber(1, 600)
    .default(60)
    .describe('How long one answer of a model may take, attempts and waiting included; a picture three times as long.'),
  MODEL_EXTRA_BODY: members
    .optional()
    .describe(
      'JSON object added to every request to the language model, e.g. {"enable_thinking": false}; null leaves a member out. What an endpoint names in a refusal is learnt without it.',
    ),
  IMAGE_PROVIDER: z
    .enum(['none', ...IMAGE_KINDS])
    .default('none')
    .describe('Who draws pictures; none = the built-in renderer.'),
  IMAGE_MODEL: z.string().default('gpt-image-1').describe('Model for pictures.'),
  IMAGE_BASE_URL: z.url().optional().describe("Endpoint for pictures. Default: the provider's own."),
  IMAGE_EXTRA_BODY: members
    .optional()
    .describe(
      'The same for pictures, e.g. {"response_format": "b64_json"}; of DashScope {"parameters": {"prompt_extend": true}}.',
    ),
  IMAGE_PRICE: z.coerce.number().min(0).default(0).describe('Price of one picture, for budgets.'),
  CONTENT_PRODUCER: z
    .string()
    .default('firstcut-local')
    .describe('Code of the producer in the AI label of every picture (GB 45438-2025).'),
  C2PA_CERTIFICATE: z.string().optional().describe('File with the PEM certificate chain for content credentials.'),
  C2PA_KEY: z.string().optional().describe('File with the PEM key that belongs to it.'),
  PICTURE_SCALE: z.coerce
    .number()
    .min(1)
    .max(2)
    .optional()
    .describe('Supersampling of pictures, 1–2: finer edges for more time. Default: 1.'),
  MARKER_SECONDS: wholeNumber(0, 600)
    .default(20)
    .describe('How long to search for shorter markers for each brief, in the background, seconds.'),
  STUDIO_THREADS: wholeNumber(1, 64)
    .optional()
    .describe('Worker threads for patterns and pictures. Default: one per core.'),
  TRUST_PROXY: proxies
    .default(0)
    .describe(
      'Set to true behind a reverse proxy, so that the client address is the one it saw; behind several, to their number.',
    ),
  REQUESTS_PER_MINUTE: wholeNumber(1, 1_000_000_000)
    .default(600)
    .describe('Requests a minute from one address without an API key; more get 429.'),
  BACKUP_DIR: z.string().optional().describe('Folder for backups, best on another disk. Default: DATA_DIR/backups.'),
  BACKUP_EVERY_HOURS: wholeNumber(0, 8760)
    .default(24)
    .describe('Hours between backups that the worker makes by itself; 0 for none.'),
  BACKUP_KEEP: wholeNumber(1, 1000).default(7).describe('How many of those are kept; backups that people make stay.'),
  BACKUP_PASSPHRASE: z
    .string()
    .min(12, 'must have at least 12 characters')
    .optional()
    .describe(
      'Words under which the master secret is sealed into each backup. Without: keep SECRET (or DATA_DIR/secret) elsewhere.',
    ),
  RETENTION_DAYS: wholeNumber(0, 36_500)
    .default(0)
    .describe('Days after which ended pre-orders, inquiries and letters lose name and e-mail; 0 keeps them.'),
  KEEP_EVENTS_DAYS: wholeNumber(0, 36_500)
    .default(730)
    .describe('Days after which events that everybody has dealt with go into an archive; 0 keeps them.'),
  KEEP_MESSAGES_DAYS: wholeNumber(0, 36_500)
    .default(365)
    .describe('The same for messages to factories (and the attempts to deliver them) of orders that are over.'),
  KEEP_LETTERS_DAYS: wholeNumber(0, 36_500).default(365).describe('The same for letters that were sent.'),
  KEEP_SESSIONS_DAYS: wholeNumber(0, 36_500)
    .default(30)
    .describe('Days after their end for which sessions are kept; 0 keeps them.'),
  KEEP_RUNS_DAYS: wholeNumber(0, 36_500)
    .default(730)
    .describe(
      'Days after which design runs of which no style is proposed or approved go into an archive; 0 keeps them.',
    ),
  ARCHIVE_DIR: z
    .string()
    .optional()
    .describe('Folder for those archives (NDJSON, gzip). They are not part of backups. Default: DATA_DIR/archive.'),
  LETTERS_PER_HOUR: wholeNumber(1, 1_000_000_000)
    .default(60)
    .describe('Letters an hour that orders from one network may cause (an API key: 20 times as many); more wait.'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info').describe('How much is logged.'),
} as const

export interface ModelConfig {
  apiKey: string
  baseUrl: string
  model: string
  moderationModel?: string
  timeoutMs: number
  deadlineMs: number
  retries: number
  /** Per million tokens. */
  price: { input: number; output: number }
  extraBody?: Readonly<Record<string, unknown>>
}

export interface PictureModelConfig {
  /** Of one of the registered adapters. */
  kind: string
  baseUrl: string
  apiKey: string
  model: string
  timeoutMs: number
  retries: number
  priceMicros: number
  extraBody?: Readonly<Record<string, unknown>>
}

export interface Config {
  http: {
    host: string
    port: number
    proxies: number
    baseUrl: string | undefined
    requestsPerMinute: number
    lettersPerHour: number
  }
  role: 'all' | 'web' | 'worker'
  dataDir: string
  filesDir: string
  mailDir: string
  database: { kind: 'sqlite'; file: string } | { kind: 'postgres'; url: string }
  smtpUrl: string | undefined
  smsUrl: string | undefined
  mailFrom: string
  outboundAllow: string[]
  model: ModelConfig | undefined
  image: PictureModelConfig | undefined
  /** Who the AI label names, the certificate for content credentials, and how finely pictures are drawn. */
  pictures: { contentProducer: string; c2pa: { certificates: string; key: string } | undefined; scale?: number }
  markerSeconds: number
  studioThreads: number | undefined
  logLevel: string
  /** Never logged. The master secrets: those of the environment, the writing one first, or the file that holds them. */
  secret: { kind: 'given'; keys: readonly MasterKey[] } | { kind: 'file'; file: string }
  backups: { folder: string; everyMs: number; keep: number; passphrase: string | undefined }
  retentionDays: number
  /** Days after which what is over is put away; 0 keeps it. */
  keepDays: { events: number; messages: number; letters: number; sessions: number; runs: number }
  archiveDir: string
  /** Where PostgreSQL's tools are looked for. */
  toolsPath: string | undefined
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Nothing is written: the secret of a new installation is made by `prepareSecret`, when the line is opened.
 * @param environment usually process.env
 * @throws ConfigError with one sentence per fault, naming the variable and what it must be
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = z.object(variables).safeParse(given)
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`).join('\n'))
  const env = parsed.data
  const faults = contradictionsIn(env)
  if (faults.length) throw new ConfigError(faults.join('\n'))
  const dataDir = resolve(env.DATA_DIR)
  return {
    http: {
      host: env.HOST,
      port: env.PORT,
      proxies: env.TRUST_PROXY,
      baseUrl: env.BASE_URL?.replace(/\/$/, ''),
      requestsPerMinute: env.REQUESTS_PER_MINUTE,
      lettersPerHour: env.LETTERS_PER_HOUR,
    },
    role: env.ROLE,
    dataDir,
    filesDir: resolve(env.FILES_DIR ?? join(dataDir, 'files')),
    mailDir: join(dataDir, 'mail'),
    database: databaseOf(env, dataDir),
    smtpUrl: env.SMTP_URL,
    smsUrl: env.SMS_URL,
    mailFrom: env.MAIL_FROM,
    outboundAllow: env.OUTBOUND_ALLOW,
    model: modelOf(env),
    image: pictureModelOf(env),
    pictures: picturesOf(env),
    markerSeconds: env.MARKER_SECONDS,
    studioThreads: env.STUDIO_THREADS,
    logLevel: env.LOG_LEVEL,
    backups: {
      folder: resolve(env.BACKUP_DIR ?? join(dataDir, 'backups')),
      everyMs: env.BACKUP_EVERY_HOURS * HOUR,
      keep: env.BACKUP_KEEP,
      passphrase: env.BACKUP_PASSPHRASE,
    },
    retentionDays: env.RETENTION_DAYS,
    keepDays: {
      events: env.KEEP_EVENTS_DAYS,
      messages: env.KEEP_MESSAGES_DAYS,
      letters: env.KEEP_LETTERS_DAYS,
      sessions: env.KEEP_SESSIONS_DAYS,
      runs: env.KEEP_RUNS_DAYS,
    },
    archiveDir: resolve(env.ARCHIVE_DIR ?? join(dataDir, 'archive')),
    toolsPath: environment['PATH'],
    secret: env.SECRET
      ? { kind: 'given', keys: parseKeys([env.SECRET, env.SECRET_PREVIOUS ?? ''].join(',')) ?? [] }
      : { kind: 'file', file: env.SECRET_FILE ? resolve(env.SECRET_FILE) : join(dataDir, 'secret') },
  }
}

type Environment = z.output<z.ZodObject<typeof variables>>

const isPostgres = (url: string | undefined): boolean => url !== undefined && !url.startsWith('file:')

/** What cannot be meant, each value being right by itself. */
function contradictionsIn(env: Environment): string[] {
  const faults: string[] = []
  if (isPostgres(env.DATABASE_URL) && !env.SECRET && !env.SECRET_FILE)
    faults.push('SECRET: required with PostgreSQL (or SECRET_FILE), so that every node has the same one.')
  if (env.SECRET_PREVIOUS && !env.SECRET) faults.push('SECRET_PREVIOUS: set SECRET too, the one that writes.')
  if (Boolean(env.C2PA_CERTIFICATE) !== Boolean(env.C2PA_KEY))
    faults.push('C2PA_CERTIFICATE and C2PA_KEY: set both or neither.')
  if (env.IMAGE_PROVIDER !== 'none' && !env.OPENAI_API_KEY)
    faults.push(`OPENAI_API_KEY: required with IMAGE_PROVIDER=${env.IMAGE_PROVIDER}.`)
  return faults
}

const databaseOf = ({ DATABASE_URL: url }: Environment, dataDir: string): Config['database'] =>
  url !== undefined && isPostgres(url)
    ? { kind: 'postgres', url }
    : { kind: 'sqlite', file: resolve(url?.replace(/^file:(\/\/)?/, '') ?? join(dataDir, 'firstcut.db')) }

function modelOf(env: Environment): ModelConfig | undefined {
  if (!env.OPENAI_API_KEY && !env.OPENAI_BASE_URL) return undefined
  return {
    apiKey: env.OPENAI_API_KEY ?? 'none', // a local server asks for no key, the client insists on one
    baseUrl: env.OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
    model: env.OPENAI_MODEL,
    ...(env.MODERATION_MODEL === undefined ? {} : { moderationModel: env.MODERATION_MODEL }),
    timeoutMs: env.MODEL_TIMEOUT_SECONDS * SECOND,
    deadlineMs: env.MODEL_TIMEOUT_SECONDS * SECOND,
    retries: 2,
    price: { input: env.MODEL_PRICE_INPUT, output: env.MODEL_PRICE_OUTPUT },
    ...(env.MODEL_EXTRA_BODY === undefined ? {} : { extraBody: env.MODEL_EXTRA_BODY }),
  }
}

function pictureModelOf(env: Environment): PictureModelConfig | undefined {
  if (env.IMAGE_PROVIDER === 'none' || !env.OPENAI_API_KEY) return undefined
  return {
    kind: env.IMAGE_PROVIDER,
    baseUrl: env.IMAGE_BASE_URL ?? imageAdapter(env.IMAGE_PROVIDER).baseUrl,
    apiKey: env.OPENAI_API_KEY,
    model: env.IMAGE_MODEL,
    timeoutMs: env.MODEL_TIMEOUT_SECONDS * 3 * SECOND,
    retries: 1,
    priceMicros: Math.round(env.IMAGE_PRICE * 1_000_000),
    ...(env.IMAGE_EXTRA_BODY === undefined ? {} : { extraBody: env.IMAGE_EXTRA_BODY }),
  }
}

const picturesOf = (env: Environment): Config['pictures'] => ({
  contentProducer: env.CONTENT_PRODUCER,
  ...(env.PICTURE_SCALE === undefined ? {} : { scale: env.PICTURE_SCALE }),
  c2pa:
    env.C2PA_CERTIFICATE && env.C2PA_KEY
      ? { certificates: readText('C2PA_CERTIFICATE', env.C2PA_CERTIFICATE), key: readText('C2PA_KEY', env.C2PA_KEY) }
      : undefined,
})

function readText(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new ConfigError(`${variable}: the file ${file} cannot be read.`)
  }
}
