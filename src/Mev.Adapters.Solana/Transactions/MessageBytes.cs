using System.Buffers;
using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Transactions;

/// <summary>The wire form of a message, one for each message: reading and writing are inverse.</summary>
public static class MessageBytes
{
    private const byte VersionBit = 0x80;
    private const int HeaderLength = 3;
    private const int InstructionLengthMin = 3; // program, no accounts, no data
    private const int LookupLengthMin = Pubkey.Length + 2;

    /// <summary>The bytes that are signed.</summary>
    public static byte[] Write(TransactionMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(TransactionLimits.PacketBytesMax);
        if (message.Version == MessageVersion.V0) Put(buffer, VersionBit);
        Put(buffer, message.Header.Signers);
        Put(buffer, message.Header.ReadOnlySigners);
        Put(buffer, message.Header.ReadOnlyOthers);
        PutCount(buffer, message.StaticKeys.Length);
        foreach (var key in message.StaticKeys) Put(buffer, key);
        message.RecentBlockhash.Hash.CopyTo(buffer.GetSpan(Blockhash.Length));
        buffer.Advance(Blockhash.Length);
        PutCount(buffer, message.Instructions.Length);
        foreach (var instruction in message.Instructions)
        {
            Put(buffer, instruction.Program);
            PutCounted(buffer, instruction.Accounts.Span);
            PutCounted(buffer, instruction.Data.Span);
        }
        if (message.Version != MessageVersion.V0) return buffer.WrittenSpan.ToArray();
        PutCount(buffer, message.Lookups.Length);
        foreach (var lookup in message.Lookups)
        {
            Put(buffer, lookup.Table);
            PutCounted(buffer, lookup.Writable.Span);
            PutCounted(buffer, lookup.ReadOnly.Span);
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Bytes of the message as <see cref="Write"/> writes it.</summary>
    public static int LengthOf(TransactionMessage message)
    {
        var isVersioned = message.Version == MessageVersion.V0;
        var length = (isVersioned ? 1 : 0) + HeaderLength + Blockhash.Length
            + Counted(message.StaticKeys.Length, Pubkey.Length) + CompactU16.LengthOf(message.Instructions.Length);
        foreach (ref readonly var instruction in message.Instructions.AsSpan())
            length += 1 + Counted(instruction.Accounts.Length, 1) + Counted(instruction.Data.Length, 1);
        if (!isVersioned) return length;
        length += CompactU16.LengthOf(message.Lookups.Length);
        foreach (ref readonly var lookup in message.Lookups.AsSpan())
            length += Pubkey.Length + Counted(lookup.Writable.Length, 1) + Counted(lookup.ReadOnly.Length, 1);
        return length;
    }

    /// <summary>
    /// Reads a whole message; null, and why, when the bytes are not exactly one that could be executed. Never throws.
    /// </summary>
    public static TransactionMessage? Read(ReadOnlySpan<byte> bytes, out TransactionDefect defect)
    {
        var reader = new ByteReader(bytes);
        var isVersioned = (reader.Peek & VersionBit) != 0;
        if (isVersioned && reader.Byte() != VersionBit)
        {
            defect = TransactionDefect.Version;
            return null;
        }
        var message = new TransactionMessage
        {
            Version = isVersioned ? MessageVersion.V0 : MessageVersion.Legacy,
            Header = new MessageHeader(reader.Byte(), reader.Byte(), reader.Byte()),
            StaticKeys = ReadKeys(ref reader),
            RecentBlockhash = ReadBlockhash(ref reader),
            Instructions = ReadInstructions(ref reader),
            Lookups = isVersioned ? ReadLookups(ref reader) : [],
        };
        reader.End();
        defect = reader.Defect == TransactionDefect.None ? message.Defect() : reader.Defect;
        return defect == TransactionDefect.None ? message : null;
    }

    private static ImmutableArray<Pubkey> ReadKeys(ref ByteReader reader)
    {
        var keys = ImmutableArray.CreateBuilder<Pubkey>(reader.Count(Pubkey.Length));
        while (keys.Count < keys.Capacity) keys.Add(reader.Key());
        return keys.MoveToImmutable();
    }

    private static Blockhash ReadBlockhash(ref ByteReader reader) =>
        reader.Bytes(Blockhash.Length) is { IsEmpty: false } bytes ? new Blockhash(new Digest(bytes)) : default;

    private static ImmutableArray<CompiledInstruction> ReadInstructions(ref ByteReader reader)
    {
        var instructions = ImmutableArray.CreateBuilder<CompiledInstruction>(reader.Count(InstructionLengthMin));
        while (instructions.Count < instructions.Capacity)
            instructions.Add(new CompiledInstruction(reader.Byte(), reader.CountedBytes(), reader.CountedBytes()));
        return instructions.MoveToImmutable();
    }

    private static ImmutableArray<AddressLookup> ReadLookups(ref ByteReader reader)
    {
        var lookups = ImmutableArray.CreateBuilder<AddressLookup>(reader.Count(LookupLengthMin));
        while (lookups.Count < lookups.Capacity)
            lookups.Add(new AddressLookup(reader.Key(), reader.CountedBytes(), reader.CountedBytes()));
        return lookups.MoveToImmutable();
    }

    private static int Counted(int count, int each) => CompactU16.LengthOf(count) + count * each;

    private static void Put(ArrayBufferWriter<byte> buffer, byte value) => buffer.Write([value]);

    private static void Put(ArrayBufferWriter<byte> buffer, Pubkey key)
    {
        key.CopyTo(buffer.GetSpan(Pubkey.Length));
        buffer.Advance(Pubkey.Length);
    }

    private static void PutCount(ArrayBufferWriter<byte> buffer, int count) =>
        buffer.Advance(CompactU16.Write(count, buffer.GetSpan(CompactU16.LengthMax)));

    private static void PutCounted(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> bytes)
    {
        PutCount(buffer, bytes.Length);
        buffer.Write(bytes);
    }
}
