import { GraphWidget, type IMetric, type IWidget, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { PathName } from './path-metrics.ts';

export type PathSide = { path: PathName; function: IFunction };

/** One metric, of whichever path it is asked for. */
export type Series = { label: string; of: (side: PathSide) => Metric };

const COLORS = ['#1f77b4', '#ff7f0e'];
const OTHER_COLOR = '#c7c7c7';
const FULL_WIDTH = 24;

/**
 * One chart a path, left to right. CloudWatch scales each chart to its own data: the other path's series stand behind in
 * grey, so that all charts of a row have the same data and hence the same axis.
 */
export function sideBySide(sides: readonly PathSide[], title: string, unit: string, ...series: Series[]): IWidget[] {
  return sides.map((side) => {
    const others = sides.filter(({ path }) => path !== side.path);
    const behind = others.flatMap((other) => series.map(drawn(other, () => OTHER_COLOR)));
    const own = series.map(drawn(side, (i) => COLORS[i % COLORS.length] as string));
    return new GraphWidget({
      title: `${title}: ${side.path}`,
      width: FULL_WIDTH / sides.length,
      left: [...behind, ...own],
      leftYAxis: { min: 0, label: unit, showUnits: false },
    });
  });
}

function drawn(side: PathSide, colorOf: (i: number) => string): (series: Series, i: number) => IMetric {
  return ({ label, of }, i) => of(side).with({ label: `${label}, ${side.path}`, color: colorOf(i) });
}
