namespace Mev.Adapters.Jito.Leaders;

/// <summary>Where a bundle goes.</summary>
/// <param name="Region">The region's name; null when there is no leader to send to.</param>
/// <param name="Leader">The leader; empty when it is not known.</param>
/// <param name="Why">For people, when there is none.</param>
internal readonly record struct LeaderChoice(string? Region, string Leader, string Why);
