using Mev.Domain.Chain;
using Mev.Domain.Opportunities;

namespace Mev.Domain.Tests.Opportunities;

public sealed class OpportunityIdsTests
{
    private static readonly Slot Slot = new(300_000_000);
    private static readonly Digest Cycle = new(Filled(0x02, 32));

    private static readonly AccountUse[] Accounts =
    [
        Use(new Pubkey(Filled(0x03, 32)), 0x00),
        Use(new Pubkey(Filled(0x04, 32))),
    ];

    [Fact]
    public void The_published_vector_with_a_trigger_agrees()
    {
        var id = OpportunityIds.Derive(Slot, Cycle, Accounts, [TransactionSignature.From(Filled(0x01, 64))]);
        Assert.Equal("b8ca8c1d5939251e809d70153c013aa47a21f6c13fed2215f778f7fe43490b47", id.ToString());
    }

    [Fact]
    public void The_published_vector_without_a_trigger_agrees() =>
        Assert.Equal(
            "b207bf427948d8046c92e45060424e0b6351fd35c0a7d3e6af57f2bc61f892ee",
            OpportunityIds.Derive(Slot, Cycle, Accounts).ToString());

    [Fact]
    public void The_order_in_which_accounts_are_given_does_not_matter() =>
        Assert.Equal(
            OpportunityIds.Derive(Slot, Cycle, Accounts),
            OpportunityIds.Derive(Slot, Cycle, [Accounts[1], Accounts[0]]));

    [Fact]
    public void A_changed_byte_of_an_account_is_another_opportunity() =>
        Assert.NotEqual(
            OpportunityIds.Derive(Slot, Cycle, Accounts),
            OpportunityIds.Derive(Slot, Cycle, [Accounts[0], Use(Accounts[1].Key, 0x01)]));

    private static AccountUse Use(Pubkey key, params byte[] data) =>
        new(key, default, default, 0, Digest.Of(data), data);

    private static byte[] Filled(byte value, int count)
    {
        var bytes = new byte[count];
        Array.Fill(bytes, value);
        return bytes;
    }
}
