const PAGE_BYTES = 65_536;
let most = 0;

/**
 * Makes every WebAssembly memory of this thread refuse to grow beyond so many bytes: what a damaged file claims is then
 * out of memory for the library that reads it, and not for the server. Neither the limits of a worker nor those of Node
 * count such memory.
 */
export function boundWasmMemory(bytes: number): void {
  const { prototype } = WebAssembly.Memory;
  const grow = prototype.grow;
  prototype.grow = function growWithin(this: WebAssembly.Memory, pages: number): number {
    const size = this.buffer.byteLength + pages * PAGE_BYTES;
    if (size > bytes) throw new RangeError(`WebAssembly memory of ${size} bytes is more than ${bytes}`);
    most = Math.max(most, size);
    return grow.call(this, pages);
  };
}

/** The largest that a memory has grown to in this thread, 0 when none has. */
export function grownWasmMemory(): number {
  return most;
}
