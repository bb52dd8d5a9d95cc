import { X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** What is kept of a certificate of SNS. */
export interface SigningCertificate {
  key: KeyObject;
  validFrom: Date;
  validTo: Date;
}

export type CertificateReading =
  { kind: 'CERTIFICATE'; certificate: SigningCertificate } | { kind: 'WRONG'; message: string };

/** `sns.amazonaws.com` in most regions, else such as `sns-signing.af-south-1.amazonaws.com`. */
const NAME = /^sns[a-z0-9.-]*\.amazonaws\.com(?:\.cn)?(?![\w.-])/;

/** It was fetched over TLS from a host of SNS, which is what it is trusted for: no issuer comes with it. */
export function readCertificate(pem: string): CertificateReading {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    return wrong('what stands there is no certificate');
  }
  const { publicKey: key, validFrom, validTo } = certificate;
  if (!namesOf(certificate).some((name) => NAME.test(name)))
    return wrong('the certificate is not one of SNS');
  if (key.asymmetricKeyType !== 'rsa') return wrong('the certificate has no RSA key');
  const certified = { key, validFrom: new Date(validFrom), validTo: new Date(validTo) };
  return { kind: 'CERTIFICATE', certificate: certified };
}

function namesOf({ subject, subjectAltName }: X509Certificate): string[] {
  const common = /^CN=(.*)$/m.exec(subject)?.[1];
  const others = (subjectAltName ?? '').split(', ').map((name) => name.replace(/^DNS:/, ''));
  return common === undefined ? others : [common, ...others];
}

function wrong(message: string): CertificateReading {
  return { kind: 'WRONG', message };
}
