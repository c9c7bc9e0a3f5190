/** What a form says of a buyer, as the schema means it: nothing typed is nothing said. */
import type { Contact } from '../../stages/5-demand/contact.ts'
import { typed, type Form } from './forms.ts'

const PARTS = ['region', 'city', 'district', 'street', 'more', 'postcode'] as const

/** Passed on as it was typed: the schema says what is wrong with it. */
export function contactIn(form: Form): Contact {
  const parts = Object.fromEntries(PARTS.map((part) => [part, typed(form, `address.${part}`)]))
  const hasAddress = Object.values(parts).some((part) => part !== undefined)
  const said = {
    phone: typed(form, 'phone'),
    kind: typed(form, 'kind') === 'consumer' ? undefined : typed(form, 'kind'),
    company: typed(form, 'company'),
    taxNumber: typed(form, 'taxNumber'),
    // A country is chosen before anybody has typed anything.
    address: hasAddress ? known({ country: typed(form, 'address.country'), street: '', ...known(parts) }) : undefined,
  }
  return known(said) as Contact
}

const known = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
