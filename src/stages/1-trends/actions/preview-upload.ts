import { action } from '../../action.ts'
import type { TrendsContext } from '../context.ts'
import { upload } from '../inputs.ts'
import type { UploadPreview } from '../model.ts'
import { readUpload } from '../uploading.ts'
import { uploadView } from '../views.ts'

/** What an upload would bring and which column would be taken as what; nothing is stored. */
export const previewUpload = action({
  name: 'trends.preview-upload',
  scope: 'trends',
  input: upload,
  output: uploadView,
  async run(context: TrendsContext, _actor, input): Promise<UploadPreview> {
    const { prepared: _, ...read } = await readUpload(context, input)
    return read
  },
})
