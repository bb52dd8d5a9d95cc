import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

export interface SelfSigned {
  pem: string;
  privateKey: KeyObject;
}

export interface CertificateOptions {
  commonName?: string;
  validFrom?: Date;
  validTo?: Date;
  keyType?: 'rsa' | 'ec';
}

/** A certificate that says what a test wants it to say, in the DER of X.509. */
export function selfSignedCertificate(options: CertificateOptions = {}): SelfSigned {
  const {
    commonName = 'sns.amazonaws.com',
    validFrom = new Date('2026-01-01'),
    validTo = new Date('2046-01-01'),
    keyType = 'rsa',
  } = options;
  const { publicKey, privateKey } =
    keyType === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm =
    keyType === 'rsa'
      ? der(0x30, Buffer.from('06092a864886f70d01010b0500', 'hex'))
      : der(0x30, Buffer.from('06082a8648ce3d040302', 'hex'));
  const named = der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from(commonName)));
  const name = der(0x30, der(0x31, named));
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    der(0x30, time(validFrom), time(validTo)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const base64 = der(0x30, body, algorithm, signature).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return { pem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`, privateKey };
}

function der(tag: number, ...content: Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  const length =
    bytes.length < 128 ? [bytes.length] : [0x82, Math.floor(bytes.length / 256), bytes.length % 256];
  return Buffer.concat([Buffer.from([tag, ...length]), bytes]);
}

function time(at: Date): Buffer {
  return der(0x18, Buffer.from(`${at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`));
}
