import { createInProcessQueue } from '../../src/platform/in-process-queue.js';
import { describeQueueContract } from './queue-contract.js';

describeQueueContract('the queue within one process', () => {
  const queue = createInProcessQueue();
  return { sender: queue, receiver: queue };
});
