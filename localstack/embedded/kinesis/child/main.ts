import type { AddressInfo } from 'node:net';
import type { KinesisMessage } from '../start-kinesis.ts';
import { limitGetRecords } from './get-records.ts';
import { answerGetShardIterator } from './get-shard-iterator.ts';
import { loadKinesalite } from './kinesalite.ts';

// Child program: kinesalite on 127.0.0.1. Arguments: the path of kinesalite's index.js, since this bundle may lie outside
// of the project, and the port.
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

// kinesalite throws when a client disconnects within a request, and the error would end it for all clients.
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
