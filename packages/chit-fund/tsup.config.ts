import { libraryBuild } from '../../scripts/tsup-library.ts';

export default libraryBuild(['src/index.ts', 'src/testing/index.ts']);
