using System.ComponentModel;

namespace Mev.Adapters.Solana;

/// <summary>A secret from configuration. Shown as ***, so that no log or message holds it by chance.</summary>
[TypeConverter(typeof(SecretConverter))]
public sealed class Secret(string value)
{
    private readonly string _value = value;

    /// <summary>The secret itself, for the request that needs it and nothing else.</summary>
    public string Reveal() => _value;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
