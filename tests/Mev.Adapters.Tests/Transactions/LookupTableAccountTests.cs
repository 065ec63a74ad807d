using System.Buffers.Binary;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Transactions;

public sealed class LookupTableAccountTests
{
    private static readonly Pubkey Table = Samples.Key("table");

    [Fact]
    public void Addresses_are_usable_from_the_slot_after_they_were_added()
    {
        var account = LookupTableAccount.Read(Table, Bytes(addresses: 5, extendedIn: 100, start: 3))!;
        Assert.Equal([.. account.Addresses[..3]], account.UsableIn(new Slot(100))!.Addresses);
        Assert.Equal([.. account.Addresses[..3]], account.UsableIn(new Slot(99))!.Addresses);
        Assert.Equal([.. account.Addresses], account.UsableIn(new Slot(101))!.Addresses);
        Assert.Equal(Table, account.UsableIn(new Slot(101))!.Key);
    }

    [Fact]
    public void A_new_table_has_nothing_to_give_in_its_slot() =>
        Assert.Null(LookupTableAccount.Read(Table, Bytes(5, extendedIn: 100, start: 0))!.UsableIn(new Slot(100)));

    [Theory]
    [InlineData(0UL)]
    [InlineData(50UL)]
    [InlineData(ulong.MaxValue - 1)]
    public void A_table_whose_deactivation_began_is_not_used(ulong deactivatedIn)
    {
        var account = LookupTableAccount.Read(Table, Bytes(5, extendedIn: 10, start: 0, deactivatedIn))!;
        Assert.Equal(new Slot(deactivatedIn), account.DeactivatedIn);
        Assert.Null(account.UsableIn(new Slot(1_000)));
    }

    [Fact]
    public void Bytes_that_are_no_table_are_refused()
    {
        var sound = Bytes(addresses: 2, extendedIn: 1, start: 0);
        for (var length = 0; length < sound.Length; length++)
            Assert.Equal(length is 56 or 88, LookupTableAccount.Read(Table, sound.AsSpan(0, length)) is not null);
        Assert.Null(LookupTableAccount.Read(Table, Changed(sound, at: 0, to: 0)));
        Assert.Null(LookupTableAccount.Read(Table, Changed(sound, at: 21, to: 2)));
        Assert.Null(LookupTableAccount.Read(Table, Bytes(addresses: 257, extendedIn: 1, start: 0)));
        Assert.NotNull(LookupTableAccount.Read(Table, Bytes(addresses: 256, extendedIn: 1, start: 255)));
    }

    [Fact]
    public void What_is_written_is_what_was_read()
    {
        var frozen = Bytes(addresses: 5, extendedIn: 100, start: 3, deactivatedIn: 77);
        Assert.Equal(frozen, LookupTableAccount.Read(Table, frozen)!.Write());
        var owned = Changed(frozen, at: 21, to: 1);
        Samples.Key("authority").CopyTo(owned.AsSpan(22));
        Assert.Equal(owned, LookupTableAccount.Read(Table, owned)!.Write());
    }

    private static byte[] Bytes(int addresses, ulong extendedIn, byte start, ulong deactivatedIn = ulong.MaxValue)
    {
        var data = new byte[56 + 32 * addresses];
        data[0] = 1;
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(4), deactivatedIn);
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(12), extendedIn);
        data[20] = start;
        for (var i = 0; i < addresses; i++) Samples.Key(i).CopyTo(data.AsSpan(56 + 32 * i));
        return data;
    }

    private static byte[] Changed(byte[] data, int at, byte to)
    {
        var changed = data.ToArray();
        changed[at] = to;
        return changed;
    }
}
