declare module 'virtual:plan-shape' {
  import type { Shape } from '../../../core/index.ts';

  const shape: Shape;
  export default shape;
}
