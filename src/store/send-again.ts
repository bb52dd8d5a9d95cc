import type { mongo } from 'mongoose';

/** Who has deliveries sent again, and when. */
export interface SendAgain {
  at: Date;
  by: string | null;
}

/** The update that opens a delivery anew, due at once. What was attempted stays; the schedule begins behind it. */
export function sendAgain({ at, by }: SendAgain): mongo.Document[] {
  return [
    {
      $set: {
        state: 'WAITING',
        dueAt: at,
        completedAt: null,
        redelivery: { at, by: { $literal: by }, attemptsBefore: '$attemptCount' },
      },
    },
    { $unset: 'supersededBy' },
  ];
}
