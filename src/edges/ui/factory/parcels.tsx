/** An order that its factory sends to the buyers itself: whom it goes to, and the parcels that have left. */
import { Field, Refusal, type Sent } from '../parts.tsx'
import { say, type View } from '../view.ts'

export function FactoryParcels({ view, orderId, sent }: { view: View; orderId: string; sent: Sent }) {
  const here = `/factory/jobs/${orderId}`
  return (
    <section class="section">
      <h2>{say(view, { zh: '直接寄给买家', en: 'Send it to the buyers' })}</h2>
      <p class="section-note">
        {say(view, {
          zh: '本单由贵厂逐单寄给买家。收件人信息只可用于寄送本单，请勿留存。寄出后在清单中填写承运商和运单号并传回，买家会各自收到自己的单号。',
          en: 'You send this order to each of its buyers. Use their addresses for nothing else and do not keep them. Fill carrier and number into the list and send it back: each buyer is told their own.',
        })}
      </p>
      <p class="actions">
        <a class="button" href={`${here}/shipments.csv`}>
          {say(view, { zh: '收件清单 CSV', en: 'List of addresses' })}
        </a>
        <a class="button" href={`${here}/slips.pdf`}>
          {say(view, { zh: '装箱单 PDF', en: 'Packing slips' })}
        </a>
      </p>
      <form class="form" method="post" action={`${here}/parcels`} encType="multipart/form-data">
        <Refusal view={view} sent={sent} fields={['file']} />
        <Field
          view={view}
          sent={sent}
          name="file"
          type="file"
          label={{ zh: '填好的清单', en: 'The list, filled in' }}
          required
          hint={{
            zh: '有一行错误则整份不登记。',
            en: 'With one wrong line nothing is recorded.',
          }}
        />
        <button type="submit" class="primary">
          {say(view, { zh: '登记包裹', en: 'Record the parcels' })}
        </button>
      </form>
    </section>
  )
}
