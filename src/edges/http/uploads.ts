import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refused } from './messages.ts'

export interface Upload {
  fields: Record<string, string>
  file: { name: string; type: string; bytes: Buffer } | undefined
}

/** The largest file of a form. */
export const MOST_UPLOAD_BYTES = 5 * 1024 * 1024

const tooLarge = () => refused('uploads.too-large', { mb: MOST_UPLOAD_BYTES / 1024 / 1024 }, { field: 'file' })
/** A form was sent without its file. */
export const chooseFile = () => refused('uploads.empty', undefined, { field: 'file' })

/**
 * Routes that take a file. What reads such forms stays with them: it looks at every request before and after, which
 * cost the pre-orders a tenth of their speed.
 */
export function withUploads(server: FastifyInstance, register: (inner: FastifyInstance) => void): void {
  void server.register(async (inner) => {
    await inner.register(multipart, { limits: { fileSize: MOST_UPLOAD_BYTES, files: 1, fields: 20 } })
    register(inner)
  })
}

/** A multipart form with at most one file, read to its end. @throws Problem 413 over the limit, 415 not multipart */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw refused('uploads.multipart')
  const upload: Upload = { fields: {}, file: undefined }
  for await (const part of request.parts())
    if (part.type === 'field') {
      if (typeof part.value === 'string' && part.value) upload.fields[part.fieldname] = part.value
    } else {
      const bytes = await part.toBuffer().catch((error: unknown) => {
        throw (error as { code?: unknown }).code === 'FST_REQ_FILE_TOO_LARGE' ? tooLarge() : error
      })
      if (bytes.length) upload.file = { name: part.filename, type: part.mimetype, bytes }
    }
  return upload
}

export type FileSent = Upload & { file: NonNullable<Upload['file']> }

/** A form that is there for its file. @throws as above, and Problem 422 where the form came without one */
export async function readFile(request: FastifyRequest): Promise<FileSent> {
  const { file, ...sent } = await readUpload(request)
  if (!file) throw refused('uploads.no-file', undefined, { field: 'file' })
  return { ...sent, file }
}
