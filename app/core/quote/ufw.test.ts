import { expect, test } from 'vitest';
import { ufwComment } from './ufw.ts';

test('a comment of ufw holds no single quote, which ufw refuses', () => {
  expect(ufwComment("it's $(x)")).toBe("'it\u02bcs $(x)'");
});
