/** Reads a stream in parts of a size known before, whatever the sizes in which it arrives. */
export class ByteStream {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #within: <Part>(part: Promise<Part>) => Promise<Part>;
  #arrived: Uint8Array = new Uint8Array(0);

  /** `within` is given each wait for bytes. */
  constructor(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    within: <Part>(part: Promise<Part>) => Promise<Part> = (part) => part,
  ) {
    this.#reader = reader;
    this.#within = within;
  }

  /** Fills an array with the next bytes. Throws when the stream ends before it is full. */
  async fill<Numbers extends Uint8Array | Uint32Array | Float64Array>(numbers: Numbers): Promise<Numbers> {
    const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    for (let at = 0; at < bytes.length; ) {
      if (this.#arrived.length === 0) await this.#wait();
      const some = this.#take(bytes.length - at);
      bytes.set(some, at);
      at += some.length;
    }
    return numbers;
  }

  /** The text up to the end of the line. Throws when the stream ends before the line does. */
  async line(): Promise<string> {
    const decoder = new TextDecoder();
    for (let text = ''; ; ) {
      const end = this.#arrived.indexOf(10);
      text += decoder.decode(this.#take(end === -1 ? this.#arrived.length : end + 1), { stream: true });
      if (end !== -1) return text;
      await this.#wait();
    }
  }

  #take(most: number): Uint8Array {
    const some = this.#arrived.subarray(0, most);
    this.#arrived = this.#arrived.subarray(some.length);
    return some;
  }

  async #wait(): Promise<void> {
    const { done, value } = await this.#within(this.#reader.read());
    if (done) throw new RangeError('the stream ended early');
    this.#arrived = value;
  }
}
