import { Router } from 'express';
import { err } from 'neverthrow';
import { freezeWallet, unfreezeWallet } from '../service/freeze-wallet.ts';
import { getWallet } from '../service/get-wallet.ts';
import type { Service } from '../service/service.ts';
import { readBody } from './read-request.ts';
import { onCommand } from './respond.ts';

/** What admins alone may do. */
export function adminRoutes(service: Service): Router {
  const router = Router();
  for (const { path, change, message } of CHANGES) {
    const handler = onCommand(
      async (asked, request) => {
        const body = readBody(request, {});
        if (body.isErr()) return err(body.error);
        const user = String(request.params.user);
        const changed = await change(service, asked, user);
        return changed.isErr() ? err(changed.error) : getWallet(service, user);
      },
      { message, data: (wallet) => wallet },
    );
    router.post(path, handler);
  }
  return router;
}

const CHANGES = [
  { path: '/admin/wallets/:user/freeze', change: freezeWallet, message: 'Wallet frozen successfully' },
  { path: '/admin/wallets/:user/unfreeze', change: unfreezeWallet, message: 'Wallet unfrozen successfully' },
] as const;
