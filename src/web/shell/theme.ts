import { Alert, createTheme, ModalHeader, type CSSVariablesResolver } from '@mantine/core';

/** Restrained: one colour for what can be done, states in words with a tint, and little ornament. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: 'sm',
  components: {
    // The frame has the colour; small coloured text would be too faint (WCAG 2.2, 1.4.3).
    Alert: Alert.extend({ styles: { title: { color: 'var(--mantine-color-text)' } } }),
    // A dialog's heading is no second banner of the page.
    ModalHeader: ModalHeader.extend({ defaultProps: { role: 'none' } }),
  },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.5rem', lineHeight: '1.3' }, h2: { fontSize: '1.05rem', lineHeight: '1.4' } },
  },
});

/** Of a document that is written, and of what changed in it. */
const documentColours = {
  light: {
    '--editor-name': '#364fc7',
    '--editor-value': '#0b5c2e',
    '--editor-figure': '#8a3b00',
    '--editor-comment': '#5c636a',
    '--editor-selection': '#d0d9ff',
    '--diff-added': '#e3f7e8',
    '--diff-removed': '#fdebec',
  },
  dark: {
    '--editor-name': '#a5b8ff',
    '--editor-value': '#8ce0a8',
    '--editor-figure': '#ffc078',
    '--editor-comment': '#a9adb3',
    '--editor-selection': '#37415f',
    '--diff-added': '#14361f',
    '--diff-removed': '#431b1f',
  },
};

/** Mantine's own tints of these are too faint for small text (WCAG 2.2, 1.4.3). */
export const cssVariables: CSSVariablesResolver = (resolved) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': resolved.colors.gray[7],
    '--mantine-color-placeholder': resolved.colors.gray[7],
    '--mantine-color-error': resolved.colors.red[9],
    '--mantine-color-anchor': resolved.colors.indigo[8],
    ...documentColours.light,
  },
  dark: {
    '--mantine-color-dimmed': resolved.colors.dark[1],
    '--mantine-color-placeholder': resolved.colors.dark[1],
    '--mantine-color-error': resolved.colors.red[4],
    '--mantine-color-anchor': resolved.colors.indigo[3],
    ...documentColours.dark,
  },
});
