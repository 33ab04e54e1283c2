/** Says what a file is by its first bytes, whatever its name says: a PDF, JPEG or PNG; nothing else is taken in. */
export function fileTypeOf(bytes: Uint8Array): string | undefined {
  return SIGNATURES.find(({ start }) => start.every((byte, place) => bytes[place] === byte))?.contentType;
}

const SIGNATURES = [
  { contentType: 'application/pdf', start: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { contentType: 'image/jpeg', start: [0xff, 0xd8, 0xff] },
  { contentType: 'image/png', start: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
];
