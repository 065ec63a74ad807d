using System.ComponentModel.DataAnnotations;
using Mev.Domain.Chain;

namespace Mev.Grains;

/// <summary>A list of addresses: each entry is base58 of 32 bytes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddressesAttribute : ValidationAttribute
{
    /// <summary>The rule.</summary>
    public AddressesAttribute() => ErrorMessage = "an address, base58 of 32 bytes";

    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        value is IEnumerable<string> addresses && addresses.All(address => Pubkey.TryParse(address, out _));
}
