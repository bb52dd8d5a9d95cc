import fc from 'fast-check';

/** All items of a story in any order, some of them again. */
export function arrivalsOf<T>(story: readonly T[]): fc.Arbitrary<T[]> {
  return fc.array(fc.constantFrom(...story), { maxLength: 4 }).chain((again) => {
    const all = [...story, ...again];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });
}
