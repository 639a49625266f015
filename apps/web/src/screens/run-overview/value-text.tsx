import { isJsonObject, type JsonObject, type JsonValue } from '@summa/core/json/json-value';
import { countOf, formatCount } from '../../format/format-number.ts';
import { Missing, NumberText } from '../../ui/number-text.tsx';
import css from './run-overview.module.css';
import { oneLine } from './value-form.ts';

/** A value in one line: numbers aligned at the point, everything else from the left, cut where there is no room. */
export function ValueText({ value }: { readonly value: JsonValue | undefined }) {
  if (value === undefined || value === null) return <Missing />;
  if (typeof value === 'number' || typeof value === 'bigint') {
    return (
      <span className={css.number}>
        <NumberText value={value} aligned />
      </span>
    );
  }
  if (typeof value === 'boolean') return <span className={css.word}>{String(value)}</span>;
  if (typeof value === 'string')
    return <span className={css.text}>{value === '' ? 'empty text' : oneLine(value, 240)}</span>;
  if (isJsonObject(value)) return <ObjectText object={value} />;
  return (
    <>
      <span className={css.kind}>{countOf(value.length, 'item')}</span>
      <code className={css.text}>{oneLine(value.slice(0, 40), 160)}</code>
    </>
  );
}

function ObjectText({ object }: { readonly object: JsonObject }) {
  const { _type: type } = object;
  if (typeof type !== 'string') return <code className={css.text}>{oneLine(object, 160)}</code>;
  return (
    <>
      <span className={css.kind}>{kindOf(type)}</span>
      <span className={css.text}>{sayObject(object, type)}</span>
    </>
  );
}

/** What an object is, in a word, by its `_type`. */
export function kindOf(type: string): string {
  if (/tensor|ndarray/i.test(type)) return 'tensor';
  return type.replace(/-file$/, '');
}

function sayObject(object: JsonObject, type: string): string {
  const shape = Array.isArray(object.shape) ? object.shape.map(Number).join(' × ') : null;
  if (kindOf(type) === 'tensor') {
    const size = typeof object.size === 'number' ? countOf(object.size, 'value') : null;
    return [object.dtype, shape ?? size].filter((part) => typeof part === 'string' && part !== '').join(', ');
  }
  if (type === 'histogram' && Array.isArray(object.values)) return `${formatCount(object.values.length)} bins`;
  const { width, height, path, caption } = object;
  const pixels = typeof width === 'number' && typeof height === 'number' ? `${width} × ${height}` : null;
  const name = typeof path === 'string' ? path.slice(path.lastIndexOf('/') + 1) : null;
  return [pixels, typeof caption === 'string' ? caption : name].filter(Boolean).join(', ');
}
