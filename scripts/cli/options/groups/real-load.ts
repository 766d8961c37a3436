import { Option } from 'commander';
import { parseHostField } from '#bench/load/host-field.ts';
import { parseLogFormat } from '#bench/load/log-format.ts';
import { parsed, parseSpeed } from '../values.ts';
import type { OptionGroup } from './option-group.ts';

/** The log that is replayed, and how it is read. */
export function realLoadOptions(): OptionGroup {
  return {
    title: 'Real load, instead of the generated one',
    options: [
      new Option('--input <file>', 'log to replay, plain or gzip; - for standard input'),
      parsed('--format <name>', 'auto, combined, vhost_combined or ndjson', parseLogFormat, 'auto'),
      parsed('--host-field <field>', 'host of a combined log: ip, path or constant:NAME', parseHostField, 'ip'),
      parsed('--speed <factor>', "max, or how many times as fast as the log's own time", parseSpeed, 'max'),
    ],
  };
}
