// Keys and the document viewer for staff. Without it: links, buttons and the browser's own zoom.
(() => {
  'use strict'
  const rows = () => [...document.querySelectorAll('[data-rows] [data-row]')]
  const links = row => row.querySelector('a[href]')
  const here = () => rows().findIndex(row => row.contains(document.activeElement))

  function step(by) {
    const list = rows()
    if (!list.length) return
    const row = list[Math.min(Math.max(here() + by, 0), list.length - 1)]
    links(row).focus()
    row.scrollIntoView({ block: 'nearest' })
  }
  // Back in a list, after claiming or from a file, the keys go on where they were. Not before the browser has gone to
  // the place itself, which takes the focus away.
  addEventListener('load', () => setTimeout(() => {
    const left = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (left && left.matches('[data-row]')) { links(left).focus({ preventScroll: true }); left.scrollIntoView({ block: 'nearest' }) }
  }))

  function press(selector) {
    const row = rows()[here()]
    const target = (row && row.querySelector(selector)) || (!(row && row.querySelector('form')) && document.querySelector(`main ${selector}`))
    if (target) { target.click(); return true }
    return false
  }

  // On any page <a data-key="x"> or <button data-key="x"> answers to its key; the list knows j, k, enter and c.
  const keys = { j: () => step(1), k: () => step(-1), c: () => press('[data-claim] button, button[data-claim]'), '/': () => document.querySelector('[data-quickfind]').focus(), '?': () => document.getElementById('keys').showModal() }
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (window.klarsag.typing(event.target) || document.querySelector('dialog[open]')) return
    const own = [...document.querySelectorAll('[data-key]')].find(element => element.dataset.key === event.key && !element.disabled)
    if (own) {
      event.preventDefault()
      own.focus()
      own.click()
      const first = own.matches('summary') && own.parentElement.open && own.parentElement.querySelector('input, textarea, select')
      if (first) first.focus()
      return
    }
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  })

  // Viewer: fit, double size, turn. Classes only: the page's policy forbids inline style.
  document.addEventListener('click', event => {
    const button = event.target.closest('[data-view]')
    const viewer = button && button.closest('.k-viewer')
    if (!viewer) return
    event.preventDefault()
    if (button.dataset.view === 'zoom') { viewer.classList.toggle('k-viewer--x2'); viewer.classList.toggle('k-viewer--fit') }
    if (button.dataset.view === 'turn') {
      const turn = (Number(viewer.dataset.turn || 0) + 1) % 4
      viewer.className = viewer.className.replace(/ ?k-viewer--turn-\d/, '')
      if (turn) viewer.classList.add(`k-viewer--turn-${turn}`)
      viewer.dataset.turn = turn
    }
  })

  // Minutes that run: <span data-since="2026-11-25T10:00:00Z" data-words="{n} min">.
  function tick() {
    for (const clock of document.querySelectorAll('[data-since]')) {
      const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(clock.dataset.since)) / 60000))
      clock.textContent = clock.dataset.words.replace('{n}', minutes)
    }
  }
  tick()
  setInterval(tick, 20000)
})()
