import type { CsvForm } from '../platform/http/csv-form.js';
import { newPayment, type NewPayment } from './customer-payment.api.js';

const plain = ['externalId', 'dealId', 'registrationId', 'kind', 'amount', 'currency', 'tax', 'receivedOn', 'refundOf'];

/** A file of customers' payments: the names of the API, and a service period in two columns. */
export const paymentFile: CsvForm<NewPayment> = {
  columns: [...plain, 'service_from', 'service_to'],
  bodyOf: (cells) => {
    const [from, to] = [cells.get('service_from'), cells.get('service_to')];
    const isPeriod = from !== undefined || to !== undefined;
    return {
      ...Object.fromEntries([...cells].filter(([name]) => plain.includes(name))),
      ...(isPeriod
        ? { servicePeriod: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) } }
        : {}),
    };
  },
  schema: newPayment,
  columnOf: (field) => field.replace(/^servicePeriod\.(from|to)$/, 'service_$1'),
};
