using System.Buffers.Binary;
using CsCheck;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Instructions;

public sealed class ProgramInstructionTests
{
    [Fact]
    public void A_tip_has_the_documented_bytes()
    {
        var transfer = SystemProgram.Transfer(Samples.Key("a"), Samples.Key("b"), new Lamports(100_000));
        Assert.Equal("02000000a086010000000000", Convert.ToHexStringLower(transfer.Data.Span));
        Assert.Throws<OverflowException>(() =>
            SystemProgram.Transfer(Samples.Key("a"), Samples.Key("b"), new Lamports(-1)));
    }

    [Fact]
    public void A_limit_of_loaded_bytes_has_the_documented_bytes() => Assert.Equal(
        "0400000100", Convert.ToHexStringLower(ComputeBudget.LoadedBytes(65_536).Data.Span));

    [Fact]
    public void A_nonce_is_read_and_advanced_by_its_authority()
    {
        var (key, data) = (Samples.Key("nonce"), NonceBytes());
        var nonce = Assert.NotNull(DurableNonce.Read(key, data));
        Assert.Equal((Samples.Key("authority"), Samples.Blockhash), (nonce.Authority, nonce.Value));
        var advance = SystemProgram.AdvanceNonce(nonce);
        Assert.Equal("04000000", Convert.ToHexStringLower(advance.Data.Span));
        Assert.Equal(key, advance.Accounts[0].Key);
        Assert.True(advance.Accounts[0].IsWritable);
        Assert.Equal("SysvarRecentB1ockHashes11111111111111111111", $"{advance.Accounts[1].Key}");
        Assert.Equal((Samples.Key("authority"), true), (advance.Accounts[2].Key, advance.Accounts[2].IsSigner));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(4, 2)]
    public void Another_version_or_state_is_no_nonce(int offset, byte value)
    {
        var data = NonceBytes();
        data[offset] = value;
        Assert.Null(DurableNonce.Read(default, data));
    }

    [Fact]
    public void Any_bytes_are_a_nonce_or_refused() => Gen.Byte.Array[0, 90].Sample(bytes =>
        Assert.True(DurableNonce.Read(default, bytes) is null || bytes.Length == 80));

    private static byte[] NonceBytes()
    {
        var data = new byte[80];
        BinaryPrimitives.WriteUInt32LittleEndian(data, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), 1);
        Samples.Key("authority").CopyTo(data.AsSpan(8));
        Samples.Blockhash.Hash.CopyTo(data.AsSpan(40));
        return data;
    }
}
