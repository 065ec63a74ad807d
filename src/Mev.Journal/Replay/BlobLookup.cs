using Mev.Domain.Chain;

namespace Mev.Journal.Replay;

/// <summary>
/// The bytes that the journal holds under a hash, checked by whoever replays; null when it holds none.
/// </summary>
public delegate ReadOnlyMemory<byte>? BlobLookup(Digest hash);
