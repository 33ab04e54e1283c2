/** A text with names in braces, such as `escrows:{id}:held`, taken apart once. */
export interface Template {
  readonly text: string;
  readonly names: readonly string[];
  /** What stands around the names; one more than there are names. */
  readonly pieces: readonly string[];
}

/** What fills a template. */
export interface TemplateNames {
  readonly id: string;
  readonly parties: Readonly<Record<string, string>>;
  readonly reference?: string;
  /** The id of the part, for a part's accounts. */
  readonly part?: string;
}

/** Takes a template apart. */
export function readTemplate(text: string): Template {
  const parts = text.split(/\{(\w+)\}/);
  const isName = (_part: string, index: number): boolean => index % 2 === 1;
  return { text, names: parts.filter(isName), pieces: parts.filter((part, index) => !isName(part, index)) };
}

/** Fills a template with a process's id, its reference, the ids of its parties, and the part's. */
export function fillTemplate(template: Template, given: TemplateNames): string {
  const { names, pieces } = template;
  let filled = pieces[0] as string;
  for (let index = 0; index < names.length; index++) {
    filled += nameFor(names[index] as string, given) + pieces[index + 1];
  }
  return filled;
}

function nameFor(name: string, { id, parties, reference, part }: TemplateNames): string {
  if (name === 'id') return id;
  return parties[name] ?? (name === 'reference' ? reference : name === 'part' ? part : undefined) ?? '';
}
