namespace Mev.Grains.Abstractions.Commands;

/// <summary>What an owner made of an order.</summary>
[GenerateSerializer, Immutable, Alias("mev.effect-answer")]
public sealed record EffectAnswer
{
    /// <summary>HTTP status of a refusal; 0 when it was carried out.</summary>
    [Id(0)] public int Status { get; init; }

    /// <summary>Why it was refused, a stable code; empty when it was carried out.</summary>
    [Id(1)] public string Code { get; init; } = "";

    /// <summary>The refusal in words.</summary>
    [Id(2)] public string Detail { get; init; } = "";

    /// <summary>Version of the policy, or epoch of the strategy, that is in force now.</summary>
    [Id(3)] public ulong Version { get; init; }

    /// <summary>It was carried out, now or before.</summary>
    public bool IsDone => Status == 0;
}
