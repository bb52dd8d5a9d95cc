/** Makes of a command one that tells afterwards. Also after a failure: it may have been done all the same. */
export function tellingAfter<Told = unknown>(tell: (input: Told) => void) {
  return <Input extends Told, Result>(command: (input: Input) => Promise<Result>) =>
    async (input: Input): Promise<Result> => {
      try {
        return await command(input);
      } finally {
        tell(input);
      }
    };
}
