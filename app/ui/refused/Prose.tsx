/** A sentence of a document; what stands between backticks in it is typed. */
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
