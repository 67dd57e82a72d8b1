import { Group, NativeSelect, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useWords } from '../words/use-words.js';

const schemes: readonly MantineColorScheme[] = ['auto', 'light', 'dark'];

/** Language and colours. */
export function Preferences() {
  const { say, language, choose } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Group gap="xs" grow>
      <NativeSelect
        size="xs"
        aria-label={say('preferences.language')}
        value={language}
        data={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
        onChange={(event) => choose(event.currentTarget.value === 'de' ? 'de' : 'en')}
      />
      <NativeSelect
        size="xs"
        aria-label={say('preferences.colours')}
        value={colorScheme}
        data={schemes.map((scheme) => ({ value: scheme, label: say(`preferences.${scheme}`) }))}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          setColorScheme(schemes.find((scheme) => scheme === chosen) ?? 'auto');
        }}
      />
    </Group>
  );
}
