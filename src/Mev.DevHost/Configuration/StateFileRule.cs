using Mev.Journal.Sqlite;
using Mev.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Mev.DevHost.Configuration;

/// <summary>Journal and grain states are two files.</summary>
internal sealed class StateFileRule(IOptions<SqliteLogOptions> journal) : IValidateOptions<SqliteStorageOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteStorageOptions options) =>
        Path.GetFullPath(options.Path) == Path.GetFullPath(journal.Value.Path)
            ? ValidateOptionsResult.Fail(
                $"State:Path '{options.Path}' is not allowed: any file but that of Journal:Path")
            : ValidateOptionsResult.Success;
}
