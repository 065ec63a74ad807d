namespace Mev.Conformance.Tests;

/// <summary>Runs the command and keeps what it says.</summary>
internal static class CommandRun
{
    public static (int Code, string Output, string Errors) Of(params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = ConformanceCommand.Run(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
