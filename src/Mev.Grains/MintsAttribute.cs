using System.ComponentModel.DataAnnotations;
using Mev.Domain.Chain;

namespace Mev.Grains;

/// <summary>A list of mints: each entry is base58 of 32 bytes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MintsAttribute : ValidationAttribute
{
    /// <summary>The rule.</summary>
    public MintsAttribute() => ErrorMessage = "a mint's address, base58 of 32 bytes";

    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        value is IEnumerable<string> mints && mints.All(mint => Pubkey.TryParse(mint, out _));
}
