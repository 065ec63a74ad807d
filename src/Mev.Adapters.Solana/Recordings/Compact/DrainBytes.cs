using System.Collections.Immutable;
using Mev.Domain.Chain;
using Mev.Domain.Feed;

namespace Mev.Adapters.Solana.Recordings.Compact;

/// <summary>Drains as the bytes of a frame.</summary>
internal static class DrainBytes
{
    private const int ShardsMax = 1_024;

    /// <summary>Appends a drain.</summary>
    public static void Write(BinaryWriter writer, DrainBounds drain)
    {
        Put((ulong)drain.Cuts.Length);
        foreach (var cut in drain.Cuts) Put(cut);
        Put(drain.Clock.Slot.Value);
        writer.Write(drain.Clock.UnixTime);
        Put(drain.Reached.Position);
        Put(drain.Reached.Slot.Value);
        Put(drain.Reached.WriteVersion);
        Put(drain.DecidedIn.Value);
        Put(drain.Outcomes);
        Put(drain.Ordered);

        void Put(ulong number) => writer.Write7BitEncodedInt64(unchecked((long)number));
    }

    /// <summary>The drains of a frame.</summary>
    /// <exception cref="InvalidDataException">The bytes are not those of as many drains.</exception>
    public static IReadOnlyList<DrainBounds> Read(ReadOnlyMemory<byte> frame, uint count)
    {
        using var reader = new BinaryReader(new MemoryStream(frame.ToArray()));
        var drains = new List<DrainBounds>();
        try
        {
            for (var i = 0U; i < count; i++) drains.Add(Next(reader));
        }
        catch (Exception failure) when (failure is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("a drain ends too early", failure);
        }
        if (reader.BaseStream.Position != frame.Length) throw new InvalidDataException("bytes are left over");
        return drains;
    }

    private static DrainBounds Next(BinaryReader reader)
    {
        var shards = Number();
        if (shards is 0 or > ShardsMax) throw new InvalidDataException($"a drain of {shards} shards");
        var cuts = ImmutableArray.CreateBuilder<ulong>((int)shards);
        for (var shard = 0; shard < cuts.Capacity; shard++) cuts.Add(Number());
        return new DrainBounds
        {
            Cuts = cuts.MoveToImmutable(),
            Clock = new ChainClock(Slot(), reader.ReadInt64()),
            Reached = new FeedCursor(Number(), Slot(), Number()),
            DecidedIn = Slot(),
            Outcomes = Outcomes(),
            Ordered = Number(),
        };

        uint Outcomes()
        {
            var count = Number();
            return count <= uint.MaxValue
                ? (uint)count
                : throw new InvalidDataException($"{count} outcomes before a drain");
        }

        Slot Slot() => new Slot(Number()) is var slot && slot <= Domain.Chain.Slot.Max
            ? slot
            : throw new InvalidDataException($"a slot {slot} cannot be");

        ulong Number() => unchecked((ulong)reader.Read7BitEncodedInt64());
    }
}
