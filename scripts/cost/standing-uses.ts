import type { Deployment } from '../model/deployment.ts';
import { ASSUMPTIONS } from '../model/parameters.ts';
import type { Use } from './term.ts';

/** What is paid for as long as the stack stands, whatever comes: a month of it. */
export function standingUses(deployment: Deployment): Use[] {
  const { endpointZones, alarmMetrics, customMetrics, dashboards } = deployment;
  const owner = 'shared';
  return [
    {
      id: 'endpoint-zones',
      label: 'Kinesis endpoint, per zone',
      owner,
      price: 'endpoint-hour',
      quantity: endpointZones * ASSUMPTIONS.hoursPerMonth,
    },
    { id: 'metrics', label: 'Custom metrics', owner, price: 'metric-month', quantity: customMetrics },
    { id: 'alarms', label: 'Alarms, per metric', owner, price: 'alarm-metric-month', quantity: alarmMetrics },
    { id: 'dashboard', label: 'Dashboard', owner, price: 'dashboard-month', quantity: dashboards },
  ];
}
