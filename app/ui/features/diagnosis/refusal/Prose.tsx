/** A sentence of a document; text between backticks is shown as code. */
export function Prose({ text }: { readonly text: string }) {
  return text.split('`').map((piece, index) =>
    index % 2 === 0 ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence never move
      <code key={index} className="font-mono text-xs">
        {piece}
      </code>
    ),
  );
}
