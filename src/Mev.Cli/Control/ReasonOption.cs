using System.CommandLine;

namespace Mev.Cli.Control;

/// <summary>Why a command is given: it is recorded with it.</summary>
internal static class ReasonOption
{
    public static Option<string> Create() => new("--reason")
    {
        Description = "Why, for the record; 1 to 500 characters.",
        HelpName = "text",
        Required = true,
    };
}
