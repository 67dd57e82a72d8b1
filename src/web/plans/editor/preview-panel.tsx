import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { withQuery } from '../../api/queries.js';
import type { PlanPreview } from '../../api/shapes.js';
import { latestMonths } from '../../format/moments.js';
import { Fault } from '../../parts/fault.js';
import { Outline } from '../../parts/page.js';
import { useNow } from '../../shell/now.js';
import { useFormat, useMe } from '../../shell/who.js';
import { useWords } from '../../words/use-words.js';
import { PreviewResult } from './preview-result.js';

const monthsOffered = 24;

interface PreviewPanelProps {
  readonly slug: string;
  readonly text: string;
}

/** The plan, tried on the deals that were won in a month. */
export function PreviewPanel({ slug, text }: PreviewPanelProps) {
  const { say } = useWords();
  const format = useFormat();
  const { timeZone } = useMe();
  const months = latestMonths(timeZone, useNow(), monthsOffered);
  const [period, setPeriod] = useState(months[1] ?? '');
  const preview = useMutation({
    mutationFn: (document: string) =>
      call<PlanPreview>(withQuery(`/api/v1/plans/${encodeURIComponent(slug)}/preview`, { period }), {
        method: 'POST',
        document,
      }),
  });
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {say('planPreview.words')}
      </Text>
      <Group align="end">
        <NativeSelect
          label={say('planPreview.month')}
          value={period}
          data={months.map((value) => ({ value, label: format.month(value) }))}
          onChange={(event) => setPeriod(event.currentTarget.value)}
        />
        <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate(text)}>
          {say('planPreview.run')}
        </Button>
      </Group>
      {preview.isPending && <Outline />}
      {preview.error !== null && <Fault error={preview.error} />}
      {preview.data !== undefined && (
        <>
          {preview.variables !== text && (
            <Text size="sm" role="status">
              {say('planPreview.stale')}
            </Text>
          )}
          <PreviewResult preview={preview.data} />
        </>
      )}
    </Stack>
  );
}
