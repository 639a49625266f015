import { describe, expect, it } from 'vitest';
import { type Page, readPages } from './read-pages.ts';

describe('readPages', () => {
  it('gives every item of every page in order', async () => {
    const { load } = pagesOf([1, 2], [], [3]);
    const items: number[] = [];
    for await (const item of readPages(load)) items.push(item);
    expect(items).toEqual([1, 2, 3]);
  });

  it('asks for nothing before the first item, and then for one page ahead', async () => {
    const { load, asked } = pagesOf([1, 2], [3], [4]);
    const items = readPages(load);
    expect(asked).toEqual([]);
    await items.next();
    expect(asked).toEqual([null, '1']);
    await items.next();
    expect(asked).toEqual([null, '1']);
    await items.next();
    expect(asked).toEqual([null, '1', '2']);
  });

  it('aborts the page that is on its way when the loop is left', async () => {
    const { load, signals } = pagesOf([1], [2]);
    for await (const item of readPages(load)) {
      expect(item).toBe(1);
      break;
    }
    expect(signals.at(-1)?.aborted).toBe(true);
  });

  it('gives no further item once its signal is aborted, and aborts the page that is on its way', async () => {
    const { load, signals } = pagesOf([1, 2], [3]);
    const abort = new AbortController();
    const items: number[] = [];
    const read = async () => {
      for await (const item of readPages(load, { signal: abort.signal })) {
        items.push(item);
        abort.abort();
      }
    };
    await expect(read()).rejects.toMatchObject({ code: 'ABORTED' });
    expect(items).toEqual([1]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('asks for nothing when its signal is aborted before', async () => {
    const { load, asked } = pagesOf([1]);
    const items = readPages(load, { signal: AbortSignal.abort() });
    await expect(items.next()).rejects.toMatchObject({ code: 'ABORTED' });
    expect(asked).toEqual([]);
  });

  it('gives the items before a page that fails, then its error', async () => {
    const items: number[] = [];
    const read = async () => {
      const load = async (after: string | null) => {
        if (after !== null) throw new Error('gone');
        return { items: [1, 2], after: '1' };
      };
      for await (const item of readPages(load)) items.push(item);
    };
    await expect(read()).rejects.toThrow('gone');
    expect(items).toEqual([1, 2]);
  });
});

function pagesOf(...pages: number[][]) {
  const asked: (string | null)[] = [];
  const signals: AbortSignal[] = [];
  const load = async (after: string | null, signal: AbortSignal): Promise<Page<number>> => {
    asked.push(after);
    signals.push(signal);
    const i = Number(after ?? 0);
    return { items: pages[i] ?? [], after: i + 1 < pages.length ? String(i + 1) : null };
  };
  return { load, asked, signals };
}
