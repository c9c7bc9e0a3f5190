import { refusals } from '../../core/errors.ts'

/** What is refused at the door, before any stage is asked. */
export const refused = refusals({
  'uploads.empty': { status: 422, en: 'Choose a file.', zh: '请选择要上传的文件。' },
  'uploads.no-file': {
    status: 422,
    en: 'Choose a file and send it as the field "file".',
    zh: '请选择文件，并以 file 字段提交。',
  },
  'uploads.too-large': {
    status: 413,
    en: 'The file is too large. At most {mb} MB can be sent at once.',
    zh: '文件过大，每次最多 {mb} MB。',
  },
  'uploads.multipart': {
    status: 415,
    en: 'Send the file as multipart/form-data.',
    zh: '请以 multipart/form-data 提交文件。',
  },
  'campaigns.days': {
    status: 422,
    en: 'A campaign lasts 1 to 120 days. Choose a number of days.',
    zh: '预售天数为 1–120 天，请重新填写。',
  },
})
