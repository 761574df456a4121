// SPDX-License-Identifier: Apache-2.0
import { watch } from 'chokidar';

/** Folders inside each other that are watched. */
const MAX_DEPTH = 10;

/**
 * Calls back when something in a folder changes, also when Kubernetes swaps the link `..data` of a mounted ConfigMap. Where the system
 * has no watches left, nothing is told: the definitions are read from time to time anyway. Returns the way to stop.
 */
export function watchFolder(folder: string, listener: () => void): () => void {
  const watcher = watch(folder, {
    ignoreInitial: true,
    // A swapped link is a change by itself.
    followSymlinks: false,
    disableGlobbing: true,
    depth: MAX_DEPTH,
    persistent: false,
    ignored: /[/\\](node_modules|\.git)([/\\]|$)/,
  });
  watcher.on('all', listener);
  watcher.on('error', () => {});
  return () => {
    void watcher.close();
  };
}
