import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { checkStorageKey, type Storage } from './storage.ts';

/** Where a bucket is. */
export interface S3Options {
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** For MinIO and other servers of the same API; Amazon's where absent. */
  readonly endpoint?: string | undefined;
}

/** Keeps documents in a bucket of the S3 API, encrypted at rest by the server. */
export function s3Storage({ bucket, region, accessKey, secretKey, endpoint }: S3Options): Storage & { close(): void } {
  const client = new S3Client({
    region,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  });
  const place = (key: string) => ({ Bucket: bucket, Key: checkStorageKey(key) });
  return {
    put: async (key, { contentType, bytes }) => {
      const sealed = endpoint === undefined ? ({ ServerSideEncryption: 'AES256' } as const) : {};
      await client.send(new PutObjectCommand({ ...place(key), Body: bytes, ContentType: contentType, ...sealed }));
    },
    get: async (key) => {
      try {
        const found = await client.send(new GetObjectCommand(place(key)));
        const bytes = await found.Body?.transformToByteArray();
        return bytes && { contentType: found.ContentType ?? 'application/octet-stream', bytes };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    remove: async (key) => {
      await client.send(new DeleteObjectCommand(place(key)));
    },
    close: () => client.destroy(),
  };
}
