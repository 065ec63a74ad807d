namespace Mev.Cli.Sql;

/// <summary>Where a statement comes from.</summary>
internal static class SqlText
{
    private const long BytesMax = 1 << 20;

    /// <exception cref="CommandFailure">Neither, both, or a file that cannot be read.</exception>
    public static async Task<string> Of(string? query, string? file, CancellationToken cancellationToken)
    {
        if (query is not null == file is not null)
            throw new CommandFailure(ExitCode.Usage, "give a statement in quotes, or --file FILE with one");
        var text = file is null ? query ?? "" : await Read(file, cancellationToken);
        return string.IsNullOrWhiteSpace(text)
            ? throw new CommandFailure(ExitCode.Usage, "the statement is empty")
            : text;
    }

    private static async Task<string> Read(string file, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(file).Length > BytesMax)
                throw new CommandFailure(ExitCode.Usage, $"--file '{file}' has more than {BytesMax} bytes");
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Usage, $"--file '{file}' cannot be read: {failure.Message}");
        }
    }
}
