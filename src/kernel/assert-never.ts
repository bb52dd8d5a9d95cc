/** Makes the compiler prove that a `switch` over a union is complete; throws if data from outside broke the type. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
