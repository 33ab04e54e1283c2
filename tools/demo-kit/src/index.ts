export { breathing } from './breathing.ts';
export { DemoFailed, DemoStopped } from './demo-failed.ts';
export { type FolderNote, type FolderOfAnother, noteFolder } from './folder-note.ts';
export { type FolderLock, type FolderLocked, lockFolder } from './lock-folder.ts';
export { type DemoStore, givenServer, openDemoStore, type StoreName, type StorePlace } from './open-demo-store.ts';
export type { ProcessIdentity } from './process-identity.ts';
export { type ProgressBar, progressBar, type Terminal } from './progress-bar.ts';
