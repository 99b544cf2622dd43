import { basename } from 'node:path';
import * as vscode from 'vscode';
import { type StepId, stepLabel, steps } from '../../knowledge/steps.ts';
import { plain } from '../messages.ts';
import { isOfHost, type Sources } from '../sources.ts';
import { type FindingFilter, nicsOf } from './findingFilter.ts';

type Choice =
  | { readonly of: 'sources'; readonly value: string }
  | { readonly of: 'nics'; readonly value: string }
  | { readonly of: 'steps'; readonly value: StepId };

interface Item extends vscode.QuickPickItem {
  readonly choice?: Choice;
}

/** Asks for hosts, NICs and steps, of those that there are findings of. Undefined when the user gave up. */
export async function pickFilter(sources: Sources, current: FindingFilter): Promise<FindingFilter | undefined> {
  const found = sources
    .all()
    .flatMap((source) => source.observation.diagnosis.findings.map((finding) => ({ source, finding })));
  if (found.length === 0) {
    vscode.window.showInformationMessage('There are no findings to filter.');
    return undefined;
  }
  const amount = (isOne: (one: (typeof found)[number]) => boolean): string => {
    const count = found.filter(isOne).length;
    return `${count} ${count === 1 ? 'finding' : 'findings'}`;
  };
  const faulty = sources.all().filter(({ observation }) => observation.diagnosis.findings.length > 0);
  const nics = [...new Set(found.flatMap(({ finding }) => nicsOf(finding)))].sort();
  const met = steps.filter(({ id }) => found.some(({ finding }) => finding.step === id));
  const items: Item[] = [
    heading('hosts and captures'),
    ...faulty.map((source) => ({
      label: plain(source.label),
      description: [isOfHost(source) ? '' : basename(source.capture.path), amount((one) => one.source === source)]
        .filter((word) => word !== '')
        .join(' · '),
      picked: current.sources.has(source.id),
      choice: { of: 'sources', value: source.id } as const,
    })),
    ...(nics.length > 0 ? [heading('NICs')] : []),
    ...nics.map((nic) => ({
      label: plain(nic),
      description: amount(({ finding }) => nicsOf(finding).includes(nic)),
      picked: current.nics.has(nic),
      choice: { of: 'nics', value: nic } as const,
    })),
    heading('steps of the packet’s way'),
    ...met.map(({ id }) => ({
      label: stepLabel(id),
      description: amount(({ finding }) => finding.step === id),
      picked: current.steps.has(id),
      choice: { of: 'steps', value: id } as const,
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Show findings of which hosts, NICs and steps?',
    placeHolder: 'None of a kind means all of it',
    canPickMany: true,
  });
  if (picked === undefined) return undefined;
  const chosen = picked.flatMap(({ choice }) => (choice === undefined ? [] : [choice]));
  return {
    sources: new Set(chosen.flatMap((choice) => (choice.of === 'sources' ? [choice.value] : []))),
    nics: new Set(chosen.flatMap((choice) => (choice.of === 'nics' ? [choice.value] : []))),
    steps: new Set(chosen.flatMap((choice) => (choice.of === 'steps' ? [choice.value] : []))),
  };
}

function heading(label: string): Item {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
