import { type Deployment, ownerOf } from '../deployment.ts';
import type { ModelParameters } from '../parameters.ts';
import type { StackUse } from './term.ts';

/** The alarm that watches the stack's own database. */
const DATABASE_ALARM_METRICS = 1;

/** What is paid for as long as the stack stands, whatever comes: a month of it. */
export function standingUses(parameters: ModelParameters, deployment: Deployment): StackUse[] {
  const { regime, endpointZones, alarmMetrics, customMetrics, dashboards } = deployment;
  // A database elsewhere: no network, so no endpoint; a secret that says where it is, and no alarm on its capacity.
  const elsewhere = regime === 'shared';
  const watched = elsewhere ? Math.max(0, alarmMetrics - DATABASE_ALARM_METRICS) : alarmMetrics;
  const owner = ownerOf(deployment);
  return [
    {
      id: 'endpoint-zones',
      label: 'Kinesis endpoint, per zone',
      phrase: 'Kinesis endpoint',
      owner,
      price: 'endpoint-hour',
      quantity: elsewhere ? 0 : endpointZones * parameters.hoursPerMonth,
    },
    {
      id: 'metrics',
      label: 'Custom metrics',
      phrase: 'custom metrics',
      owner,
      price: 'metric-month',
      quantity: customMetrics,
    },
    {
      id: 'alarms',
      label: 'Alarms, per metric',
      phrase: 'alarms',
      owner,
      price: 'alarm-metric-month',
      quantity: watched,
    },
    {
      id: 'dashboard',
      label: 'Dashboard',
      phrase: 'dashboard',
      owner: 'shared',
      price: 'dashboard-month',
      quantity: dashboards,
    },
    {
      id: 'secret',
      label: 'Database: its secret',
      phrase: 'database (its secret)',
      owner,
      price: 'secret-month',
      quantity: elsewhere ? 1 : 0,
    },
  ];
}
