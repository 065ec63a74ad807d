namespace Mev.Cli;

/// <summary>A command cannot go on: the message names the thing and the remedy, the code is the process's.</summary>
internal sealed class CommandFailure(int code, string message) : Exception(message)
{
    public int Code { get; } = code;
}
