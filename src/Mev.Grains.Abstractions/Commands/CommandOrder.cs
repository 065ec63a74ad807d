namespace Mev.Grains.Abstractions.Commands;

/// <summary>What an owner is to carry out: a command of one person, or an approval with what it approves.</summary>
[GenerateSerializer, Immutable, Alias("mev.command-order")]
public sealed record CommandOrder
{
    /// <summary>The command, or the approval.</summary>
    [Id(0)] public required SignedEnvelope Command { get; init; }

    /// <summary>The proposal that is approved; null of one person's command.</summary>
    [Id(1)] public SignedEnvelope? Proposal { get; init; }
}
