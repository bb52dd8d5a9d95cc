/** What Datadog puts before a monitor's name: `[P2]`, and `[Triggered on {host:web-1}]` with the group that it is about. */
const MARK =
  /^\[(?:P[1-5]|(?:(?:Re-)?(?:Triggered|Warn|No Data)|Renotify|Recovered)(?: on (\{[^\]]*\}))?)\]\s*/i;
const MAX_MARKS = 4;

/** The title without its marks, so that it stays the same from trigger to recovery. The group is put behind it. */
export function plainTitle(title: string): string {
  let rest = title.trim();
  let group = '';
  for (let count = 0; count < MAX_MARKS; count += 1) {
    const mark = MARK.exec(rest);
    if (mark === null) break;
    rest = rest.slice(mark[0].length);
    group = mark[1] === undefined ? group : ` on ${mark[1]}`;
  }
  return rest === '' ? title.trim() : `${rest}${group}`;
}
