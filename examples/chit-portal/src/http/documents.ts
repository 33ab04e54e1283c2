import { z } from 'zod';

/** A user as answers show him. */
export const userBody = z.object({
  id: z.string(),
  ucfsin: z.string(),
  role: z.enum(['USER', 'FOREMAN', 'ADMIN']),
  email: z.string(),
  phoneNumber: z.string(),
  fullName: z.string(),
  dateOfBirth: z.string(),
  status: z.enum(['PENDING', 'ACTIVE', 'SUSPENDED']),
  emailVerified: z.boolean(),
  phoneVerified: z.boolean(),
  address: z.string().nullable(),
  bankAccount: z.string().nullable(),
  nominee: z.string().nullable(),
  chitScore: z.number().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** A document of a user as answers show it. */
export const kycBody = z.object({
  id: z.string(),
  userId: z.string(),
  documentType: z.enum(['AADHAR', 'PAN', 'DRIVING_LICENSE']),
  documentNumber: z.string(),
  documentUrl: z.string(),
  verificationStatus: z.enum(['PENDING', 'VERIFIED', 'REJECTED']),
  reason: z.string().nullable(),
  verifiedAt: z.string().nullable(),
  createdAt: z.string(),
});
