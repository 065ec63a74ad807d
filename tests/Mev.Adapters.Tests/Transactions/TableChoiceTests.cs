using System.Collections.Immutable;
using CsCheck;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Tests.Transactions;

public sealed class TableChoiceTests
{
    private static readonly Pubkey Payer = Samples.Key("payer");
    private static readonly Pubkey Program = Samples.Key("program");

    [Fact]
    public void A_table_that_gives_one_key_alone_would_lengthen_the_message_and_is_left_out()
    {
        Assert.Empty(Chosen(Table("one", 1)));
        Assert.Equal(["two"], Names(Chosen(Table("one", 3), Table("two", 1, 2))));
    }

    [Fact]
    public void The_table_that_shortens_most_comes_first_and_of_equals_the_first_given()
    {
        Assert.Equal(["large"], Names(Chosen(Table("small", 1, 2), Table("large", 1, 2, 3))));
        Assert.Equal(["first"], Names(Chosen(Table("first", 1, 2), Table("second", 2, 1))));
        Assert.Equal(["large", "rest"], Names(Chosen(Table("rest", 4, 5), Table("large", 1, 2, 3))));
    }

    [Fact]
    public void What_a_table_gave_counts_for_no_other() =>
        Assert.Equal(["large"], Names(Chosen(Table("large", 1, 2, 3, 4), Table("overlap", 3, 4, 5))));

    [Fact]
    public void Signers_programs_and_kept_keys_are_no_reason_for_a_table()
    {
        var call = Samples.Call(
            Program, AccountReference.Signer(Samples.Key(1)), AccountReference.Writable(Samples.Key(2)),
            AccountReference.ReadOnly(Program));
        var table = new LookupTable(
            Samples.Key("table"), [Samples.Key(1), Samples.Key(2), Program, Payer, Samples.Key(3)]);
        Assert.Empty(TableChoice.Of(Payer, [call], [table]));
        var further = Samples.Call(Program, AccountReference.ReadOnly(Samples.Key(3)));
        Assert.Equal([table], TableChoice.Of(Payer, [call, further], [table]));
        Assert.Empty(TableChoice.Of(Payer, [call, further], [table], Samples.Key(3)));
    }

    [Fact]
    public void No_message_is_longer_for_its_tables_and_each_says_the_same_again() => Samples.Calls.Sample(calls =>
    {
        var (instructions, tables) = calls;
        var chosen = TableChoice.Of(Payer, instructions, [.. tables]);
        var message = MessageCompiler.V0(Payer, Samples.Blockhash, instructions, chosen);
        var plain = MessageCompiler.V0(Payer, Samples.Blockhash, instructions, []);
        Assert.True(MessageBytes.LengthOf(message) <= MessageBytes.LengthOf(plain));
        Assert.Equal(chosen.Length, message.Lookups.Length); // none was chosen in vain
        var read = Assert.NotNull(MessageInstructions.Of(message, tables));
        Assert.Equal(
            Assert.NotNull(MessageInstructions.Of(plain, [])).Select(one => one.Accounts.AsEnumerable()),
            read.Select(one => one.Accounts.AsEnumerable()));
    });

    [Fact]
    public void Tables_are_equal_by_key_and_addresses_and_a_changed_copy_knows_its_own_places()
    {
        var table = Table("table", 1, 2, 1);
        Assert.Equal((0, 1, (int?)null), (
            table.PlaceOf(Samples.Key(1)), table.PlaceOf(Samples.Key(2)), table.PlaceOf(Samples.Key(3))));
        Assert.Equal(table, Table("table", 1, 2, 1));
        Assert.NotEqual(table, Table("table", 1, 2));
        Assert.NotEqual(table, Table("other", 1, 2, 1));
        Assert.Equal(0, (table with { Addresses = [Samples.Key(3)] }).PlaceOf(Samples.Key(3)));
    }

    private static ImmutableArray<LookupTable> Chosen(params LookupTable[] tables) => TableChoice.Of(
        Payer,
        [Samples.Call(Program, [.. Enumerable.Range(1, 5).Select(key => AccountReference.Writable(Samples.Key(key)))])],
        [.. tables]);

    private static LookupTable Table(string name, params int[] keys) =>
        new(Samples.Key(name), [.. keys.Select(Samples.Key)]);

    private static string[] Names(ImmutableArray<LookupTable> tables) =>
        [.. tables.Select(table => All.First(name => Samples.Key(name) == table.Key))];

    private static readonly string[] All =
        ["one", "two", "small", "large", "first", "second", "rest", "overlap", "table", "other"];
}
