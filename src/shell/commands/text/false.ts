import type { Command } from '../../command.js';

export const falseCommand: Command = {
  names: ['false'],
  models: 'bash 5.2',
  usage: ['false'],
  run: () => 1,
};
