export function rowOf(seed: number, step: number): { a: number; b?: number; text?: string; w?: Float32Array };
