/**
 * The outside world, one page of interfaces. Each has an embedded adapter that needs no configuration and a real one;
 * both pass the same contract tests. Stages see this page, never an adapter.
 */
import type { MasterKey } from '../core/master-keys.ts'
import type { Lang, Localized } from '../core/values.ts'
import type { Separator } from '../core/written.ts'

/** Content-addressed bytes: a file's name is the SHA-256 of what is in it, so it can never change. */
export interface FileStore {
  /** Store durably (file and folder flushed) and return the hash; storing the same bytes again is free. */
  put(bytes: Uint8Array): Promise<string>
  /** @throws Problem 404 `files.missing` */
  get(hash: string): Promise<Buffer>
  has(hash: string): Promise<boolean>
  /** What a process that was killed left half-written before `before` goes; returns how many there were. */
  tidy(before: Date): Promise<number>
  /** What is on its way and not yet fit to be served; a place of its own, which `get` and `has` never look into. */
  readonly intermediate: IntermediateStore
}

/**
 * Bytes that a crash must not lose and nobody may be shown, e.g. a picture that carries no AI label yet. Removed once
 * what is made of them is stored.
 */
export interface IntermediateStore {
  /** Store as durably as a file that stays, and return the SHA-256. */
  put(bytes: Uint8Array): Promise<string>
  /** Undefined where it is not there (any more), or is not what its name says. */
  get(hash: string): Promise<Buffer | undefined>
  /** Removing what is not there is no error. */
  remove(hash: string): Promise<void>
  /** Remove what was stored before `at` and never fetched back; returns how many there were. */
  removeBefore(at: Date): Promise<number>
}

/** What a backup says of itself. */
export interface Manifest {
  format: 1
  /** Firstcut's own. */
  version: string
  takenAt: string
  /** `schedule`, or who asked for it: retention removes only what a schedule made. */
  by: string
  dialect: 'sqlite' | 'postgres'
  /** PostgreSQL: the schema that was dumped. */
  schema?: string | undefined
  /** Migrations the database had seen: one that this version does not know came from a newer one. */
  migrations: string[]
  /** Rows by table. */
  rows: Record<string, number>
  /** Ids of the master keys that open what is sealed in it, the writing one first; whether they are in it themselves, under a passphrase. */
  secret: { keys: string[]; sealed: boolean }
  /** How many of each are in it. */
  members: { database: number; files: number; mail: number; secret: number }
  /** SHA-256 of the list of hashes. */
  sums: string
}

/** Bytes done, of how many. */
export type Progress = (done: number, total: number) => void

/** Into a backup, under a name: a file, or bytes. */
export interface ArchiveMember {
  name: string
  file: string
  bytes?: Uint8Array
}

/** Backups as single files. */
export interface Archives {
  /** @throws Problem 503 `database.backup-failed`; nothing of it is left then */
  write(
    target: string,
    members: readonly ArchiveMember[],
    facts: Omit<Manifest, 'members' | 'sums'>,
    options?: { progress?: Progress | undefined; signal?: AbortSignal | undefined },
  ): Promise<Manifest>
  /** @throws Problem when it is no whole backup of ours */
  manifest(file: string): Promise<Manifest>
  /** Hold every member against its hash. @throws Problem 422 `backup.broken` */
  verify(file: string, progress?: Progress): Promise<Manifest>
  unpack(file: string, place: (name: string) => string | undefined, progress?: Progress): Promise<void>
  list(folder: string): Promise<{ file: string; bytes: number; manifest: Manifest | undefined }[]>
  contents(filesDir: string, mailDir: string | undefined): Promise<ArchiveMember[]>
  /** Remove what a broken-off backup left before that moment. */
  tidy(folder: string, before: Date): Promise<number>
  /** Make the folder, readable by its owner only, in words where that cannot be. */
  prepare(folder: string): Promise<void>
  remove(file: string): Promise<void>
}

export interface TextMessage {
  /** Stays the same over attempts. */
  id: string
  /** E.164, `+8613800138000`. */
  to: string
  lang: Lang
  /** One or two short sentences. */
  text: string
  /** The code alone, where the message brings one: providers have templates of their own for it. */
  code?: string
}

