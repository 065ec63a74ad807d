using System.CommandLine;
using Mev.Control.Checkpoints;

namespace Mev.Cli.Audits;

/// <summary>The keys that verifiers are given: one line each, <c>name+id+base64</c>.</summary>
internal static class NoteKeys
{
    private const string Form = "name+hex id+base64, as /v1/audit and 'audit witness' say it";

    public static Option<string?> LogOption() => new("--log-key")
    {
        Description = $"What the log is known by, {Form}; without it the gateway's word is taken.",
        HelpName = "key",
    };

    public static LogKey Log(string text) => LogKey.Parse(text)
        ?? throw new CommandFailure(ExitCode.Usage, $"--log-key '{text}' is no key of a log: {Form}");

    public static NoteKey Witness(string text) => NoteKey.Parse(text) is { IsLog: false } key
        ? key
        : throw new CommandFailure(ExitCode.Usage, $"--witness-key '{text}' is no key of a witness: {Form}");
}
