using Mev.Domain.Chain;
using Mev.Domain.Opportunities;
using Mev.Domain.Pools;

namespace Mev.Domain.Tests.Opportunities;

public sealed class QuotedAccountsTests
{
    [Theory]
    [InlineData(165)]
    [InlineData(9_988)]
    public void A_version_stands_although_the_account_goes_on(int length)
    {
        var account = new PoolAccount(Mints.Usdc);
        account.Set(Write(length, 1));
        var kept = new QuotedAccounts(new QuotedAccountChunks());
        var uses = Enumerable.Range(0, 1_000).Select(_ => kept.Use(account)).ToList();
        var hash = Digest.Of(account.Data);

        account.Set(Write(length, 2));
        account.Edit()[0] = 3;

        Assert.All(uses, use => Assert.Equal((hash, hash), (use.Hash, Digest.Of(use.Data.Span))));
    }

    [Fact]
    public void Rooms_do_not_overlap()
    {
        var (kept, rooms) = (new QuotedAccounts(new QuotedAccountChunks()), new List<Memory<AccountUse>>());
        for (var i = 0; i < 500; i++)
        {
            var room = kept.Room(24);
            room.Span[0] = new AccountUse(default, default, new Slot((ulong)i), 0, default, default);
            kept.Keep(1 + i % 24);
            rooms.Add(room[..(1 + i % 24)]);
        }
        Assert.All(rooms.Index(), room => Assert.Equal((ulong)room.Index, room.Item.Span[0].Slot.Value));
        kept.Release();
        Assert.Equal(64, kept.Room(64).Length);
    }

    private static AccountWrite Write(int length, byte value)
    {
        var data = new byte[length];
        Array.Fill(data, value);
        return new AccountWrite
        {
            Key = Mints.Usdc,
            Owner = default,
            Lamports = 1,
            Slot = new Slot(value),
            WriteVersion = value,
            Data = data,
        };
    }
}
