const FOCUSABLE = 'input, select, textarea, button, [tabindex]';
const PATIENCE_MS = 3000;

/** Focuses an element that may still be loading or rendering. */
export function focusWhenThere(find: () => HTMLElement | null): void {
  const until = performance.now() + PATIENCE_MS;
  const attempt = () => {
    const found = find();
    if (found) focus(found);
    else if (performance.now() < until) requestAnimationFrame(attempt);
  };
  requestAnimationFrame(attempt);
}

function focus(element: HTMLElement): void {
  for (let closed = element.closest('details'); closed; closed = closed.parentElement?.closest('details') ?? null) {
    closed.open = true;
  }
  const target = element.matches(FOCUSABLE) ? element : (element.querySelector<HTMLElement>(FOCUSABLE) ?? element);
  target.focus();
  target.scrollIntoView({ block: 'nearest' });
}
