import type { Connection } from 'mongoose';

/** Far longer than a living process leaves a transaction waiting for its next statement. */
const ABANDONED_MICROS = 2_000_000;

/**
 * Ends the transactions of OpsLens processes that died, or hang, between two statements; else MongoDB keeps the rows
 * that they touched locked for 60 to 90 s, the leases of the dead among them. One that merely hung gets a transient
 * error and tries again. Returns how many there were.
 */
export async function endAbandonedTransactions(connection: Connection): Promise<number> {
  const client = connection.getClient();
  const admin = client.db('admin');
  const abandoned = await admin
    .aggregate<{ lsid: { id: unknown } }>(
      [
        { $currentOp: { allUsers: false, idleSessions: true } },
        {
          $match: {
            type: 'idleSession',
            appName: client.options.appName,
            'transaction.timeInactiveMicros': { $gte: ABANDONED_MICROS },
          },
        },
        { $project: { lsid: 1 } },
      ],
      { readConcern: { level: 'local' } },
    )
    .toArray();
  if (abandoned.length > 0)
    await admin.command({ killSessions: abandoned.map(({ lsid }) => ({ id: lsid.id })) });
  return abandoned.length;
}
