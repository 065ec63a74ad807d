namespace Mev.Cli;

/// <summary>How a command ends. The numbers are a contract with scripts.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Refused = 3;
    public const int Conflict = 4;
    public const int Unavailable = 5;
    public const int VerificationFailed = 6;

    /// <summary>Cut off by Ctrl-C or a signal to end: what was asked for was not done.</summary>
    public const int Interrupted = 130;
}
