using Mev.Domain.Decisions;

namespace Mev.Domain.Bundles;

/// <summary>The message of a bundle, or why there is none.</summary>
/// <param name="Message">What is journalled and sent; empty when it is refused.</param>
/// <param name="Refusal">Why nothing is built; <see cref="DecisionReason.None"/> when it is.</param>
public readonly record struct BuiltBundle(ReadOnlyMemory<byte> Message, DecisionReason Refusal)
{
    /// <summary>A message.</summary>
    public static BuiltBundle Of(ReadOnlyMemory<byte> message) => new(message, DecisionReason.None);

    /// <summary>No message.</summary>
    public static BuiltBundle Refused(DecisionReason reason) => new(default, reason);
}