/** @throws when the message was not taken; the caller tries again later. */
export interface Texter {
  send(message: TextMessage, given?: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** How text messages leave the house: chosen by what SMS_URL begins with. */
export interface SmsAdapter {
  /** What stands before `://`, small letters. */
  protocols: readonly string[]
  /** Nobody is asked until the first message is sent. @throws Error where the address lacks something */
  open(how: { url: string }): Texter
}

export interface Letter {
  /** Stays the same over attempts; used for Message-ID, so that a repeated letter is recognised. */
  id: string
  to: string
  lang: Lang
  subject: string
  body: string
  /** Where such letters are refused with one press (RFC 8058). */
  unsubscribe?: string | undefined
}

/** @throws when the letter was not taken; the caller tries again later. */
export interface Mailer {
  /** Letters of these ids are not kept any more; absent where letters leave the house. */
  forget?(ids: readonly string[]): Promise<void>
  /** Those of these ids that are still here after they were sent; absent where letters leave the house. */
  kept?(ids: readonly string[]): Promise<{ id: string; subject: string; text: string }[]>
  /** How many letters it takes at a time just now; a few where it does not say. */
  readonly atOnce?: number | undefined
  /** @param given ends when nobody waits for the answer any more: the letter is not sent after that, and holds up no other */
  send(letter: Letter, given?: AbortSignal): Promise<void>
  /** What a process that was killed left half-written before `before` goes; absent where nothing is written. */
  tidy?(before: Date): Promise<number>
  /** Connections that stay open between letters end; a letter that is being written here is written to its end. */
  close(): Promise<void>
}

/** How letters leave the house: chosen by what SMTP_URL begins with. */
export interface MailAdapter {
  /** `smtp`, `smtps`: what stands before `://`, small letters. */
  protocols: readonly string[]
  /** Nobody is asked until the first letter is sent. @param from who the letters are from, `Name <address>` */
  open(how: { url: string; from: string }): Mailer
}

export interface OutboundRequest {
  method?: 'GET' | 'POST'
  url: string
  headers?: Record<string, string>
  body?: string
  /** Whole exchange, from the name look-up to the last byte. */
  deadlineMs: number
  /** More than this is not read: `truncated` says so. */
  maxBytes: number
  /** Redirects followed, each checked anew; 0 for webhooks. */
  maxRedirects: number
  /** Nobody waits for the answer any more: the exchange is broken off. */
  signal?: AbortSignal | undefined
  /**
   * Over a connection that stays open for the next request to the same place. One that the other side has closed while
   * it waited is opened anew and the request sent again: only for what may arrive twice.
   */
  keepAlive?: boolean
}

export interface OutboundAnswer {
  status: number
  headers: Record<string, string>
  bytes: Buffer
  truncated: boolean
  /** Where the answer came from in the end. */
  url: string
}

/**
 * HTTP to addresses that people typed in: http and https only, private and special addresses refused unless the
 * operator allowed the host, connected to the very address that was checked.
 * @throws Problem `outbound.refused` (the address may not be asked), `outbound.failed` (it did not answer)
 */
export interface Outbound {
  request(request: OutboundRequest): Promise<OutboundAnswer>
  /** Ends the connections that wait for a next request. */
  close?(): Promise<void>
}

/** How a feed or an export is written; `auto` finds out. */
export type FeedFormat = 'rss' | 'atom' | 'json-feed' | 'google-trends' | 'hot-search' | 'pinterest' | 'sales'

/** One published thing. A source that says only the day has `day` and no `publishedAt`; one that says neither, none. */
export interface FeedItem {
  externalId: string
  title: string
  url: string | undefined
  publishedAt: Date | undefined
  day: string | undefined
  lang: Lang
}

/** A term's interest over time, as an export gives it: `day` is the first day (`2026-11-16`) of each period. */
export interface FeedSeries {
  term: string
  region: string | undefined
  granularity: 'day' | 'week' | 'month'
  points: readonly { day: string; value: number }[]
}

/** What a column of a table can be. */
export const COLUMN_ROLES = [
  'date',
  'product',
  'category',
  'units',
  'keyword',
  'value',
  'title',
  'url',
  'region',
  'partial',
] as const
export type ColumnRole = (typeof COLUMN_ROLES)[number]
export interface ColumnTaken {
  role: ColumnRole
  /** The column's own name, or `#3` where it has none. */
  column: string
}
/** Which column a person says is what. */
export type ColumnGiven = Readonly<Partial<Record<ColumnRole, string>>>

export interface FeedContents {
  format: FeedFormat
  /** What a feed calls itself. */
  title: string | undefined
  items: readonly FeedItem[]
  series: readonly FeedSeries[]
  /** What was changed, left out or guessed, for the person who sent it. */
  notes: readonly Localized[]
  /** Entries (or cells) that were read otherwise than they are written, and that were not kept at all. */
  changed: number
  leftOut: number
  /** Of a table with text in it: what was taken as what, and the names of all its columns. */
  columns?: readonly ColumnTaken[]
  found?: readonly string[]
}

/** A table, whatever program wrote it. */
export interface Sheet {
  rows: string[][]
  /** `cells`: a workbook or a page, which separates them itself. */
  separator: Separator
  notes: Localized[]
}

export interface FeedReadOptions {
  /** The answer's Content-Type, if there was one: its charset counts. */
  contentType?: string | undefined
  /** A file's name may carry the day of a list that does not say it (`2026-11-16.json`). */
  fileName?: string | undefined
  /** The answer's Content-Encoding: servers compress although they are asked not to. */
  contentEncoding?: string | undefined
  /** Where it was fetched from: relative links are completed from it. */
  address?: string | undefined
  declaredFormat: FeedFormat | 'auto'
  columns?: ColumnGiven | undefined
  /** Which number of 5/2/25 is the month, where somebody said so. */
  dates?: 'month-first' | 'day-first' | undefined
  deadlineMs: number
  /** Of the bytes, and of what they are when unpacked. */
  maxBytes: number
}

/**
 * Feeds and exports from strangers, decoded and read in a thread of their own, which is stopped and replaced when it
 * takes too long.
 * @throws Problem `feeds.*` saying what is wrong with the bytes and what to do about it
 */
export interface FeedReader {
  read(bytes: Uint8Array, options: FeedReadOptions): Promise<FeedContents>
  /** Any other list: factories, materials. */
  table(
    bytes: Uint8Array,
    options: Pick<FeedReadOptions, 'contentType' | 'fileName' | 'deadlineMs' | 'maxBytes'>,
  ): Promise<Sheet>
  close(): Promise<void>
}

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant'
  content: string
}

export interface ModelRequest {
  purpose: string
  messages: ChatMessage[]
  /** JSON Schema of the wanted answer (every field required, no extra ones). */
  schema: Record<string, unknown>
  schemaName: string
  temperature: number
  seed: number
  maxTokens: number
}

export interface ModelAnswer {
  text: string
  model: string
  requestId: string | undefined
  mode: 'json_schema' | 'json_object' | 'prompt'
  usage: { input: number; output: number }
  /** Millionths of the account's currency unit, from the configured price. */
  costMicros: number
  latencyMs: number
  attempts: number
}

/** Words and parameters from a model behind an OpenAI-compatible endpoint. Absent when none is configured. */
export interface LanguageModel {
  readonly name: string
  /** Time for everything that one question causes: attempts, waiting between them, other forms, a repair. */
  readonly deadlineMs: number
  /** The most one such request may cost, millionths: what is set aside before it is asked. */
  mostMicros(request: ModelRequest): number
  /** What a request costs in any case once it was sent, millionths: booked where nobody knows what came of it. */
  sentMicros(request: ModelRequest): number
  /** @param leftMs what is left of a question's time, where this is not its first call */
  complete(request: ModelRequest, leftMs?: number): Promise<ModelAnswer>
  /** Undefined where the endpoint offers no moderation. */
  moderate?(text: string): Promise<{ flagged: boolean; categories: string[] }>
}

export interface ImageModel {
  readonly name: string
  /** Price of one picture, millionths: what is set aside before it is asked. */
  readonly priceMicros: number
  generate(request: {
    prompt: string
    size: '1024x1024' | '1024x1536'
  }): Promise<{ png: Buffer; model: string; costMicros: number }>
  /** Redraw our own packshot, so that the cut stays what it is. */
  edit(request: {
    prompt: string
    image: Buffer
    size: '1024x1024' | '1024x1536'
  }): Promise<{ png: Buffer; model: string; costMicros: number }>
}

/** One picture model's endpoint, as the configuration names it. */
export interface ImageConfig {
  /** Of the adapter: `openai` (images.generate and images.edit), `dashscope` (the native multimodal-generation route). */
  kind: string
  /** The part before the routes, e.g. `https://api.openai.com/v1`. */
  baseUrl: string
  apiKey?: string
  model: string
  /** DashScope has a model of its own for edits. */
  editModel?: string
  /** One picture, with all attempts and the download. */
  timeoutMs: number
  retries: number
  /** Price of one picture in millionths of the account's currency. */
  priceMicros: number
  /** Members an endpoint wants beside the standard ones; null takes one out. */
  extraBody?: Readonly<Record<string, unknown>>
  fetch?: typeof globalThis.fetch
}

/** Who draws pictures: chosen by IMAGE_PROVIDER. */
export interface ImageAdapter {
  kind: string
  /** Where it is asked if the operator names no address. */
  baseUrl: string
  open(config: ImageConfig, outbound: Outbound): ImageModel
}

/** The master keys of this installation: the first one writes and signs, the others are read. */
export interface KeyRing {
  keys(): readonly MasterKey[]
  /** Look at once whether somebody has changed them. @returns whether they are others now */
  refresh(): boolean
  /** Absent where keys come from the environment: whoever runs the nodes changes them there. */
  change?: {
    /** A new key writes from now on; links of the others are good until then. @returns its id */
    add(until: Date): string
    forget(ids: readonly string[]): void
  }
}

/** Encrypts secrets at rest (AES-256-GCM) under the newest master key and signs links. */
export interface Vault {
  /** @returns a text that carries the id of its key */
  seal(secret: string): string
  open(sealed: string): string
  /** The id of the key that seals and signs now. */
  writes(): string
  /** A token that proves `subject` was issued by us, for buyers' and factories' links. */
  sign(purpose: string, subject: string): string
  /** The same token as each key that is known makes it, the writing one first: to find again what an older one named. */
  signAll(purpose: string, subject: string): { key: string; token: string }[]
  verify(purpose: string, subject: string, token: string): boolean
}

export interface Log {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

export interface Engines {
  files: FileStore
  mailer: Mailer
  outbound: Outbound
  feeds: FeedReader
  vault: Vault
  language: LanguageModel | undefined
  image: ImageModel | undefined
}
