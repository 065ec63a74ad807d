namespace Mev.Adapters.Kafka;

/// <summary>A topic that the platform needs.</summary>
/// <param name="Name">Its name, without the prefix.</param>
/// <param name="Partitions">Partitions that it has at least.</param>
public sealed record KafkaTopic(string Name, int Partitions);
