// What script makes better; every page works without it.

/** Parts that change while people look at them: fetched with the page and put in place, only while it is visible. */
const main = document.querySelector('main[data-refresh]')
const parts = document.querySelectorAll('[data-live]')
if (main || parts.length) {
  const seconds = Number(main?.dataset.refresh ?? 10)
  const again = async () => {
    if (document.visibilityState === 'visible') {
      try {
        const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
        if (answer.ok) {
          const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
          for (const part of document.querySelectorAll('[data-live]')) {
            const next = fresh.querySelector(`[data-live="${CSS.escape(part.dataset.live)}"]`)
            if (next && next.innerHTML !== part.innerHTML && !part.contains(document.activeElement))
              part.replaceChildren(...next.childNodes)
          }
          if (main && !fresh.querySelector('main[data-refresh]')) return location.reload()
        }
      } catch {
        // Out of reach for a moment: the next look will tell.
      }
    }
    setTimeout(again, seconds * 1000)
  }
  setTimeout(again, seconds * 1000)
}

/** Units and price of what has been filled in, beside the button. */
for (const form of document.querySelectorAll('form[data-price]')) {
  const sum = form.querySelector('[data-sum]')
  const price = Number(form.dataset.price)
  const show = () => {
    const units = [...form.querySelectorAll('[data-quantity]')].reduce((total, { value }) => {
      const quantity = Number(value)
      return total + (Number.isInteger(quantity) && quantity > 0 ? quantity : 0)
    }, 0)
    const chinese = document.documentElement.lang === 'zh-CN'
    const money = new Intl.NumberFormat(chinese ? 'zh-CN' : 'en-GB', {
      style: 'currency',
      currency: form.dataset.currency,
      currencyDisplay: chinese ? 'narrowSymbol' : 'symbol',
    }).format((units * price) / 100)
    const words = chinese
      ? `共 ${units} 件，最多 ${money}`
      : `${units} ${units === 1 ? 'unit' : 'units'}, at most ${money}`
    sum.textContent = units ? words : ''
  }
  form.addEventListener('input', show)
  show()
}

/** An address: cities and districts of China are offered while it is typed; elsewhere there are no districts. */
for (const address of document.querySelectorAll('[data-address]')) {
  const part = (name) => address.querySelector(`[data-part="${name}"]`)
  const [country, region, city] = ['country', 'region', 'city'].map(part)
  const offer = (id, names) =>
    address.querySelector(`#${id}`).replaceChildren(...names.map((name) => new Option(name, name)))
  const provinces = [...address.querySelectorAll('#regions option')].map(({ value }) => value)
  const show = async () => {
    const china = country.value === 'CN'
    part('district').closest('.field').hidden = !china
    offer('regions', china ? provinces : [])
    const asked = new URLSearchParams({ region: region.value, city: city.value })
    const none = { cities: [], districts: [] }
    try {
      const found = china && region.value ? await (await fetch(`/divisions?${asked}`)).json() : none
      offer('cities', found.cities)
      offer('districts', found.districts)
      if (found.cities.length === 1 && !city.value) city.value = found.cities[0]
    } catch {
      // Nothing is offered; what is typed is read all the same.
    }
  }
  for (const each of [country, region, city]) each.addEventListener('change', show)
  show()
}

/** Pictures open large over the page. */
if (typeof HTMLDialogElement === 'function')
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-zoom]') : null
    if (!link || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    const dialog = document.createElement('dialog')
    dialog.className = 'lightbox'
    const image = document.createElement('img')
    image.src = link.href
    image.alt = link.querySelector('img')?.alt ?? ''
    dialog.append(image)
    dialog.addEventListener('click', () => dialog.close())
    dialog.addEventListener('close', () => {
      dialog.remove()
      link.focus()
    })
    document.body.append(dialog)
    dialog.showModal()
  })

/** A form is sent once, however often its button is pressed. */
document.addEventListener('submit', (event) => {
  const button = event.submitter
  if (button instanceof HTMLButtonElement && !event.defaultPrevented) setTimeout(() => (button.disabled = true))
})
addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('button:disabled:not([data-off])')) button.disabled = false
})
