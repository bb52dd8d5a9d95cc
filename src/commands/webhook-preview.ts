import type { SubmissionPreview } from './preview-submission.ts';

/** A webhook that somebody made up to see what it would do. */
export interface MadeUpWebhook {
  provider: string;
  /** Null addresses the provider's default source. */
  sourceName: string | null;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** What a webhook would come to, and how it would be answered. */
export interface WebhookPreview extends SubmissionPreview {
  provider: string;
  source: string;
  /** HTTP status. */
  wouldAnswer: number;
}
