import { Defect, type Instant, show } from '@holdfast/kernel';
import { err, ok, type Result } from 'neverthrow';
import { canDo } from '../guard/guard-submit.ts';
import type { Mode, OperationKind } from '../port/descriptor.ts';
import type { SubmitOutcome } from '../port/outcome.ts';
import type { Provider } from '../port/provider.ts';
import type { ModeRefused, NotCapable, ProviderClosed, ProviderKnown, ProviderUnknown } from './refusals.ts';
import { isSimulated } from './simulated-mark.ts';

/** Names one account at one provider. */
export interface ProviderName {
  readonly id: string;
  readonly account: string;
}

/** Why nothing is sent through a provider, and since when. */
export interface Closing {
  readonly reason: string;
  readonly at: Instant;
}

/** What an operation asks of a provider. */
export interface Wanted {
  readonly kind: OperationKind;
  /** ISO code. */
  readonly currency: string;
}

/** The providers of one mode. */
export interface Registry<M extends Mode> {
  readonly mode: M;
  /**
   * Registers a provider of this mode. One of another mode does not compile, and a cast does not help it either.
   *
   * @errors
   * - `mode_refused`: it says another mode, or carries the mark of a simulation where the registry is not simulated.
   * - `provider_known`: its id and account are taken.
   */
  // A property, not a method: so a live registry is no registry of every mode, which would take a simulation.
  readonly register: (provider: Provider<M>) => Result<undefined, ModeRefused | ProviderKnown>;
  /**
   * Gives a provider for reading: a closed one too.
   *
   * @errors
   * - `provider_unknown`
   */
  get(name: ProviderName): Result<Provider<M>, ProviderUnknown | ModeRefused>;
  /**
   * Gives a provider for sending.
   *
   * @errors
   * - `provider_unknown`, `mode_refused`, `not_capable`, `provider_closed`: in this order.
   */
  forSending(
    name: ProviderName,
    wanted: Wanted,
  ): Result<Provider<M>, ProviderUnknown | ModeRefused | NotCapable | ProviderClosed>;
  /** Lists the providers that can do an operation and are open, in the order in which they were registered. */
  capable(wanted: Wanted): readonly Provider<M>[];
  /** Closes a provider for sending. Closing it again keeps the first reason. */
  close(name: ProviderName, closing: Closing): Result<undefined, ProviderUnknown>;
  /** Opens a provider again. Whether the actor may is for the host to say. */
  open(name: ProviderName): Result<undefined, ProviderUnknown>;
  /** Closes a provider whose outcome says that our credentials are refused; any other outcome changes nothing. True where it closed. */
  noteOutcome(name: ProviderName, outcome: SubmitOutcome, at: Instant): boolean;
  /** Lists what is closed, and why. */
  closed(): readonly (ProviderName & Closing)[];
}

/**
 * Makes a registry of one mode, in memory. What is closed has to be told to each process: a book keeps it, where it must outlast them.
 *
 * @throws Defect where the mode is none.
 * @source docs/rules/providers.md, G-1, G-2, G-3
 */
export function createRegistry<const M extends Mode>({ mode }: { readonly mode: M }): Registry<M> {
  if (!MODES.has(mode)) throw new Defect(`a registry is live, sandbox or simulated, not ${show(mode)}`);
  const kept = new Map<string, Provider<M>>();
  const closings = new Map<string, ProviderName & Closing>();

  const get = (name: ProviderName): Result<Provider<M>, ProviderUnknown | ModeRefused> => {
    const provider = kept.get(keyOf(name));
    if (!provider) return err(unknown(name));
    // Looked at again: what was registered may have been changed since.
    const refused = checkMode(provider, mode);
    return refused ? err(refused) : ok(provider);
  };

  const close: Registry<M>['close'] = (name, { reason, at }) => {
    if (!kept.has(keyOf(name))) return err(unknown(name));
    const { id, account } = name;
    if (!closings.has(keyOf(name))) closings.set(keyOf(name), { id, account, reason, at });
    return ok(undefined);
  };

  return {
    mode,
    register(provider) {
      const refused = checkMode(provider, mode);
      if (refused) return err(refused);
      const { id, account } = provider.descriptor;
      if (kept.has(keyOf({ id, account }))) return err({ code: 'provider_known', provider: id, account });
      kept.set(keyOf({ id, account }), provider);
      return ok(undefined);
    },
    get,
    forSending(name, { kind, currency }) {
      return get(name).andThen((provider) => {
        if (!canDo(provider, kind, currency))
          return err({ code: 'not_capable', provider: name.id, kind, currency } as const);
        const closing = closings.get(keyOf(name));
        return closing ? err(closedBy(closing)) : ok(provider);
      });
    },
    capable: ({ kind, currency }) =>
      [...kept.values()].filter(
        (provider) =>
          canDo(provider, kind, currency) &&
          !closings.has(keyOf(provider.descriptor)) &&
          checkMode(provider, mode) === undefined,
      ),
    close,
    open(name) {
      if (!kept.has(keyOf(name))) return err(unknown(name));
      closings.delete(keyOf(name));
      return ok(undefined);
    },
    noteOutcome(name, outcome, at) {
      if (outcome.outcome !== 'rejected' || outcome.advice !== 'close_provider') return false;
      return close(name, { reason: `it refused our credentials: ${show(outcome.code)}`, at }).isOk();
    },
    closed: () => [...closings.values()],
  };
}

function checkMode(provider: Provider, mode: Mode): ModeRefused | undefined {
  const { id, mode: given } = provider.descriptor;
  if (given !== mode) return { code: 'mode_refused', provider: id, mode, given };
  if (mode !== 'simulated' && isSimulated(provider))
    return { code: 'mode_refused', provider: id, mode, given: 'simulated' };
  return undefined;
}

function unknown({ id, account }: ProviderName): ProviderUnknown {
  return { code: 'provider_unknown', provider: id, account };
}

function closedBy({ id, account, reason, at }: ProviderName & Closing): ProviderClosed {
  return { code: 'provider_closed', provider: id, account, reason, closedAt: at };
}

/** No id holds a line feed, and an account that does is another one. */
function keyOf({ id, account }: ProviderName): string {
  return JSON.stringify([id, account]);
}

const MODES: ReadonlySet<string> = new Set<Mode>(['live', 'sandbox', 'simulated']);
