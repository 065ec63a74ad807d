using Microsoft.Extensions.Options;

namespace Mev.Storage.Sqlite;

/// <summary>Checks the annotations of <see cref="SqliteStorageOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class SqliteStorageOptionsValidator : IValidateOptions<SqliteStorageOptions>;
