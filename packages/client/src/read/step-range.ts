/** Steps from `from` to `to`, both included; an end that is left out is open. */
export interface StepRange {
  readonly from?: number;
  readonly to?: number;
}
