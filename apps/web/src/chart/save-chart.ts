const PADDING = 16;
const TITLE_HEIGHT = 32;

/** The picture of a chart on its ground, with its title, as PNG. */
export async function chartPng(
  canvas: HTMLCanvasElement,
  title: string,
  colours: { ground: string; text: string },
): Promise<Blob> {
  const scale = window.devicePixelRatio;
  const picture = document.createElement('canvas');
  picture.width = canvas.width + 2 * PADDING * scale;
  picture.height = canvas.height + (2 * PADDING + TITLE_HEIGHT) * scale;
  const context = picture.getContext('2d');
  if (!context) throw new Error('The browser gives no canvas to draw on.');
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, picture.width, picture.height);
  context.fillStyle = colours.text;
  context.font = `500 ${13 * scale}px sans-serif`;
  context.textBaseline = 'top';
  context.fillText(title, PADDING * scale, PADDING * scale);
  context.drawImage(canvas, PADDING * scale, (PADDING + TITLE_HEIGHT) * scale);
  return new Promise((resolve, reject) => {
    picture.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser made no picture.'))), 'image/png');
  });
}

/** Has the browser save a file. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after the click; a minute is plenty.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A name for a file of this key: what file systems do not take becomes "-". */
export function fileNameOf(key: string, extension: string): string {
  return `${key.replace(/[^\w.-]+/g, '-').slice(0, 100)}.${extension}`;
}
