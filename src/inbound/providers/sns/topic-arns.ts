/** The setting of a source that names the topics which may send. */
export const TOPIC_ARNS = 'topic_arns';

/** Null where the source does not say. An empty list means that some were meant: none is let in. */
export function topicArns(settings: Readonly<Record<string, string>>): readonly string[] | null {
  if (!Object.hasOwn(settings, TOPIC_ARNS)) return null;
  return (settings[TOPIC_ARNS] ?? '')
    .split(',')
    .map((arn) => arn.trim())
    .filter((arn) => arn !== '');
}
