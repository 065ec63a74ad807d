using Microsoft.Extensions.Options;

namespace Mev.Journal.Sqlite;

/// <summary>Checks the annotations of <see cref="SqliteLogOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class SqliteLogOptionsValidator : IValidateOptions<SqliteLogOptions>;
