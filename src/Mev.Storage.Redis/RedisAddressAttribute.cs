using System.ComponentModel.DataAnnotations;
using StackExchange.Redis;

namespace Mev.Storage.Redis;

/// <summary>A connection string that names a server. A wrong one is not shown: it may hold a password.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RedisAddressAttribute : ValidationAttribute
{
    /// <summary>The rule.</summary>
    public RedisAddressAttribute() =>
        ErrorMessage = "host:port of a server, several with commas, then options of StackExchange.Redis";

    /// <summary>Whether none is one, too.</summary>
    public bool MayBeEmpty { get; init; }

    /// <inheritdoc/>
    public override bool IsValid(object? value)
    {
        if (value is not string text) return false;
        if (text.Length == 0) return MayBeEmpty;
        try
        {
            return ConfigurationOptions.Parse(text).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
