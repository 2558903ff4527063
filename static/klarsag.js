// What makes the pages nicer when scripts run. Nothing here is needed: every act is a form, every menu opens by itself.
(() => {
  'use strict'
  const all = (selector, root = document) => root.querySelectorAll(selector)
  const typing = element => element.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]')

  // Focus the error summary; its links lead into the box, not only to it.
  function showErrors(root) {
    const summary = root.querySelector('[data-error-summary]')
    if (summary) summary.focus()
  }
  document.addEventListener('click', event => {
    const link = event.target.closest('[data-error-summary] a[href^="#"]')
    const box = link && document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (!box) return
    event.preventDefault()
    const group = box.closest('.govuk-form-group, fieldset')
    if (group) group.scrollIntoView({ block: 'start' })
    box.focus({ preventScroll: true })
  })

  // A double click sends once. The button's name and value still travel: it is marked after the browser has read it.
  document.addEventListener('submit', event => {
    const form = event.target
    if (!form.matches('form[data-once]')) return
    if (form.dataset.sent) { event.preventDefault(); return }
    if (event.defaultPrevented) return
    form.dataset.sent = '1'
    const button = event.submitter
    setTimeout(() => { if (button) { button.setAttribute('aria-disabled', 'true'); button.classList.add('k-button--busy') } })
    setTimeout(() => release(form), 15000) // a download, or a connection that went: the page must not stay dead
  })
  function release(form) {
    delete form.dataset.sent
    for (const button of [...form.elements].filter(one => one.classList.contains('k-button--busy'))) { button.removeAttribute('aria-disabled'); button.classList.remove('k-button--busy') }
  }
  addEventListener('pageshow', () => all('form[data-sent]').forEach(release)) // the back button brings the old page back

  // Dialogs: the opener is a link that works alone; with <dialog> it opens here.
  document.addEventListener('click', event => {
    const opener = event.target.closest('[data-opens]')
    const dialog = opener && document.getElementById(opener.dataset.opens)
    if (dialog && dialog.showModal) { event.preventDefault(); dialog.showModal() }
    if (event.target.closest('[data-closes]')) { event.preventDefault(); event.target.closest('dialog').close() }
    if (event.target.matches('dialog')) event.target.close() // the backdrop
    for (const menu of all('details[data-menu][open]')) if (!menu.contains(event.target)) menu.open = false
  })
  document.addEventListener('keydown', event => {
    const menu = event.key === 'Escape' && event.target.closest && event.target.closest('details[data-menu][open]')
    if (menu) { menu.open = false; menu.querySelector('summary').focus() }
  })

  // Questions under an answer show only while it is picked.
  function reveal(root) {
    for (const input of all('[data-reveals]', root)) {
      const part = document.getElementById(input.dataset.reveals)
      if (part) part.hidden = !input.checked
    }
  }
  document.addEventListener('change', event => { if (event.target.matches('[type=radio], [type=checkbox]')) reveal(document) })

  // Signs left.
  function count(area) {
    const note = document.getElementById(`${area.id}-count`)
    const left = Number(area.dataset.max) - [...area.value].length
    note.textContent = (left < 0 ? area.dataset.over : area.dataset.left).replace('{n}', Math.abs(left))
    note.classList.toggle('k-count--over', left < 0)
  }
  document.addEventListener('input', event => { if (event.target.matches('textarea[data-max]')) count(event.target) })

  // Autosave: <form data-autosave="/where"> sends what is typed a moment after typing stops; the answer's text goes to [role=status].
  const waiting = new WeakMap()
  async function save(form) {
    const note = form.querySelector('.k-saved') || document.querySelector('.k-saved')
    try {
      const answer = await fetch(form.dataset.autosave, { method: 'POST', body: new FormData(form), headers: { 'X-Autosave': '1' }, credentials: 'same-origin' })
      if (note && answer.ok) note.textContent = await answer.text()
    } catch { /* no network: the form itself still saves when sent */ }
  }
  document.addEventListener('input', event => {
    const form = event.target.form
    if (!form || !form.dataset.autosave || event.target.type === 'file') return
    clearTimeout(waiting.get(form))
    waiting.set(form, setTimeout(save, 900, form))
  })
  document.addEventListener('submit', event => clearTimeout(waiting.get(event.target)))

  // A question before an act, without inline script: <form data-confirm="dialog id"> opens it; its own form sends.
  document.addEventListener('submit', event => {
    const dialog = event.target.dataset.confirm && document.getElementById(event.target.dataset.confirm)
    if (!dialog || !dialog.showModal) return
    event.preventDefault()
    release(event.target)
    dialog.showModal()
  })

  document.addEventListener('click', event => { if (event.target.closest('[data-print]')) print() })
  document.addEventListener('change', event => { if (event.target.matches('[data-submits]')) event.target.form.requestSubmit() })

  function begin(root) {
    reveal(root)
    for (const area of all('textarea[data-max]', root)) count(area)
    for (const button of all('[data-needs-script]', root)) button.hidden = false
  }
  begin(document)
  showErrors(document)
  // htmx 4: after a swap nobody has focus and nothing of ours has run on the new part.
  document.addEventListener('htmx:after:swap', event => {
    const part = (event.detail && event.detail.ctx && event.detail.ctx.target) || event.target
    begin(part)
    showErrors(part)
    const wanted = part.querySelector('[data-focus]')
    if (wanted) wanted.focus()
  })
  window.klarsag = { typing, begin }
})()
