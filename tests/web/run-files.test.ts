import { deflateSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SummaProcess, startSumma } from '../support/summa-process.ts';
import { type SeededRun, seedRun } from './support/seed-run.ts';
import { expectAccessible, launchBrowser, openPage, shot } from './support/web.ts';

let server: SummaProcess;
let browser: Browser;
let seeded: SeededRun;
let files: string;
beforeAll(async () => {
  [server, browser] = await Promise.all([startSumma(), launchBrowser()]);
  seeded = await seedRun(server, 'files', 'keeper');
  files = `${seeded.path}/files`;
  const { run } = seeded;
  const table = {
    columns: ['id', 'label', 'score'],
    data: [
      [1, 'cat', 0.123456789],
      [2, 'dog', null],
    ],
  };
  const put = (path: string, content: string | Uint8Array<ArrayBuffer>) =>
    run.files.upload(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  await put('output.log', 'one line\nanother line\n');
  await put('config.yaml', 'lr:\n  value: 0.01\n');
  await put('empty.txt', '');
  await put('model.bin', new Uint8Array(5_000));
  await put('wandb-summary.json', '{"loss": NaN, "nested": {"deep": {"list": [1, 2, 12345678901234567890]}}}');
  await put('eval/predictions.csv', `id,text,score\n1,"a, ""quoted"" text",0.5\n2,${'long '.repeat(100)},1e-7\n`);
  await put('media/table/eval.table.json', JSON.stringify(table));
  await put('media/images/gradient.png', gradientPng(256, 160));
  await put(`media/images/${'very-long-name-'.repeat(12)}.png`, gradientPng(16, 16));
  await put('tensors/weights.npy', npyOf(Array.from({ length: 1_000 }, (_, i) => Math.sin(i))));
  await put('sound.wav', silentWav());
  await put('page.html', '<script>document.title = "taken over"</script><h1>not run</h1>');
  for (let i = 0; i < 12; i++) await put(`checkpoints/step-${i * 1_000}/state.pt`, new Uint8Array(1_024 * (i + 1)));
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

const open = (path: string, options = {}) => openPage(browser, server, path, options);
const row = (page: Page, name: string) => page.getByRole('link', { name });

describe.each(['light', 'dark'] as const)('the files of a run in %s', (theme) => {
  it('are listed by folder, and axe finds nothing', async () => {
    const { page, close } = await open(files, { theme });
    await page.getByText('24 files').waitFor();
    await expectAccessible(page);
    await shot(page, 'run-files');
    await close();
  });

  it.each([
    ['picture', 'media/images/gradient.png', '256 × 160 px'],
    ['table', 'media/table/eval.table.json', '2 rows'],
    ['tensor', 'tensors/weights.npy', 'float64'],
    ['json', 'wandb-summary.json', '12345678901234567890'],
  ])('show a %s, and axe finds nothing', async (name, path, text) => {
    const folder = path.includes('/') ? `&folder=${encodeURIComponent(path.slice(0, path.lastIndexOf('/') + 1))}` : '';
    const { page, close } = await open(`${files}?path=${encodeURIComponent(path)}${folder}`, { theme });
    if (name === 'json') {
      await page.locator('summary', { hasText: 'deep' }).click();
      await page.locator('summary', { hasText: 'list' }).click();
    }
    await page.getByText(text).first().waitFor();
    await expectAccessible(page);
    await shot(page, `run-files-${name}`);
    await close();
  });
});

describe('on a phone', () => {
  it('shows the list, then a file, and comes back', async () => {
    const { page, close } = await open(files, { width: 390, height: 844 });
    await row(page, 'eval').first().click();
    await row(page, 'predictions.csv').click();
    await page.getByRole('columnheader', { name: 'score' }).waitFor();
    await shot(page, 'run-files-csv');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.getByRole('link', { name: 'All files' }).click();
    await row(page, 'predictions.csv').waitFor();
    await close();
  });
});

describe('looking at files', () => {
  it('goes into folders and back, with the sizes of all below them, in the order of their numbers', async () => {
    const { page, close } = await open(files);
    await page.getByRole('link', { name: /^checkpoints/ }).click();
    await page.getByText('12 files, 78 KiB').waitFor();
    const names = await page.getByRole('listitem').allInnerTexts();
    expect(names.map((name) => name.split('\n')[0]).slice(0, 4)).toEqual([
      'step-0',
      'step-1000',
      'step-2000',
      'step-3000',
    ]);
    await page.goBack();
    await row(page, 'config.yaml').waitFor();
    await close();
  });

  it('finds a file by the keyboard alone and shows it; its address is in the URL', async () => {
    const { page, close } = await open(files);
    await page.getByText('24 files').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('YAML');
    await page.getByText('1 file,').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('value: 0.01').waitFor();
    await page.reload();
    await page.getByText('value: 0.01').waitFor();
    await close();
  });

  it('describes an array as numpy does', async () => {
    const { page, close } = await open(`${files}?path=tensors%2Fweights.npy`);
    // numpy.sin(numpy.arange(1000)).std() is 0.70675939…, its least value -0.99999034….
    await page.getByText('1000, 1,000 values').waitFor();
    await page.getByText('0.7068').waitFor();
    await page.getByRole('img', { name: /Histogram of the values from -1/ }).waitFor();
    await close();
  });

  it('runs nothing of a page that was uploaded, and shows it as text', async () => {
    const { page, close } = await open(`${files}?path=page.html`);
    await page.getByText('<h1>not run</h1>').waitFor();
    expect(await page.title()).toBe('Files · keeper · files · Summa');
    await close();
  });

  it('plays sound', async () => {
    const { page, close } = await open(`${files}?path=sound.wav`);
    const seconds = () => page.evaluate('document.querySelector("audio")?.duration ?? 0');
    await expect.poll(seconds, { timeout: 20_000 }).toBeCloseTo(0.5, 1);
    await close();
  });

  it('says what cannot be shown, what is empty, and what is not there', async () => {
    const { page, close } = await open(`${files}?path=model.bin`);
    await page.getByText('Files of this kind are not shown.').waitFor();
    await row(page, 'empty.txt').click();
    await page.getByText('The file is empty.').waitFor();
    await page.goto(`${files}?path=nothing.txt`);
    await page.getByText('There is no file "nothing.txt"').waitFor();
    await close();
  });

  it('saves a file under its name', async () => {
    const { page, close } = await open(`${files}?path=eval%2Fpredictions.csv`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('predictions.csv');
    await close();
  });
});

it('deletes a file after it was asked, and not before', async () => {
  await seeded.run.files.upload('going.txt', new TextEncoder().encode('soon gone'));
  const { page, close } = await open(`${files}?path=going.txt`);
  await page.getByText('soon gone').waitFor();
  await page.getByRole('button', { name: 'Delete this file' }).click();
  await page.getByRole('dialog').waitFor();
  await expectAccessible(page);
  await shot(page, 'run-files-delete');
  await page.getByRole('button', { name: 'Keep it' }).click();
  expect(await seeded.run.files.get('going.txt')).not.toBeNull();
  await page.getByRole('button', { name: 'Delete this file' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('going.txt is deleted.').waitFor();
  await page.getByText('24 files').waitFor();
  expect(await seeded.run.files.get('going.txt')).toBeNull();
  await close();
});

/** A `.npy` file of float64 values, as numpy writes it. */
function npyOf(values: readonly number[]): Uint8Array<ArrayBuffer> {
  const header = `${`{'descr': '<f8', 'fortran_order': False, 'shape': (${values.length},), }`.padEnd(117)}\n`;
  const bytes = new Uint8Array(10 + header.length + values.length * 8);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  bytes.set(new TextEncoder().encode(header), 10);
  const view = new DataView(bytes.buffer, 10 + header.length);
  for (const [i, value] of values.entries()) view.setFloat64(i * 8, value, true);
  return bytes;
}

/** Half a second of nothing at 8 kHz. */
function silentWav(): Uint8Array<ArrayBuffer> {
  const samples = 4_000;
  const bytes = new Uint8Array(44 + samples).fill(128);
  const view = new DataView(bytes.buffer);
  const text = (at: number, letters: string) => bytes.set(new TextEncoder().encode(letters), at);
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples, true);
  text(8, 'WAVEfmt ');
  for (const [at, value] of [
    [16, 16],
    [24, 8_000],
    [28, 8_000],
  ] as const)
    view.setUint32(at, value, true);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ] as const)
    view.setUint16(at, value, true);
  text(36, 'data');
  view.setUint32(40, samples, true);
  return bytes;
}

/** A PNG that goes from one colour to another. */
function gradientPng(width: number, height: number): Uint8Array<ArrayBuffer> {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      rows.set([(x * 255) / width, (y * 255) / height, 160], y * (1 + width * 3) + 1 + x * 3);
  }
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return new Uint8Array(
    Buffer.concat([
      signature,
      pngChunk('IHDR', size),
      pngChunk('IDAT', deflateSync(rows)),
      pngChunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function crc32(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
