import {
  CrmFailure,
  CrmNotConnected,
  CrmUnavailable,
  type ChangeFeed,
  type CrmConnector,
  type FeedListener,
  type OpenFeed,
} from '../../connectors/contract.js';

export interface SignIns {
  readonly current: () => Promise<{ readonly signInId: string; readonly connector: CrmConnector }>;
  readonly signInId: () => Promise<string | null>;
  /** How soon a feed ends whose sign-in is over, though the CRM would still tell us. */
  readonly lookEveryMs: number;
}

/** The feed of a connection that people make and end in the browser: it ends with its sign-in. */
export function whileConnectedFeed(remedy: string, signIns: SignIns): ChangeFeed {
  return { remedy, open: (listener) => openWhileConnected(signIns, listener) };
}

function openWhileConnected(signIns: SignIns, listener: FeedListener): OpenFeed {
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let inner: OpenFeed | null = null;

  const listen = async (): Promise<CrmFailure | null> => {
    const { signInId, connector } = await signIns.current();
    if (isClosed || connector.feed === null) return null;
    inner = connector.feed.open(listener);
    const over = new Promise<CrmFailure>((resolve) => {
      timer = setInterval(() => {
        signIns.signInId().then(
          (id) => {
            if (id !== signInId) resolve(ended());
          },
          // Whether it is over is asked again.
          () => undefined,
        );
      }, signIns.lookEveryMs);
    });
    const failure = await Promise.race([inner.ended, over]);
    clearInterval(timer);
    await inner.close();
    return failure;
  };

  const result = listen().catch((error: unknown) => asFailure(error));
  return {
    ended: result.then((failure) => (isClosed ? null : failure)),
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      await inner?.close();
      await (inner === null ? Promise.resolve() : result);
    },
  };
}

function ended(): CrmNotConnected {
  return new CrmNotConnected({ operation: 'listen', vendorMessage: 'the account was disconnected or connected anew' });
}

function asFailure(error: unknown): CrmFailure {
  if (error instanceof CrmFailure) return error;
  return new CrmUnavailable({ operation: 'listen', vendorMessage: 'The feed could not be opened', cause: error });
}
