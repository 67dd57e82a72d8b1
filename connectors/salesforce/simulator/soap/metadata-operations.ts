import { makeField } from '../org/custom-field.js';
import type { Org } from '../org/org.js';
import { OrgFault } from '../org/org-fault.js';
import type { SoapOperation } from './partner-operations.js';
import { textOf, toPlain, toXml } from './xml.js';

const mostComponents = 10;

/** `createMetadata` for custom fields, where the org lets the user do it. */
const createMetadata: SoapOperation = ({ org, write }, operation) => {
  assertAllowed(org);
  const components = operation.children.filter(({ name }) => name === 'metadata');
  if (components.length > mostComponents)
    throw new OrgFault(500, 'LIMIT_EXCEEDED', `At most ${mostComponents} components.`);
  return components
    .map((component) => {
      const fullName = textOf(component, 'fullName') ?? '';
      const type = component.attributes.type?.split(':').at(-1);
      try {
        if (type !== 'CustomField')
          throw new OrgFault(400, 'UNSUPPORTED', `This simulated org makes no ${String(type)}.`);
        write(({ tx }) => makeField(org, tx, fullName, toPlain(component)));
        return toXml('result', { fullName, success: true });
      } catch (error) {
        if (!(error instanceof OrgFault)) throw error;
        const errors = { message: error.message, statusCode: error.errorCode };
        return toXml('result', { errors, fullName, success: false });
      }
    })
    .join('');
};

/** `readMetadata` of what lead conversion copies. */
const readMetadata: SoapOperation = ({ org }, operation) => {
  assertAllowed(org);
  const type = textOf(operation, 'type') ?? '';
  if (type !== 'LeadConvertSettings')
    throw new OrgFault(400, 'INVALID_TYPE', `This simulated org tells of no ${type}.`);
  const objectMapping = ['Opportunity', 'Account', 'Contact'].flatMap((outputObject) => {
    const mapped = org.settings.leadFieldMapping.filter(({ to }) => to.startsWith(`${outputObject}.`));
    const mappingFields = mapped.map(({ from, to }) => ({ inputField: from, outputField: to.split('.')[1] ?? '' }));
    return mappingFields.length === 0 ? [] : [{ inputObject: 'Lead', mappingFields, outputObject }];
  });
  return `<result>${toXml('records', { fullName: 'LeadConvert', allowOwnerChange: false, objectMapping })}</result>`;
};

function assertAllowed(org: Org): void {
  if (org.settings.metadataApi) return;
  const message =
    'insufficient access rights on cross-reference id: use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions';
  throw new OrgFault(500, 'INSUFFICIENT_ACCESS', message);
}

/** What `/services/Soap/m` knows. */
export const metadataOperations: Readonly<Record<string, SoapOperation>> = { createMetadata, readMetadata };
