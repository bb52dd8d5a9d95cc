import type { FollowedOperation } from './follow-operation.ts';

/**
 * What one socket follows, by the ids of its operations. graphql-ws keeps such a list too, but loses sight of one that is
 * completed while it begins: where the id is taken again in the same breath, nobody would ever end the first.
 */
export interface SocketOperations {
  count(): number;
  /** Ends what had this id before. `onClosed` is to be called once it is over. */
  follow(id: string, begin: (onClosed: () => void) => FollowedOperation): FollowedOperation;
  closeAll(): void;
}

export function createSocketOperations(): SocketOperations {
  const operations = new Map<string, FollowedOperation>();
  return {
    count: () => operations.size,

    follow(id, begin) {
      operations.get(id)?.close();
      const operation = begin(() => {
        if (operations.get(id) === operation) operations.delete(id);
      });
      operations.set(id, operation);
      return operation;
    },

    closeAll() {
      for (const operation of operations.values()) operation.close();
    },
  };
}
