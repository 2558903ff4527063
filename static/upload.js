// Sends files one by one with a bar, retry and cancel. fetch() knows no upload progress, so XMLHttpRequest.
// Without it the same input travels with its form. Answer of the server: HTML (the fresh part that `data-done` names) when it
// was taken or refused in words (422), or {"say": "..."} as JSON.
(() => {
  'use strict'
  if (!window.FormData || !window.XMLHttpRequest) return

  function element(tag, className, text) {
    const made = document.createElement(tag)
    if (className) made.className = className
    if (text) made.textContent = text
    return made
  }
  function button(text, kind, act) {
    const made = element('button', `k-button k-button--small k-button--${kind}`, text)
    made.type = 'button'
    made.addEventListener('click', act)
    return made
  }

  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(n => n.toString(16).padStart(2, '0')).join('')

  function prepare(box) {
    if (box.dataset.ready) return
    box.dataset.ready = '1'
    const say = JSON.parse(box.dataset.say)
    const input = box.querySelector('input[type=file]')
    const list = box.parentElement.querySelector('[data-sending]')
    const form = input.form
    const queue = []
    let busy = false

    const ways = element('div', 'k-file__ways')
    const camera = element('input')
    Object.assign(camera, { type: 'file', accept: 'image/*', tabIndex: -1 })
    camera.setAttribute('capture', 'environment')
    camera.setAttribute('aria-hidden', 'true')
    ways.append(camera, button(say.camera, 'first k-file__camera', () => camera.click()), button(say.choose, 'secondary', () => input.click()))
    for (const each of ways.querySelectorAll('button')) each.classList.remove('k-button--small')
    box.append(ways, element('p', 'k-file__drop', say.drop))
    box.classList.add('k-file--scripted')
    input.tabIndex = -1
    // Help and error of the hidden input belong to the button people reach.
    const described = input.getAttribute('aria-describedby')
    if (described) ways.lastElementChild.setAttribute('aria-describedby', described)
    for (const alone of document.querySelectorAll('[data-only-plain]')) alone.hidden = true

    for (const source of [input, camera]) {
      source.addEventListener('change', () => { for (const file of source.files) add(file); source.value = '' })
    }
    for (const kind of ['dragenter', 'dragover']) box.addEventListener(kind, event => { event.preventDefault(); box.classList.add('k-file--over') })
    for (const kind of ['dragleave', 'drop']) box.addEventListener(kind, () => box.classList.remove('k-file--over'))
    box.addEventListener('drop', event => { event.preventDefault(); for (const file of event.dataTransfer.files) add(file) })

    function add(file) {
      const row = element('li')
      const name = element('bdi', 'k-sending__name', file.name)
      const words = element('span', 'k-sending__say')
      const bar = element('progress', 'k-bar k-bar--sea')
      bar.max = 100
      bar.value = 0
      bar.setAttribute('aria-label', file.name)
      const acts = element('div', 'k-sending__ways')
      row.append(name, words, bar, acts)
      list.append(row)
      const job = { file, row, words, bar, acts, key: newKey() }
      if (file.size > Number(box.dataset.maxBytes)) return fail(job, say.too_big.replace('{n}', Math.floor(box.dataset.maxBytes / 1048576)), false)
      queue.push(job)
      next()
    }
    function next() {
      if (busy || !queue.length) return
      busy = true
      send(queue.shift())
    }
    function finished() { busy = false; next() }
    function fail(job, text, again) {
      job.row.className = 'k-sending--fault'
      job.bar.hidden = true
      job.words.textContent = text
      job.acts.replaceChildren()
      if (again) job.acts.append(button(say.retry, 'secondary', () => { queue.push(job); job.acts.replaceChildren(); next() }))
      job.acts.append(button(say.remove, 'quiet', () => job.row.remove()))
    }
    function send(job) {
      const request = new XMLHttpRequest()
      // With all that is typed so far: whoever is called away after choosing a file has lost nothing.
      const data = new FormData(form)
      for (const other of form.elements) if (other.type === 'file') data.delete(other.name)
      data.set('idempotency_key', job.key) // the same when it is tried again
      data.append(box.dataset.name, job.file, job.file.name)
      job.row.className = ''
      job.bar.hidden = false
      job.acts.replaceChildren(button(say.cancel, 'quiet', () => request.abort()))
      request.open('POST', box.dataset.upload)
      request.setRequestHeader('X-Upload', '1')
      request.setRequestHeader('Accept', 'text/html, application/json')
      const token = form.querySelector('input[name=csrf_token]')
      if (token) request.setRequestHeader('X-CSRFToken', token.value)
      request.upload.addEventListener('progress', event => {
        const share = event.lengthComputable ? Math.round(100 * event.loaded / event.total) : 0
        job.bar.value = share
        job.words.textContent = share < 100 ? say.sending.replace('{n}', share) : say.checking
      })
      request.addEventListener('load', () => { answered(job, request); finished() })
      request.addEventListener('error', () => { fail(job, say.failed, true); finished() })
      request.addEventListener('timeout', () => { fail(job, say.failed, true); finished() })
      request.addEventListener('abort', () => { fail(job, say.cancelled, true); finished() })
      request.timeout = 300000
      request.send(data)
    }
    function answered(job, request) {
      const type = request.getResponseHeader('Content-Type') || ''
      const json = type.includes('json') ? JSON.parse(request.responseText) : null
      if (request.status >= 500 || request.status === 429 || request.status === 0) return fail(job, (json && json.say) || say.failed, true)
      if (request.status >= 400) return fail(job, refusal(json, request.responseText) || say.failed, false)
      job.row.className = 'k-sending--done'
      job.bar.hidden = true
      job.words.textContent = (json && json.say) || say.done
      job.acts.replaceChildren()
      if (!json) show(request.responseText)
      setTimeout(() => job.row.remove(), 4000)
    }
    function refusal(json, html) {
      if (json) return json.say
      const part = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-refusal], .govuk-error-message')
      return part && part.textContent.trim()
    }
    function show(html) {
      const fresh = new DOMParser().parseFromString(html, 'text/html').querySelector(box.dataset.done)
      const old = document.querySelector(box.dataset.done)
      if (!fresh || !old) return
      old.replaceWith(fresh)
      if (window.htmx) window.htmx.process(fresh)
      window.klarsag.begin(fresh)
      start()
    }
  }

  const start = () => document.querySelectorAll('[data-upload]').forEach(prepare)
  start()
  document.addEventListener('htmx:after:swap', start)
})()
