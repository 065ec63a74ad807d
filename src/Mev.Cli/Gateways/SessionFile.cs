using System.Text;
using Mev.Adapters.Solana.Signing.Keys;

namespace Mev.Cli.Gateways;

/// <summary>
/// Where <c>mevctl</c> keeps the token of its session at a gateway: a file of this user alone, below
/// <c>XDG_STATE_HOME</c>, or <c>~/.local/state</c>.
/// </summary>
internal static class SessionFile
{
    /// <summary>The token for a gateway; empty when there is none, or the file is open to others.</summary>
    public static string Read(string authority) =>
        PrivateFile.Read(PathOf(authority), out _) is { } bytes ? Encoding.ASCII.GetString(bytes).Trim() : "";

    /// <summary>Keeps a token in place of the one before; gives the file's path.</summary>
    /// <exception cref="CommandFailure">The file cannot be made.</exception>
    public static string Write(string authority, string token)
    {
        var path = PathOf(authority);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Delete(path);
            PrivateFile.Create(path, Encoding.ASCII.GetBytes(token));
            return path;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Failed, $"'{path}' cannot be written: {failure.Message}");
        }
    }

    private static string PathOf(string authority)
    {
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (string.IsNullOrEmpty(state) || !Path.IsPathRooted(state))
        {
            state = Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        }
        var name = string.Concat(authority.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return Path.Combine(state, "mev", $"session-{name}");
    }
}
