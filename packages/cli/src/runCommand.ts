// SPDX-License-Identifier: Apache-2.0
import {
  Command,
  CommanderError,
  InvalidArgumentError,
  Option,
} from 'commander';
import { version } from '../package.json';
import {
  formatProblems,
  REPORT_FORMATS,
  type ReportFormat,
} from './formatProblems';
import { validate } from './validate';

/** Where a command writes. @public */
export type CommandOutput = {
  out(text: string): void;
  error(text: string): void;
};

const standardOutput: CommandOutput = {
  out: text => process.stdout.write(text),
  error: text => process.stderr.write(text),
};

const USAGE_ERROR = 2;

/**
 * Runs a command. Resolves to its exit code: 0 when all is well, 1 when definitions have problems, 2 when the command is not understood.
 *
 * @public
 */
export async function runCommand(
  args: readonly string[],
  output: CommandOutput = standardOutput,
): Promise<number> {
  let code = 0;
  const program = createProgram(output, async (paths, options) => {
    const { format, allowKind: allowedKinds } = options;
    const results = await validate(paths, { allowedKinds });
    output.out(formatProblems(results, toFormat(format)));
    code = results.some(({ problems }) => problems.length > 0) ? 1 : 0;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : USAGE_ERROR;
  }
}

type ValidateOptions = {
  readonly format: string;
  readonly allowKind?: string[];
};
type Validate = (
  paths: readonly string[],
  options: ValidateOptions,
) => Promise<void>;

function createProgram(output: CommandOutput, run: Validate): Command {
  const program = new Command('tenantry')
    .description('Tools for the authors of Tenantry module definitions.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: output.out, writeErr: output.error });
  program
    .command('validate')
    .description(
      'Checks module definitions: each file with what it refers to, or each folder, as a catalogue of its own.',
    )
    .argument('<paths...>', 'files or folders')
    .addOption(
      new Option('--format <format>', 'how problems are written')
        .choices(REPORT_FORMATS)
        .default('text'),
    )
    .option(
      '--allow-kind <kinds...>',
      'as in tenants.allowedKinds: apiVersion/Kind',
    )
    .action((paths: string[], options: ValidateOptions) => run(paths, options));
  return program;
}

function toFormat(word: string): ReportFormat {
  const format = REPORT_FORMATS.find(each => each === word);
  if (!format) throw new InvalidArgumentError(`No format is called ${word}.`);
  return format;
}
