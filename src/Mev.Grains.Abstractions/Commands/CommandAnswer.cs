namespace Mev.Grains.Abstractions.Commands;

/// <summary>What a command is answered over HTTP.</summary>
[GenerateSerializer, Immutable, Alias("mev.command-answer")]
public sealed record CommandAnswer
{
    /// <summary>HTTP status.</summary>
    [Id(0)] public required int Status { get; init; }

    /// <summary>Why it was refused, a stable code; empty when it was carried out.</summary>
    [Id(1)] public string Code { get; init; } = "";

    /// <summary>The refusal in words.</summary>
    [Id(2)] public string Detail { get; init; } = "";

    /// <summary>The exact bytes that the ledger has; empty for a refusal that it does not have.</summary>
    [Id(3)] public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The command was answered before, and this is that answer.</summary>
    [Id(4)] public bool IsReplayed { get; init; }
}
