// Written by `summa codegen --project admin/digits`: run it again instead of editing.

/** What runs of admin/digits have: `client.project<Digits>('admin/digits')`. */
export interface Digits {
  config: DigitsConfig;
  configValues: DigitsConfigValues;
  row: DigitsRow;
  metrics: DigitsMetrics;
  summary: DigitsSummary;
  definitions: DigitsDefinitions;
}

/** What a run is started with. */
export interface DigitsConfig {
  /** number */
  batch: number;
  /** number */
  epochs: number;
  /** number */
  hidden: number;
  /** number */
  lr: number;
  /** text */
  optimizer: string;
  /** number */
  parameters: number;
  /** number */
  seed: number;
}

/** The config by key. */
export type DigitsConfigValues = DigitsConfig;

/** What one step may log: names below a name stand in an object of their own. */
export interface DigitsRow {
  /** number */
  _runtime?: number;
  /** number */
  epoch?: number;
  /** number */
  lr?: number;
  /** number */
  'train/grad_norm'?: number;
  /** number */
  'train/loss'?: number;
  /** number */
  'val/acc'?: number;
  /** number */
  'val/loss'?: number;
  'val/per_class'?: {
    /** number */
    '0'?: number;
    /** number */
    '1'?: number;
    /** number */
    '2'?: number;
    /** number */
    '3'?: number;
    /** number */
    '4'?: number;
    /** number */
    '5'?: number;
    /** number */
    '6'?: number;
    /** number */
    '7'?: number;
    /** number */
    '8'?: number;
    /** number */
    '9'?: number;
  };
}

/** Metrics by key. */
export interface DigitsMetrics {
  /** number */
  _runtime: number;
  /** number */
  epoch: number;
  /** number */
  lr: number;
  /** number */
  'train/grad_norm': number;
  /** number */
  'train/loss': number;
  /** number */
  'val/acc': number;
  /** number */
  'val/loss': number;
  /** number */
  'val/per_class.0': number;
  /** number */
  'val/per_class.1': number;
  /** number */
  'val/per_class.2': number;
  /** number */
  'val/per_class.3': number;
  /** number */
  'val/per_class.4': number;
  /** number */
  'val/per_class.5': number;
  /** number */
  'val/per_class.6': number;
  /** number */
  'val/per_class.7': number;
  /** number */
  'val/per_class.8': number;
  /** number */
  'val/per_class.9': number;
}

/** What the summary has by key: the metrics, and what was set by hand. */
export type DigitsSummary = DigitsMetrics;

/** What is defined of metrics, by key or glob. */
export type DigitsDefinitions = Record<never, never>;
