/** Stops an install by another package manager with the command that works. */
const agent = process.env.npm_config_user_agent ?? '';

if (!agent.startsWith('pnpm/')) {
  console.error('This workspace installs with pnpm. Run: npm run setup (or: npx --yes pnpm@10.34.9 install)');
  process.exit(1);
}
