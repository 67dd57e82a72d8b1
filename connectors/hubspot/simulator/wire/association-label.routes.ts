import type { AssociationType } from '../account/association-types.js';
import type { ApiRoute } from './api-route.js';
import { noContent, ok, param, typeParam } from './api-route.js';
import { bodies, readBody } from './request-body.js';

const template = '/crm/associations/{from}/{to}/labels';

const labelJson = ({ category, typeId, label }: AssociationType): unknown => ({ category, typeId, label });

/** The labels people give to ties. */
export const associationLabelRoutes: readonly ApiRoute[] = [
  {
    method: 'GET',
    template,
    version: 'v4',
    answer: (account, request) =>
      ok({
        results: account.associationTypes.between(typeParam(request, 'from'), typeParam(request, 'to')).map(labelJson),
      }),
  },
  {
    method: 'POST',
    template,
    version: 'v4',
    answer(account, request) {
      const draft = readBody(bodies.label, request.body);
      const added = account.associationTypes.addLabel(typeParam(request, 'from'), typeParam(request, 'to'), draft);
      return ok({ results: added.map(labelJson) });
    },
  },
  {
    method: 'PUT',
    template,
    version: 'v4',
    answer(account, request) {
      const { associationTypeId, label } = readBody(bodies.relabel, request.body);
      account.associationTypes.relabel(typeParam(request, 'from'), typeParam(request, 'to'), associationTypeId, label);
      return noContent;
    },
  },
  {
    method: 'DELETE',
    template: `${template}/{typeId}`,
    version: 'v4',
    answer(account, request) {
      const typeId = Number(param(request, 'typeId'));
      account.associationTypes.removeLabel(typeParam(request, 'from'), typeParam(request, 'to'), typeId);
      return noContent;
    },
  },
];
