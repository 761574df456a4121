// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState, type RefObject } from 'react';

/** Shows an element on the whole screen, where the browser can. */
export function useFullScreen(element: RefObject<HTMLElement>): {
  readonly isOn: boolean;
  readonly toggle: () => void;
} {
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    const onChange = () =>
      setOn(
        element.current !== null &&
          document.fullscreenElement === element.current,
      );
    document.addEventListener('fullscreenchange', onChange);
    return () => document.removeEventListener('fullscreenchange', onChange);
  }, [element]);
  const toggle = () => {
    // A browser that refuses leaves the page as it is; there is nothing to say.
    const done = document.fullscreenElement
      ? document.exitFullscreen()
      : element.current?.requestFullscreen?.();
    done?.catch(() => {});
  };
  return { isOn, toggle };
}
