import { sayAmount } from '#text/format-number.ts';
import type { Deployment } from '../deployment.ts';
import type { Timing } from '../timing/plan-timing.ts';
import { type Candidate, NAMED_FROM } from './limit.ts';

/** Most connections of an Aurora Serverless v2 cluster whose minimum is 0 or 0.5 ACU, at any maximum; AWS documentation. */
const MOST_CONNECTIONS = 2_000;
const MOST_ACU = 256;

export function connectionLimit({ regime, shards }: Deployment): Candidate | null {
  if (regime === 'shared') return null;
  return {
    id: 'connections',
    text: () => `${sayAmount(shards)} connections, one a shard, of ${sayAmount(MOST_CONNECTIONS)}`,
    use: shards / MOST_CONNECTIONS,
    possible: shards <= MOST_CONNECTIONS,
  };
}

/**
 * The limit of the database's capacity. It is named if the rows ask for more ACU than the database has while it is awake.
 *
 * @param rowsMsPerSecond time in the database to write the rows of a second, ms
 */
export function acuLimit(
  { parameters, deployment, awake: { share } }: Pick<Timing, 'parameters' | 'deployment' | 'awake'>,
  rowsMsPerSecond: number,
): Candidate | null {
  if (deployment.regime === 'shared') return null;
  if (share === 0) return null;
  const acu = (rowsMsPerSecond / 1_000 / share) * parameters.acuPerCore;
  if (acu <= deployment.acuAwake) return null;
  return {
    id: 'acu',
    text: () => `its rows ask for ${sayAmount(acu)} ACU while the database is awake; a cluster has ${MOST_ACU} at most`,
    use: Math.max(NAMED_FROM, acu / MOST_ACU),
    possible: acu <= MOST_ACU,
  };
}
