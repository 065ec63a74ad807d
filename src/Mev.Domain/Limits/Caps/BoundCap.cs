namespace Mev.Domain.Limits.Caps;

/// <summary>A cap as it binds one strategy and its wallet.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Rule">What it limits.</param>
/// <param name="Most">The limit.</param>
public readonly record struct BoundCap(CapSubject Subject, LimitRule Rule, ulong Most);
