// Builds what the pages are drawn with: `node frontend/build.mjs [output folder]`.
//
// Reads frontend/*.scss, static/ and two files of htmx; writes var/assets/<name>-<hash>.<ext>,
// a .gz beside every text file that gains by it, and manifest.json (logical name -> hashed name).
// Everything is written to a folder beside and moved in one step, so that a page never meets half a build.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import postcss from 'postcss'
import rtlcss from 'postcss-rtlcss'
import * as sass from 'sass'

const HERE = dirname(fileURLToPath(import.meta.url))
const ROOT = dirname(HERE)
const MODULES = join(ROOT, 'node_modules')
const OUT = resolve(process.argv[2] ?? join(ROOT, 'var', 'assets'))
const TEXT = new Set(['.css', '.js', '.svg', '.json', '.webmanifest'])
const SHEETS = ['klarsag', 'staff']
const COPIED = { 'htmx.js': join(MODULES, 'htmx.org', 'dist', 'htmx.min.js') }
const FORBIDDEN = /GDS Transport|govuk-crown|assets\/fonts|crown copyright/i

// What govuk-frontend repeats in every rule and we say once on the body; old fall-backs of variables we always set.
const slim = {
  postcssPlugin: 'slim',
  AtRule: { media(rule) { if (rule.params === 'print' && /\.govuk-/.test(rule.toString()) && !/\.k-/.test(rule.toString())) rule.remove() } },
  Declaration(declaration) {
    if (!/\.govuk-/.test(declaration.parent.selector ?? '')) return
    if (declaration.prop === 'font-family' || declaration.prop.endsWith('font-smoothing')) declaration.remove()
    else if (/var\(--govuk-[a-z-]+, [^()]+\)/.test(declaration.value)) {
      declaration.value = declaration.value.replace(/(var\(--govuk-[a-z-]+), [^()]+\)/g, '$1)')
    }
  },
}

// :where() keeps the weight of the mirrored rules equal to the originals: ours, later in the file, still win.
const mirrored = postcss([slim, rtlcss({
  ltrPrefix: ':where([dir="ltr"])', rtlPrefix: ':where([dir="rtl"])', bothPrefix: ':where([dir])',
})])

function sheet(name) {
  const made = sass.compile(join(HERE, `${name}.scss`), {
    loadPaths: [MODULES], style: 'compressed', charset: false, quietDeps: true,
  })
  const css = mirrored.process(made.css, { from: undefined }).css.replace(/\n\s*/g, '')
  if (FORBIDDEN.test(css)) throw new Error(`${name}.css still carries another government's brand`)
  return css
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}

function sources() {
  const made = SHEETS.map(name => [`${name}.css`, Buffer.from(sheet(name))])
  const copied = Object.entries(COPIED).map(([name, path]) => [name, readFileSync(path)])
  const own = filesBelow(join(ROOT, 'static'))
    .map(path => [relative(join(ROOT, 'static'), path).replaceAll('\\', '/'), readFileSync(path)])
  return [...made, ...copied, ...own].sort(([a], [b]) => (a < b ? -1 : 1))
}

function hashedName(name, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  const ext = extname(name)
  return join(dirname(name), `${basename(name, ext)}-${hash}${ext}`)
}

function write(folder, name, bytes) {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  if (!TEXT.has(extname(name))) return
  const packed = gzipSync(bytes, { level: 9 })
  if (packed.length < bytes.length * 0.9) writeFileSync(`${path}.gz`, packed)
}

function putInPlace(fresh) {
  // The last build's files stay one round: a page drawn before the change still asks for them.
  const old = join(OUT, 'manifest.json')
  if (existsSync(old)) {
    for (const name of Object.values(JSON.parse(readFileSync(old)))) {
      for (const kept of [name, `${name}.gz`]) {
        if (existsSync(join(OUT, kept)) && !existsSync(join(fresh, kept))) cpSync(join(OUT, kept), join(fresh, kept))
      }
    }
  }
  rmSync(OUT, { recursive: true, force: true })
  renameSync(fresh, OUT)
}

function build() {
  const fresh = `${OUT}.new`
  rmSync(fresh, { recursive: true, force: true })
  const manifest = {}
  for (const [name, bytes] of sources()) {
    manifest[name] = hashedName(name, bytes)
    write(fresh, manifest[name], bytes)
    console.log(`${String(bytes.length).padStart(8)}  ${manifest[name]}`)
  }
  writeFileSync(join(fresh, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`)
  putInPlace(fresh)
}

build()
