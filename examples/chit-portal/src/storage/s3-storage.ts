import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { checkStorageKey, MOST_BYTES, type Storage, tooLarge } from './storage.ts';

/** Where a bucket is. */
export interface S3Options {
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** For MinIO and other servers of the same API; Amazon's where absent. */
  readonly endpoint?: string | undefined;
  /** Milliseconds for which one try waits for the server; 10,000 where absent. */
  readonly timeoutMs?: number;
}

/**
 * Keeps documents in a bucket of the S3 API, encrypted at rest by the server. What is not there gives `undefined`; every other trouble throws, a bucket that is
 * not there among them. An error says what the server answered and nothing of what it was asked: neither of the keys stands in it.
 */
export function s3Storage(options: S3Options): Storage & { close(): void } {
  const { bucket, endpoint } = options;
  const client = openClient(options);
  const place = (key: string) => ({ Bucket: bucket, Key: checkStorageKey(key) });
  const sealed = endpoint === undefined ? ({ ServerSideEncryption: 'AES256' } as const) : {};
  return {
    put: async (key, { contentType, bytes }) => {
      if (bytes.byteLength > MOST_BYTES) throw tooLarge(bytes.byteLength);
      const command = new PutObjectCommand({ ...place(key), Body: bytes, ContentType: contentType, ...sealed });
      await client.send(command).catch(throwPlain);
    },
    get: async (key) => {
      const found = await client
        .send(new GetObjectCommand(place(key)))
        .catch((error) => (error instanceof NoSuchKey ? undefined : throwPlain(error)));
      return found && readDocument(found);
    },
    remove: async (key) => {
      await client.send(new DeleteObjectCommand(place(key))).catch(throwPlain);
    },
    close: () => client.destroy(),
  };
}

function openClient({ region, accessKey, secretKey, endpoint, timeoutMs = 10_000 }: S3Options): S3Client {
  return new S3Client({
    region,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    // Without these a server that takes the connection and says nothing is waited for as long as it likes.
    requestHandler: {
      connectionTimeout: timeoutMs,
      requestTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    },
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  });
}

async function readDocument({
  Body,
  ContentLength = 0,
  ContentType = 'application/octet-stream',
}: GetObjectCommandOutput) {
  if (ContentLength > MOST_BYTES) {
    // Nobody reads it to its end: its connection is given back.
    (Body as Readable).destroy();
    throw tooLarge(ContentLength);
  }
  return Body && { contentType: ContentType, bytes: await Body.transformToByteArray().catch(throwPlain) };
}

/** An error of the SDK holds the whole request, and with it the name of the access key: only what was answered is told on. */
function throwPlain(
  error: Error & { readonly code?: string; readonly $metadata?: { httpStatusCode?: number } },
): never {
  const { name, $metadata: { httpStatusCode: status = 0 } = {} } = error;
  // A server that is busy or slow may well do later what it did not do now.
  const code = error.code ?? (status >= 500 || name === 'TimeoutError' ? 'EAGAIN' : undefined);
  const told = new Error(`the storage answered: ${[status || '', error.code ?? name].join(' ').trim()}`);
  throw code === undefined ? told : Object.assign(told, { code });
}
