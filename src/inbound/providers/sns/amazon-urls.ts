/**
 * Hosts of SNS alone. The region is spelled out: `sns.s3.amazonaws.com` and `sns.s3-us-west-2.amazonaws.com` are a bucket of
 * that name, which may be anybody's.
 */
const HOST = String.raw`sns\.[a-z]{2}(?:-[a-z]{2,20}){1,3}-\d{1,2}\.amazonaws\.com(?:\.cn)?`;
const CERTIFICATE_URL = new RegExp(String.raw`^https://${HOST}/[\w./-]{1,200}\.pem$`);
const SUBSCRIBE_URL = new RegExp(String.raw`^https://${HOST}/\?[\w.~:%&=+/-]{1,2000}$`);

/** Whether a certificate may be fetched from there. The whole text is matched, so that nobody has to parse it alike. */
export function isCertificateUrl(url: string): boolean {
  return CERTIFICATE_URL.test(url) && !url.includes('..');
}

/** Whether a subscription is confirmed by fetching this, and nothing else is done. */
export function isSubscribeUrl(url: string): boolean {
  return SUBSCRIBE_URL.test(url) && new URL(url).searchParams.get('Action') === 'ConfirmSubscription';
}
