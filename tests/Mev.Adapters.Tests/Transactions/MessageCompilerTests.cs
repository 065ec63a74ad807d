using CsCheck;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;
using Mev.Fixtures;
using static Mev.Adapters.Solana.Transactions.AccountReference;

namespace Mev.Adapters.Tests.Transactions;

public sealed class MessageCompilerTests
{
    private static readonly Pubkey Payer = Samples.Key("payer");
    private static readonly Pubkey Program = Samples.Key("program");

    [Fact]
    public void Keys_stand_by_class_and_then_by_first_appearance()
    {
        var message = Legacy(
            Samples.Call(Program, ReadOnly(Samples.Key(1)), Writable(Samples.Key(2)), Signer(Samples.Key(3))),
            Samples.Call(Program, WritableSigner(Samples.Key(4)), Writable(Samples.Key(5))));
        Assert.Equal(
            [Payer, Samples.Key(4), Samples.Key(3), Samples.Key(2), Samples.Key(5), Program, Samples.Key(1)],
            message.StaticKeys);
        Assert.Equal(new MessageHeader(3, 1, 2), message.Header);
    }

    [Fact]
    public void What_one_instruction_may_do_with_a_key_it_may_do_in_the_message()
    {
        var message = Legacy(
            Samples.Call(Program, ReadOnly(Samples.Key(1)), ReadOnly(Payer)),
            Samples.Call(Program, Writable(Samples.Key(1))),
            Samples.Call(Program, Signer(Samples.Key(1))));
        Assert.Equal([Payer, Samples.Key(1), Program], message.StaticKeys);
        Assert.Equal(new MessageHeader(2, 0, 1), message.Header);
    }

    [Fact]
    public void Tables_give_writable_keys_then_read_only_ones_and_never_signers_programs_or_kept_keys()
    {
        var (one, two) = (Samples.Key("one"), Samples.Key("two"));
        var kept = Samples.Key(6);
        var instruction = Samples.Call(
            Program, ReadOnly(Samples.Key(1)), Writable(Samples.Key(2)), Signer(Samples.Key(3)),
            Writable(Samples.Key(4)), ReadOnly(Samples.Key(5)), Writable(kept));
        var first = new LookupTable(one, [Samples.Key(9), Samples.Key(1), Samples.Key(2), Samples.Key(1), Program]);
        var second = new LookupTable(
            two, [Samples.Key(2), Samples.Key(3), Samples.Key(5), Samples.Key(4), kept, Payer]);
        var unused = new LookupTable(Samples.Key("unused"), [Samples.Key(8)]);

        var message = MessageCompiler.V0(
            Payer, Samples.Blockhash, [instruction], [first, unused, second], kept);

        Assert.Equal([Payer, Samples.Key(3), kept, Program], message.StaticKeys);
        Assert.Equal([one, two], message.Lookups.Select(lookup => lookup.Table));
        Assert.Equal([2], message.Lookups[0].Writable.ToArray());
        Assert.Equal([1], message.Lookups[0].ReadOnly.ToArray());
        Assert.Equal([3], message.Lookups[1].Writable.ToArray());
        Assert.Equal([2], message.Lookups[1].ReadOnly.ToArray());
        Assert.Equal([6, 4, 1, 5, 7, 2], message.Instructions[0].Accounts.ToArray());
    }

    [Fact]
    public void What_was_compiled_comes_back_with_the_rights_of_the_whole_message() => Samples.Calls.Sample(
        calls =>
        {
            foreach (var message in Both(calls.Instructions, calls.Tables))
            {
                Assert.Equal(TransactionDefect.None, message.Defect());
                var back = Assert.NotNull(MessageInstructions.Of(message, calls.Tables));
                var rights = calls.Instructions.SelectMany(instruction => instruction.Accounts).ToLookup(a => a.Key);
                foreach (var (given, found) in calls.Instructions.Zip(back))
                {
                    Assert.Equal(given.Program, found.Program);
                    Assert.Equal(given.Data.ToArray(), found.Data.ToArray());
                    Assert.Equal(given.Accounts.Select(account => Whole(account.Key, rights)), found.Accounts);
                }
                Assert.Equal(calls.Instructions.Length, back.Length);
            }
        },
        iter: Soak.Times(500, 20_000));

    [Fact]
    public void A_table_that_is_missing_or_shorter_gives_no_instructions()
    {
        var table = new LookupTable(Samples.Key("one"), [Samples.Key(9), Samples.Key(1)]);
        var message = MessageCompiler.V0(
            Payer, Samples.Blockhash, [Samples.Call(Program, ReadOnly(Samples.Key(1)))], [table]);
        Assert.NotNull(MessageInstructions.Of(message, [table]));
        Assert.Null(MessageInstructions.Of(message, []));
        Assert.Null(MessageInstructions.Of(message, [table with { Addresses = table.Addresses[..1] }]));
    }

    [Fact]
    public void More_keys_than_places_are_refused()
    {
        var accounts = Enumerable.Range(0, TransactionMessage.KeysMax).Select(i => ReadOnly(Samples.Key(i)));
        Assert.Throws<ArgumentException>(() => Legacy(Samples.Call(Program, [.. accounts])));
    }

    private static TransactionMessage Legacy(params Instruction[] instructions) =>
        MessageCompiler.Legacy(Payer, Samples.Blockhash, instructions);

    private static TransactionMessage[] Both(Instruction[] instructions, LookupTable[] tables) =>
        [Legacy(instructions), MessageCompiler.V0(Payer, Samples.Blockhash, instructions, tables)];

    private static AccountReference Whole(Pubkey key, ILookup<Pubkey, AccountReference> rights) =>
        new(key, rights[key].Any(right => right.IsSigner), rights[key].Any(right => right.IsWritable));
}
