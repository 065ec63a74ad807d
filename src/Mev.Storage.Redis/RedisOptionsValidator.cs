using Microsoft.Extensions.Options;

namespace Mev.Storage.Redis;

/// <summary>Checks the annotations of <see cref="RedisOptions"/> at start.</summary>
[OptionsValidator]
public sealed partial class RedisOptionsValidator : IValidateOptions<RedisOptions>;
