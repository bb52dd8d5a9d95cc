/** Makes of a command one that tells afterwards. Also after a failure: it may have been done all the same. */
export function tellingAfter(tell: () => void) {
  return <Input, Result>(command: (input: Input) => Promise<Result>) =>
    async (input: Input): Promise<Result> => {
      try {
        return await command(input);
      } finally {
        tell();
      }
    };
}
