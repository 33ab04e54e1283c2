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

/** A scheme as answers show it. */
export const schemeBody = z.object({
  id: z.string(),
  foremanId: z.string(),
  name: z.string(),
  durationMonths: z.number(),
  totalAmount: z.string(),
  monthlyInstallment: z.string(),
  maxSubscribers: z.number(),
  currentSubscribers: z.number(),
  status: z.enum(['DRAFT', 'PENDING_APPROVAL', 'ACTIVE', 'COMPLETED']).describe("the seed's view of the phase"),
  phase: z.string(),
  startDate: z.string(),
  endDate: z.string(),
  createdAt: z.string(),
});

/** A subscription as answers show it. */
export const subscriptionBody = z.object({
  id: z.string(),
  schemeId: z.string(),
  subscriberId: z.string(),
  ticket: z.number(),
  status: z.enum(['ACTIVE', 'DEFAULTED', 'COMPLETED']),
  joinDate: z.string(),
  createdAt: z.string(),
});

/** A payment as answers show it. */
export const paymentBody = z.object({
  id: z.string(),
  subscriptionId: z.string(),
  schemeId: z.string(),
  ticket: z.number(),
  userId: z.string(),
  amount: z.string(),
  currency: z.string(),
  paymentType: z.enum(['INSTALLMENT', 'DIVIDEND', 'PRIZE', 'REFUND']),
  status: z.enum(['PENDING', 'COMPLETED', 'FAILED', 'REVERSED']),
  channel: z.string(),
  transactionId: z.string().nullable(),
  reason: z.string().nullable(),
  paymentDate: z.string().nullable(),
  createdAt: z.string(),
});

/** What the book answers to a command. */
export const receiptBody = z.object({
  sequence: z.number().describe('the place in the journal'),
  replayed: z.boolean().describe('whether the same command was answered before'),
  scheme: schemeBody,
});
