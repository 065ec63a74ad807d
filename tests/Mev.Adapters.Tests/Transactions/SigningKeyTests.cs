using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Transactions;

public sealed class SigningKeyTests
{
    /// <summary>A transaction of one signature with one instruction without accounts: all but its data.</summary>
    private const int OverheadBytes = 1 + 64 + 3 + 1 + 2 * 32 + 32 + 1 + 1 + 1 + 2;

    [Fact]
    public void A_transaction_may_be_as_long_as_a_packet_and_no_longer()
    {
        using var key = Samples.Signer("payer");
        var longest = Message(key.Address, TransactionLimits.PacketBytesMax - OverheadBytes);
        var longer = Message(key.Address, TransactionLimits.PacketBytesMax - OverheadBytes + 1);
        Assert.Equal(TransactionLimits.PacketBytesMax, SigningKey.SignAll(longest, key).Write().Length);
        Assert.Equal(TransactionDefect.TooLong, TransactionLimits.Check(longer));
        Assert.Throws<ArgumentException>(() => SigningKey.SignAll(longer, key));
    }

    [Fact]
    public void A_transaction_may_load_64_accounts_and_no_more()
    {
        var table = new LookupTable(Samples.Key("table"), [.. Enumerable.Range(0, 63).Select(Samples.Key)]);
        Assert.Equal(TransactionDefect.None, TransactionLimits.Check(Loading(table, accounts: 62)));
        Assert.Equal(TransactionDefect.TooManyAccounts, TransactionLimits.Check(Loading(table, accounts: 63)));
    }

    [Fact]
    public void Every_signer_signs_in_the_order_of_the_keys()
    {
        using var payer = Samples.Signer("payer");
        using var other = Samples.Signer("other");
        var instruction = Samples.Call(Samples.Key("program"), AccountReference.Signer(other.Address));
        var message = MessageCompiler.V0(payer.Address, Samples.Blockhash, [instruction], []);
        var transaction = SigningKey.SignAll(message, other, payer);
        Assert.True(transaction.IsSigned());
        Assert.Equal(transaction.Id, payer.Sign(transaction.Message.Span));
        Assert.False((transaction with { Signatures = [.. transaction.Signatures.Reverse()] }).IsSigned());
        Assert.False((transaction with { Signatures = transaction.Signatures[..1] }).IsSigned());
        Assert.Throws<ArgumentException>(() => SigningKey.SignAll(message, payer));
    }

    [Fact]
    public void Every_changed_bit_of_message_or_signature_is_seen()
    {
        using var key = Samples.Signer("payer");
        var transfer = SystemProgram.Transfer(key.Address, Samples.Key("other"), new Lamports(1));
        var bytes = SigningKey.SignAll(MessageCompiler.Legacy(key.Address, Samples.Blockhash, [transfer]), key).Write();
        Assert.True(Transaction.Read(bytes, out _)!.IsSigned());
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(true, Transaction.Read(changed, out _)?.IsSigned());
        }
    }

    [Fact]
    public void A_key_shows_its_address_and_takes_seeds_of_32_bytes_only()
    {
        using var key = Samples.Signer("payer");
        Assert.Equal(key.Address.ToString(), key.ToString());
        Assert.True(CurvePoint.IsOnCurve(key.Address.ToArray()));
        Assert.Throws<FormatException>(() => new SigningKey(new byte[31]));
    }

    private static TransactionMessage Message(Pubkey payer, int dataLength) => MessageCompiler.Legacy(
        payer, Samples.Blockhash, [Samples.Call(Samples.Key("program")) with { Data = new byte[dataLength] }]);

    private static TransactionMessage Loading(LookupTable table, int accounts)
    {
        var loaded = table.Addresses[..accounts].Select(AccountReference.ReadOnly);
        var instruction = Samples.Call(Samples.Key("program"), [.. loaded]);
        return MessageCompiler.V0(Samples.Key("payer"), Samples.Blockhash, [instruction], [table]);
    }
}
