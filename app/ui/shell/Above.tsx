import { Notices } from './Notices.tsx';
import { Overlays } from './Overlays.tsx';

/** What appears above the page for a while. */
export default function Above() {
  return (
    <>
      <Notices />
      <Overlays />
    </>
  );
}
