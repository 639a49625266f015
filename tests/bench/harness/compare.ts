import { type Spread, spreadOf } from './spread.ts';

/** What one side took in one round, by measure: `wallMs`, `serverCpuMs`, … */
export type Cost = Readonly<Record<string, number>>;

/** A bound on the ratio of some measures, work to baseline. */
export interface Goal {
  readonly measures: readonly string[];
  readonly atMost: number;
}

/** What is compared. */
export interface Comparison {
  /** The size or kind of the work, where a row has several. */
  readonly name: string;
  readonly work: string;
  readonly baseline: string;
  /** Null: the case is there to explain another. */
  readonly goal: Goal | null;
  /** Does one round of a side: the two named above, and others that are only shown beside them. */
  readonly sides: Readonly<Record<string, (round: number) => Promise<Cost>>>;
}

/** What a comparison gave: every measure of every side, and the ratios of work to baseline within each round. */
export interface CaseResult {
  readonly name: string;
  readonly work: string;
  readonly baseline: string;
  readonly goal: Goal | null;
  readonly reached: boolean | null;
  readonly rounds: number;
  readonly ratios: Readonly<Record<string, Spread>>;
  readonly sides: Readonly<Record<string, Readonly<Record<string, Spread>>>>;
}

/**
 * Measures the sides in turn, A B A B, after `warmUp` rounds that do not count. A machine that others use is slow for both sides of
 * a round alike, so that a ratio is taken within its round.
 */
export async function compare(
  comparison: Comparison,
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
): Promise<CaseResult> {
  const { name, work, baseline, goal } = comparison;
  const costs = new Map(Object.keys(comparison.sides).map((side) => [side, [] as Cost[]]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const [side, run] of Object.entries(comparison.sides)) {
      const cost = await run(round);
      if (round >= 0) costs.get(side)?.push(cost);
    }
  }
  const ratios = ratiosOf(costs.get(work) ?? [], costs.get(baseline) ?? []);
  const sides = Object.fromEntries([...costs].map(([side, all]) => [side, spreadsOf(all)]));
  return { name, work, baseline, goal, reached: goal && isReached(goal, ratios), rounds, ratios, sides };
}

function isReached({ measures, atMost }: Goal, ratios: CaseResult['ratios']): boolean {
  return measures.every((measure) => (ratios[measure]?.median ?? Number.POSITIVE_INFINITY) <= atMost);
}

function spreadsOf(costs: readonly Cost[]): Record<string, Spread> {
  return byMeasure(costs, (measure) => costs.map((cost) => cost[measure] ?? Number.NaN));
}

function ratiosOf(work: readonly Cost[], baseline: readonly Cost[]): Record<string, Spread> {
  return byMeasure(work, (measure) =>
    work.flatMap((cost, round) => {
      const other = baseline[round]?.[measure];
      return other === undefined || other === 0 ? [] : [(cost[measure] ?? Number.NaN) / other];
    }),
  );
}

function byMeasure(costs: readonly Cost[], numbersOf: (measure: string) => number[]): Record<string, Spread> {
  const measures = [...new Set(costs.flatMap((cost) => Object.keys(cost)))];
  const numbers = measures.map((measure) => [measure, numbersOf(measure)] as const);
  return Object.fromEntries(numbers.filter(([, all]) => all.length > 0).map(([name, all]) => [name, spreadOf(all)]));
}
