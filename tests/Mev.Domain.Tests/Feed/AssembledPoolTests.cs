using Mev.Domain.Feed;
using static Mev.Domain.Tests.Feed.FakeChain;

namespace Mev.Domain.Tests.Feed;

public sealed class AssembledPoolTests
{
    [Fact]
    public void A_copy_is_of_the_state_before_an_open_transaction_and_says_so()
    {
        var assembler = Start(1);
        var copy = new FakePool(Pool(0));
        assembler.Take(VaultWrite(0, 0, 5, 101, 1, 1));
        Assert.Equal(PoolCondition.Torn, assembler.Get(0).CopyTo(copy));
        Assert.Equal((1UL, 1UL), (copy.Number(Vault(0, 0)), copy.Number(Vault(0, 1))));
        assembler.Take(VaultWrite(0, 1, 5, 101, 2, 1));
        assembler.CloseTransaction();
        Assert.Equal(PoolCondition.None, assembler.Get(0).CopyTo(copy));
        Assert.Equal((5UL, 5UL), (copy.Number(Vault(0, 0)), copy.Number(Vault(0, 1))));
    }

    [Fact]
    public async Task Copies_on_another_thread_are_never_of_half_a_transaction_and_only_move_forward()
    {
        const ulong Last = 100_000;
        var assembler = Start(1);
        var (source, copy, seen) = (assembler.Get(0), new FakePool(Pool(0)), 0UL);
        var writing = Task.Factory.StartNew(
            () =>
            {
                for (var number = 2UL; number <= Last; number++)
                {
                    assembler.Swap(0, number, 101, 2 * number);
                    assembler.CloseTransaction();
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (seen < Last)
        {
            source.CopyTo(copy);
            var (first, second) = (copy.Number(Vault(0, 0)), copy.Number(Vault(0, 1)));
            Assert.Equal(first, second);
            Assert.True(first >= seen, $"went back from {seen} to {first}");
            seen = first;
        }
        await writing;
    }
}
