// A CouchDB-like server on LevelDB in FOLDER, put up as the README of express-pouchdb says. Each line of stdin is a file
// of documents, new or changed, for the database `customers`; stdout gets the port, then one line a file that is in.
'use strict'

const fs = require('fs')
const os = require('os')
const readline = require('readline')
// express 5 refuses what express-pouchdb sets on a request; its own express 4 does not.
const express = require(require.resolve('express', { paths: [require.resolve('express-pouchdb')] }))
const expressPouch = require('express-pouchdb')
const Pouch = require('pouchdb').defaults({ prefix: process.argv[2] })

const AT_ONCE = 1000

async function put (customers, documents) {
  const known = await customers.allDocs({ keys: documents.map((document) => document._id) })
  documents.forEach((document, index) => { document._rev = known.rows[index].value?.rev })
  const failed = (await customers.bulkDocs(documents)).filter((answer) => answer.error)
  if (failed.length > 0) throw new Error(JSON.stringify(failed[0]))
}

async function load (file) {
  const customers = new Pouch('customers')
  const some = []
  for await (const line of readline.createInterface({ input: fs.createReadStream(file) })) {
    some.push(JSON.parse(line))
    if (some.length === AT_ONCE) await put(customers, some.splice(0))
  }
  if (some.length > 0) await put(customers, some)
  return (await customers.info()).doc_count
}

const app = express()
app.use('/db', expressPouch(Pouch, { inMemoryConfig: true, logPath: os.devNull }))
const listening = app.listen(0, '127.0.0.1', async () => {
  console.log(JSON.stringify({ port: listening.address().port }))
  for await (const file of readline.createInterface({ input: process.stdin })) {
    console.log(JSON.stringify({ documents: await load(file) }))
  }
  process.exit()
})
