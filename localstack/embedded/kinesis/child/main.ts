import type { AddressInfo } from 'node:net';
import type { KinesisMessage } from '../kinesis-message.ts';
import { limitGetRecords } from './get-records.ts';
import { answerGetShardIterator } from './get-shard-iterator.ts';
import { loadKinesalite } from './kinesalite.ts';

// Program of a process of its own: kinesalite on 127.0.0.1 at the port of the second argument; the first is the path
// of kinesalite's index.js, since this bundle may lie outside of the project.
const [modulePath = '', port = '0'] = process.argv.slice(2);

const tell = (message: KinesisMessage) => process.send?.(message);

const kinesalite = loadKinesalite(modulePath, {
  getRecords: limitGetRecords,
  getShardIterator: answerGetShardIterator,
});
const server = kinesalite.createServer({
  createStreamMs: 10,
  deleteStreamMs: 10,
  updateStreamMs: 10,
  shardLimit: 10_000,
});
server.keepAliveTimeout = 0;

// kinesalite throws when a client is gone in the middle of a request, which would end it for everyone.
server.on('request', (request) => {
  request.removeAllListeners('error');
  request.on('error', () => {});
});

server.once('error', (error: NodeJS.ErrnoException) => {
  tell({ kind: 'failed', code: error.code ?? 'unknown', message: error.message });
});
server.listen(Number(port), '127.0.0.1', () => {
  tell({ kind: 'listening', port: (server.address() as AddressInfo).port });
});

process.on('disconnect', () => process.exit(0));
