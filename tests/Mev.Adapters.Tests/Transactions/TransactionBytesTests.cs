using System.Collections.Immutable;
using CsCheck;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Fixtures;

namespace Mev.Adapters.Tests.Transactions;

/// <summary>Writing and reading are inverse, and bytes from outside never do harm.</summary>
public sealed class TransactionBytesTests
{
    private static readonly Pubkey Payer = Samples.Key("payer");

    [Fact]
    public void What_is_written_reads_back_to_the_same_bytes() => Samples.Calls.Sample(
        calls =>
        {
            var bytes = Unsigned(calls).Write();
            var read = Transaction.Read(bytes, out var defect);
            Assert.Equal(TransactionDefect.None, defect);
            Assert.Equal(bytes, read!.Write());
            var message = MessageBytes.Read(read.Message.Span, out _);
            Assert.Equal(read.Message.ToArray(), MessageBytes.Write(message!));
        },
        iter: Soak.Times(500, 20_000));

    [Fact]
    public void Every_cut_and_every_further_byte_is_refused() => Samples.Calls.Sample(
        calls =>
        {
            var bytes = Unsigned(calls).Write();
            for (var length = 0; length < bytes.Length; length++)
            {
                Assert.Null(Transaction.Read(bytes.AsSpan(0, length), out var defect));
                Assert.NotEqual(TransactionDefect.None, defect);
            }
            Assert.Null(Transaction.Read([.. bytes, 0], out var further));
            Assert.Equal(TransactionDefect.TrailingBytes, further);
        },
        iter: Soak.Times(20, 500));

    [Fact]
    public void Random_bytes_give_a_transaction_or_a_refusal() => Gen.Byte.Array[0, 1_300].Sample(
        bytes => IsReadOrRefused(bytes), iter: Soak.Times(20_000, 2_000_000));

    [Fact]
    public void Changed_bytes_give_a_transaction_or_a_refusal() => Gen.Select(
        Samples.Calls, Gen.Int[0, 5_000], Gen.Byte).Sample(
        (calls, place, with) =>
        {
            var bytes = Unsigned(calls).Write();
            bytes[place % bytes.Length] ^= with;
            IsReadOrRefused(bytes);
        },
        iter: Soak.Times(5_000, 500_000));

    [Theory]
    [InlineData((byte)0x81)]
    [InlineData((byte)0x82)]
    [InlineData((byte)0xff)]
    public void Another_version_is_refused(byte version)
    {
        var bytes = MessageBytes.Write(Message(MessageVersion.V0));
        bytes[0] = version;
        Assert.Null(MessageBytes.Read(bytes, out var defect));
        Assert.Equal(TransactionDefect.Version, defect);
    }

    [Fact]
    public void A_form_that_could_not_be_executed_is_refused_for_its_cause()
    {
        var sound = Message(MessageVersion.V0);
        Refused(TransactionDefect.Header, sound with { Header = new MessageHeader(0, 0, 0) });
        Refused(TransactionDefect.Header, sound with { Header = new MessageHeader(1, 1, 1) });
        Refused(TransactionDefect.Header, sound with { Header = new MessageHeader(1, 0, 9) });
        Refused(TransactionDefect.Repeated, sound with { StaticKeys = [Payer, Payer, sound.StaticKeys[1]] });
        Refused(TransactionDefect.Place, Calling(sound, program: 0, account: 0));
        Refused(TransactionDefect.Place, Calling(sound, program: 2, account: 0)); // looked up
        Refused(TransactionDefect.Place, Calling(sound, program: 1, account: 3));
        var lookup = sound.Lookups[0];
        Refused(TransactionDefect.EmptyLookup, sound with { Lookups = [lookup with { ReadOnly = default }] });
        Refused(TransactionDefect.Repeated, sound with { Lookups = [lookup, lookup] });
        Refused(TransactionDefect.TooManyAccounts, sound with { Lookups = [lookup with { ReadOnly = new byte[255] }] });
    }

    [Fact]
    public void Signatures_must_be_as_many_as_the_message_asks_for()
    {
        var message = MessageBytes.Write(Message(MessageVersion.Legacy));
        foreach (var count in new[] { 0, 2 })
        {
            var bytes = new Transaction([.. new TransactionSignature[count]], message).Write();
            Assert.Null(Transaction.Read(bytes, out var defect));
            Assert.Equal(TransactionDefect.Signatures, defect);
        }
    }

    [Theory]
    [InlineData("8000")]
    [InlineData("808000")]
    [InlineData("ffff04")]
    [InlineData("80808001")]
    public void A_length_in_another_form_is_refused(string hex)
    {
        Assert.Equal(TransactionDefect.Length, CompactU16.Read(Convert.FromHexString(hex), out _, out _));
        Assert.Null(Transaction.Read(Convert.FromHexString(hex), out var defect));
        Assert.Equal(TransactionDefect.Length, defect);
    }

    [Fact]
    public void Every_length_reads_back_and_those_beyond_are_refused()
    {
        Span<byte> bytes = stackalloc byte[CompactU16.LengthMax];
        for (var value = 0; value <= ushort.MaxValue; value++)
        {
            var count = CompactU16.Write(value, bytes);
            Assert.Equal(TransactionDefect.None, CompactU16.Read(bytes[..count], out var read, out var taken));
            Assert.Equal((value, count), (read, taken));
            Assert.Equal(TransactionDefect.Truncated, CompactU16.Read(bytes[..(count - 1)], out _, out _));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => CompactU16.Write(ushort.MaxValue + 1, new byte[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CompactU16.Write(-1, new byte[3]));
    }

    private static Transaction Unsigned((Instruction[] Instructions, LookupTable[] Tables) calls)
    {
        var message = MessageCompiler.V0(Payer, Samples.Blockhash, calls.Instructions, calls.Tables);
        return new Transaction(
            [.. new TransactionSignature[message.Header.Signers]], MessageBytes.Write(message));
    }

    private static void IsReadOrRefused(byte[] bytes)
    {
        var read = Transaction.Read(bytes, out var defect);
        Assert.Equal(read is null, defect != TransactionDefect.None);
        if (read is not null) Assert.Equal(bytes, read.Write());
        var message = MessageBytes.Read(bytes, out defect);
        Assert.Equal(message is null, defect != TransactionDefect.None);
        if (message is not null) Assert.Equal(bytes, MessageBytes.Write(message));
        LookupTableAccount.Read(Payer, bytes);
    }

    /// <summary>A payer, a program, and of version 0 one looked up account.</summary>
    private static TransactionMessage Message(MessageVersion version) => new()
    {
        Version = version,
        Header = new MessageHeader(1, 0, 1),
        StaticKeys = [Payer, Samples.Key("program")],
        RecentBlockhash = Samples.Blockhash,
        Instructions = [new CompiledInstruction(1, new byte[] { 0 }, new byte[] { 7 })],
        Lookups = version == MessageVersion.Legacy
            ? []
            : [new AddressLookup(Samples.Key("table"), default, new byte[] { 4 })],
    };

    private static TransactionMessage Calling(TransactionMessage message, byte program, byte account) => message with
    {
        Instructions = ImmutableArray.Create(new CompiledInstruction(program, new[] { account }, default)),
    };

    private static void Refused(TransactionDefect expected, TransactionMessage message)
    {
        Assert.Null(MessageBytes.Read(MessageBytes.Write(message), out var defect));
        Assert.Equal(expected, defect);
    }
}
