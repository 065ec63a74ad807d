using System.Collections.Frozen;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Rpc;
using Mev.Adapters.Solana.Signing;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Signing;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Chain;
using Mev.Domain.Signing;
using Mev.Domain.Wallets;

namespace Mev.Adapters.Tests.Simulator;

/// <summary>
/// The guarded signer and the production sender of orders against the simulator, with two wallets of ours.
/// </summary>
internal sealed class TreasuryRun : IAsyncDisposable
{
    private readonly GuardedSigner _signer = new(Samples.Signer("wallet"), Samples.Signer("wallet 2"));

    private TreasuryRun(SimulatorRun simulator)
    {
        Simulator = simulator;
        Client = simulator.Rpc();
        Treasury = new RpcTreasury(Client);
    }

    public static Pubkey Wallet { get; } = Samples.Signer("wallet").Address;

    public static Pubkey Other { get; } = Samples.Signer("wallet 2").Address;

    public SimulatorRun Simulator { get; }

    public RpcClient Client { get; }

    public RpcTreasury Treasury { get; }

    public static async Task<TreasuryRun> Start(params string[] settings) => new(await SimulatorRun.Start(
        [$"Simulator:FundedWallets:0={Wallet}", $"Simulator:FundedWallets:1={Other}", .. settings]));

    /// <summary>Slot and hash that a message is built on.</summary>
    public (Slot Slot, Blockhash Hash) Tip()
    {
        lock (Simulator.Chain.Gate) return (Simulator.Chain.Blocks.Tip.Slot, Simulator.Chain.Blocks.Tip.Hash);
    }

    /// <summary>Signs by the rules, sends and waits for what it did; the signature too.</summary>
    public async Task<(TreasuryLanding Landing, TransactionSignature Signature)> Execute(
        params Instruction[] instructions)
    {
        var transaction = Sign(instructions);
        await Treasury.Send(transaction);
        await Treasury.Send(transaction); // the same bytes again change nothing
        var signature = TransactionSignature.From(transaction.Span.Slice(1, TransactionSignature.Length));
        Simulator.Ticks.NextSlots(1);
        Assert.Equal(SignaturePresence.Pending, (await Treasury.Find(signature)).Presence);
        Simulator.Ticks.NextSlots(40);
        var (presence, landing) = await Treasury.Find(signature);
        Assert.Equal(SignaturePresence.Final, presence);
        return (landing!.Value, signature);
    }

    /// <summary>The signed bytes of an order, which every rule lets pass.</summary>
    public ReadOnlyMemory<byte> Sign(params Instruction[] instructions)
    {
        var message = MessageBytes.Write(MessageCompiler.V0(
            Wallet, Tip().Hash, [ComputeBudget.Limit(100_000), .. instructions], []));
        var sound = SignedScene.Request(SignedScene.Message(
            SignedScene.Wallets[0].Address, SignedScene.Cycle(SignedScene.Wallets[0].Address, true, true, 1_000)));
        var answer = _signer.SignTreasury(
            new TreasuryRequest
            {
                Message = message,
                Ordered = Digest.Of(message),
                Approvals = [new TreasuryApproval("opa", TreasuryRole.Operator)],
                CostMax = new Lamports(5_000_000_000),
                Left = new Lamports(5_000_000_000),
                TipMax = new Lamports(100_000),
                Reserve = new Lamports(1_000_000),
                Wallets = new SigningWallets
                {
                    All = FrozenSet.Create(Wallet, Other),
                    Allowed = FrozenSet.Create(Wallet, Other),
                    TokenAccounts = FrozenSet<Pubkey>.Empty,
                    Balances = FrozenDictionary.ToFrozenDictionary(
                        [KeyValuePair.Create(Wallet, new Lamports(LamportsOf(Wallet)))]),
                },
                Stop = sound.Stop,
                Network = sound.Network,
            },
            refused: refusal => Assert.Fail(refusal.Sentence));
        return answer.Transactions[0];
    }

    /// <summary>Lamports of an account now; 0 where there is none.</summary>
    public long LamportsOf(Pubkey key)
    {
        lock (Simulator.Chain.Gate) return (long)(Simulator.Chain.Find(key)?.Lamports ?? 0);
    }

    /// <summary>Lamports of the wallet with its wrapped SOL.</summary>
    public long Held() => LamportsOf(Wallet) + LamportsOf(Wrapped);

    public static Pubkey Wrapped { get; } = AssociatedToken.Address(Wallet, Mints.Wsol, Programs.Token);

    public async ValueTask DisposeAsync()
    {
        _signer.Dispose();
        await Simulator.DisposeAsync();
    }
}
