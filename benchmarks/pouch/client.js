// A workstation on LevelDB in FOLDER beside the server at ADDRESS. Each line of stdin is a step: `pull`, `push`,
// or `write FILE`; stdout gets one line of JSON a step: documents moved, and the seconds it took.
'use strict'

const fs = require('fs')
const readline = require('readline')
const Pouch = require('pouchdb')

const AT_ONCE = 1000
const [folder, address] = process.argv.slice(2)
const here = new Pouch(folder)
const there = new Pouch(`${address}/db/customers`)

async function write (file) {
  const documents = fs.readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line))
  await here.bulkDocs(documents)
  return documents.length
}

async function step (words) {
  if (words[0] === 'write') return write(words[1])
  const [from, to] = words[0] === 'pull' ? [there, here] : [here, there]
  const moved = await Pouch.replicate(from, to, { batch_size: AT_ONCE })
  if (!moved.ok || moved.doc_write_failures > 0) throw new Error(JSON.stringify(moved))
  return moved.docs_written
}

async function main () {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const began = process.hrtime.bigint()
    const rows = await step(line.split(' '))
    console.log(JSON.stringify({ rows, wall_s: Number(process.hrtime.bigint() - began) / 1e9 }))
  }
  await here.close()
}

main()
