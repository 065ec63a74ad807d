using System.Collections.Concurrent;

namespace Mev.Adapters.Tests.Streams;

/// <summary>States of grains that survive their silos, as those in Redis do.</summary>
internal sealed class GrainStates : ConcurrentDictionary<(string Name, GrainId Grain), (byte[] Bytes, string ETag)>;
