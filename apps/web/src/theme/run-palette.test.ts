import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Triple = readonly [number, number, number];

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const number = String.raw`([\d.]+)(%?)`;
const oklch = String.raw`oklch\(${number} ${number} ${number}\)`;

function token(name: string): { light: Triple; dark: Triple } {
  const found = new RegExp(String.raw`--${name}: light-dark\(${oklch}, ${oklch}\)`).exec(css);
  if (!found) throw new Error(`no token ${name}`);
  const [l1, c1, h1, l2, c2, h2] = [1, 3, 5, 7, 9, 11].map(
    (at) => Number(found[at]) / (found[at + 1] === '%' ? 100 : 1),
  ) as [number, number, number, number, number, number];
  return { light: [l1, c1, h1], dark: [l2, c2, h2] };
}

const times = (matrix: readonly Triple[], [a, b, c]: Triple): Triple =>
  matrix.map(([x, y, z]) => x * a + y * b + z * c) as unknown as Triple;

// CSS Color 4, "Sample code for Color Conversions": OKLab to linear sRGB and back.
function toLinear([lightness, chroma, hue]: Triple): Triple {
  const angle = (hue * Math.PI) / 180;
  const lms = times(
    [
      [1, 0.3963377774, 0.2158037573],
      [1, -0.1055613458, -0.0638541728],
      [1, -0.0894841775, -1.291485548],
    ],
    [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)],
  ).map((each) => each ** 3) as unknown as Triple;
  return times(
    [
      [4.0767416621, -3.3077115913, 0.2309699292],
      [-1.2684380046, 2.6097574011, -0.3413193965],
      [-0.0041960863, -0.7034186147, 1.707614701],
    ],
    lms,
  );
}

function toOklab(linear: Triple): Triple {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    linear,
  ).map((each) => Math.cbrt(Math.max(0, each))) as unknown as Triple;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    lms,
  );
}

// Machado, Oliveira, Fernandes 2009, severity 1.0, on linear sRGB.
const EYES: Record<string, readonly Triple[]> = {
  'all cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red cones': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green cones': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

const luminance = ([r, g, b]: Triple) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (one: Triple, other: Triple) => {
  const [low = 0, high = 0] = [luminance(toLinear(one)), luminance(toLinear(other))].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
const palette = Array.from({ length: 12 }, (_, index) => token(`run-${index + 1}`));

describe.each(['light', 'dark'] as const)('colours on the %s ground', (theme) => {
  it.each(Object.entries(EYES))('keep the twelve runs apart for eyes with %s', (_eyes, matrix) => {
    const seen = palette.map((each) => {
      const linear = times(matrix, toLinear(each[theme])).map((part) => Math.min(1, Math.max(0, part)));
      return toOklab(linear as unknown as Triple);
    });
    const distances = seen.flatMap((one, at) =>
      seen.slice(at + 1).map((other) => Math.hypot(...one.map((part, axis) => part - (other[axis] ?? 0)))),
    );
    // About four just noticeable differences of OKLab (0.02).
    expect(Math.min(...distances)).toBeGreaterThan(0.08);
  });

  it('show the line of every run on its card', () => {
    for (const each of palette) expect(contrast(each[theme], token('raised')[theme])).toBeGreaterThan(3);
  });

  it.each([
    ['text', 7],
    ['text-muted', 4.5],
    ['text-faint', 4.5],
    ['accent', 4.5],
    ['good', 4.5],
    ['warn', 4.5],
    ['bad', 4.5],
  ] as const)('let --%s be read on every ground', (name, least) => {
    for (const ground of ['ground', 'raised', 'sunken', 'hover', 'selected'] as const) {
      expect(contrast(token(name)[theme], token(ground)[theme]), ground).toBeGreaterThanOrEqual(least);
    }
  });

  it('show the edge of a control', () => {
    expect(contrast(token('line-strong')[theme], token('raised')[theme])).toBeGreaterThan(3);
  });

  it('let the text of a main button be read', () => {
    for (const ground of ['accent', 'accent-hover']) {
      expect(contrast(token('on-accent')[theme], token(ground)[theme])).toBeGreaterThan(4.5);
    }
  });
});
