import type { Command } from '../../command.js';

export const trueCommand: Command = {
  names: ['true', ':'],
  models: 'bash 5.2',
  usage: ['true'],
  run: () => 0,
};
