namespace Mev.Journal.Stores.Queries;

/// <summary>Whose belief is asked for, and when.</summary>
/// <param name="Strategy">Whose.</param>
/// <param name="FromNs">Beginning, nanoseconds since 1970.</param>
/// <param name="ToNs">End, which is not contained.</param>
/// <param name="PointsMax">Points at most, 2 to 500; of more the first, the last and others evenly between.</param>
public sealed record PosteriorSearch(string Strategy, long FromNs, long ToNs, int PointsMax);
