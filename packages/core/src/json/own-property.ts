/**
 * Sets an own property, whatever its name: `__proto__` becomes a plain property too and never changes the prototype.
 */
export function setOwn<Value>(target: Record<string, Value>, key: string, value: Value): void {
  if (key !== '__proto__') {
    target[key] = value;
    return;
  }
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}
