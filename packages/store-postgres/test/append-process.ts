import { createPostgresStore } from '../src/index.ts';
import { appendMany } from './append-many.ts';
import { openPool } from './postgres-harness.ts';

const [url = '', schema = '', book = '', name = '', batches = '', size = ''] = process.argv.slice(2);
const pool = openPool(url, { max: 2 });
const store = createPostgresStore({ client: pool, schema });
const fared = await appendMany(store, book, { name, batches: Number(batches), size: Number(size) });
process.stdout.write(JSON.stringify(fared));
await store.close();
await pool.end();
