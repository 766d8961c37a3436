import { described, extend, type Infer, number, object, orNull, pairOf, text } from '#text/schema.ts';
import { ofBothPaths } from '../deployment.ts';
import { FITTED } from '../model.ts';
import { COEFFICIENTS } from './coefficients.ts';
import { FIT_ERROR } from './fit-error.ts';

/** The time of an invocation as a linear function of its events, records and rows. */
export const TIME_FIT = extend(
  COEFFICIENTS,
  {
    samples: number('invocations', 'warm invocations that were fitted'),
    heldOut: described(
      FIT_ERROR,
      'error on invocations that the fit had not seen: each third is predicted from the other two',
    ),
    ranges: object({
      events: pairOf(number(), 'least and most events of a fitted invocation'),
      records: pairOf(number(), 'least and most records'),
      rowsFresh: pairOf(number(), 'least and most inserted rows'),
      rowsUpdated: pairOf(number(), 'least and most updated rows'),
      rowsWritten: pairOf(number(), 'least and most written rows'),
    }),
  },
  'time fit',
);
export type TimeFit = Infer<typeof TIME_FIT>;

/** The fits of one path. */
const PATH_FIT = object(
  {
    cpu: orNull(described(TIME_FIT, 'CPU of warm invocations'), 'too few invocations to fit'),
    whyNot: orNull(text('why the CPU is not fitted, in words that follow "not fitted: "'), 'the CPU is fitted'),
    databaseWait: orNull(
      described(
        TIME_FIT,
        'time that warm invocations wait for the run’s database; it is priced only if the run was on AWS',
      ),
      'too few invocations to fit',
    ),
    rows: orNull(
      described(
        FIT_ERROR,
        'error of the key model’s rows against the ledger’s, in invocations whose windows are known: micro-batches of the live runs whose events certainly lie in one window, and batches of the drains',
      ),
      'no such invocations',
    ),
  },
  'path fit',
);
export type PathFit = Infer<typeof PATH_FIT>;

/** The model as a run fitted it. */
export const FITTED_MODEL = extend(FITTED, {
  fits: ofBothPaths(described(PATH_FIT, 'fits of each path to the phases in which it ran alone')),
});
export type FittedModel = Infer<typeof FITTED_MODEL>;
export type FittedPaths = FittedModel['fits'];
