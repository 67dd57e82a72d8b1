import { formatRatio } from '../money/ratio.js';
import type { Comparison, Condition, Subject, Test } from './condition.js';
import { listed } from './words.js';

const comparisonWords: Readonly<Record<Comparison, string>> = {
  atLeast: 'at least',
  above: 'above',
  atMost: 'at most',
  below: 'below',
};

/** A condition in words, to go after `if`. */
export function describeCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const parts = condition.of.map((one) =>
        one.kind === 'test' ? describeCondition(one) : `(${describeCondition(one)})`,
      );
      return parts.join(condition.kind === 'all' ? ' and ' : ' or ');
    }
    case 'not':
      return condition.of.kind === 'test'
        ? `${subjectWords(condition.of.subject)} ${testWords(condition.of.test, 'is not')}`
        : `not (${describeCondition(condition.of)})`;
    case 'test':
      return `${subjectWords(condition.subject)} ${testWords(condition.test, 'is')}`;
  }
}

function testWords(test: Test, verb: 'is' | 'is not'): string {
  switch (test.kind) {
    case 'one-of':
      return `${verb} ${listed(test.values, 'or')}`;
    case 'exists':
      return `${verb} ${test.wanted ? 'known' : 'unknown'}`;
    case 'atLeast':
    case 'above':
    case 'atMost':
    case 'below':
      return `${verb} ${comparisonWords[test.kind]} ${formatRatio(test.value)}${test.currency === null ? '' : ` ${test.currency}`}`;
  }
}

function subjectWords(subject: Subject): string {
  switch (subject.kind) {
    case 'field':
      return `the field ${subject.name}`;
    case 'metric':
      return `the metric ${subject.name}`;
    case 'known': {
      const [of = '', what = ''] = subject.name.split('.');
      return `the ${of}’s ${what}`;
    }
  }
}
