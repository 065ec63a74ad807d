using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Collections.Immutable;
using CsCheck;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Signing.Treasury;
using Mev.Adapters.Solana.Transactions;
using Mev.Adapters.Tests.Transactions;
using Mev.Domain.Bundles;
using Mev.Domain.Chain;
using Mev.Domain.Signing;

namespace Mev.Adapters.Tests.Signing.Treasury;

/// <summary>A random order of the treasury: a form, and up to two flaws.</summary>
internal sealed record TreasuryPlan(TreasuryForm Form, TreasuryFlaw First, TreasuryFlaw Second, bool IsOutsideAgreed)
{
    public static readonly Pubkey Payer = SignedScene.Wallets[0].Address;
    public static readonly Pubkey Other = SignedScene.Wallets[1].Address;
    public static readonly Pubkey Stranger = SignedScene.Strangers[0].Address;

    public static Gen<TreasuryPlan> Random { get; } =
        from form in Gen.Enum<TreasuryForm>().Where(form => form != TreasuryForm.Unknown)
        from first in Gen.Frequency((1, Gen.Const(TreasuryFlaw.None)), (3, Gen.Enum<TreasuryFlaw>()))
        from second in Gen.Frequency((4, Gen.Const(TreasuryFlaw.None)), (1, Gen.Enum<TreasuryFlaw>()))
        from isAgreed in Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true)))
        select new TreasuryPlan(form, first, second, isAgreed);

    /// <summary>An order without a flaw.</summary>
    public static TreasuryPlan Sound(TreasuryForm form) => new(form, TreasuryFlaw.None, TreasuryFlaw.None, false);

    /// <summary>The request as an honest platform would make it, but for the flaws.</summary>
    public TreasuryRequest Request()
    {
        var message = Message();
        var sound = SignedScene.Request(SignedScene.Message(Payer, SignedScene.Cycle(Payer, true, true, 1_000)));
        var (stop, network) = (sound.Stop, sound.Network);
        return new TreasuryRequest
        {
            Message = message,
            Ordered = Has(TreasuryFlaw.NotOrdered) ? null
                : Digest.Of(Has(TreasuryFlaw.OtherOrder) ? "another message"u8 : message),
            Approvals = Approvals(),
            CostMax = new Lamports(Has(TreasuryFlaw.AboveOrder) ? 9_000 : 10_000_000),
            Left = new Lamports(Has(TreasuryFlaw.AboveCap) ? 9_999_999 : 50_000_000),
            TipMax = new Lamports(100_000),
            Reserve = new Lamports(1_000_000),
            Wallets = sound.Wallets with
            {
                Allowed = Has(TreasuryFlaw.NotAllowed) ? FrozenSet<Pubkey>.Empty : sound.Wallets.Allowed,
                Balances = Has(TreasuryFlaw.UnknownBalance) ? FrozenDictionary<Pubkey, Lamports>.Empty
                    : Has(TreasuryFlaw.BelowReserve)
                        ? FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create(Payer, new Lamports(1_005_999))])
                        : sound.Wallets.Balances,
            },
            Stop = stop with
            {
                IsStopped = Has(TreasuryFlaw.Stopped),
                Now = Has(TreasuryFlaw.PermitEnded) ? stop.Permit!.EndsAt : stop.Now,
            },
            Network = network with
            {
                GenesisHash = Has(TreasuryFlaw.UnknownChain) ? null
                    : Has(TreasuryFlaw.Mainnet) ? Genesis.Mainnet : network.GenesisHash,
            },
        };
    }

    private bool Has(TreasuryFlaw flaw) => First == flaw || Second == flaw;

    private ImmutableArray<TreasuryApproval> Approvals()
    {
        if (Has(TreasuryFlaw.NotApproved)) return [];
        if (Has(TreasuryFlaw.OnePersonInTwoRoles))
            return [new("ada", TreasuryRole.Admin), new("ada", TreasuryRole.Risk)];
        return IsOutsideAgreed
            ? [new("ada", TreasuryRole.Admin), new("rix", TreasuryRole.Risk)]
            : [new("opa", TreasuryRole.Operator)];
    }

    private byte[] Message()
    {
        var instructions = Instructions().ToList();
        if (Has(TreasuryFlaw.TokenApproval)) instructions.Add(Approval());
        if (Has(TreasuryFlaw.StrangeProgram))
            instructions.Add(SystemProgram.Transfer(Payer, Other, new Lamports(1)) with { Program = Programs.Memo });
        if (Has(TreasuryFlaw.HugePrice)) instructions.Insert(0, ComputeBudget.Price(500_000_000_000));
        var message = MessageCompiler.V0(
            Payer, Samples.Blockhash, [ComputeBudget.Limit(100_000), .. instructions], []);
        if (Has(TreasuryFlaw.SecondSigner)) message = WithSecondSigner(message);
        return MessageBytes.Write(message);
    }

    private Instruction[] Instructions()
    {
        var to = Has(TreasuryFlaw.ToStranger) ? Stranger : Other;
        var self = Has(TreasuryFlaw.ToStranger) ? Stranger : Payer;
        var table = LookupTableProgram.Address(Payer, new Slot(7)).Address;
        var wrapped = AssociatedToken.Address(self, Mints.Wsol, Programs.Token);
        var tip = Has(TreasuryFlaw.TipAboveCap) ? 100_001 : Has(TreasuryFlaw.TipTooSmall) ? 999 : 10_000;
        return Form switch
        {
            TreasuryForm.Wrap =>
            [
                AssociatedToken.Create(Payer, self, Mints.Wsol, Programs.Token),
                SystemProgram.Transfer(Payer, wrapped, new Lamports(1_000_000)), TokenProgram.SyncNative(wrapped),
            ],
            TreasuryForm.Unwrap =>
            [
                TokenProgram.Close(AssociatedToken.Address(Payer, Mints.Wsol, Programs.Token), self, Payer),
            ],
            TreasuryForm.TokenAccounts => [AssociatedToken.Create(Payer, to, Mints.Usdc, Programs.Token)],
            TreasuryForm.Fund => [SystemProgram.Transfer(Payer, to, new Lamports(2_000_000))],
            TreasuryForm.Nonce => [.. Nonce()],
            TreasuryForm.LookupTable when Has(TreasuryFlaw.StrangerClosesTable) =>
                [LookupTableProgram.Close(table, Payer, Stranger)],
            TreasuryForm.LookupTable =>
            [
                LookupTableProgram.Create(Payer, Payer, new Slot(7)),
                LookupTableProgram.Extend(table, Payer, Payer, [.. Enumerable.Range(
                    0, Has(TreasuryFlaw.TooLong) ? 36 : 3).Select(number => Samples.Key($"entry {number}"))]),
            ],
            _ =>
            [
                SystemProgram.Transfer(Payer, Payer, new Lamports(1)),
                SystemProgram.Transfer(
                    Payer, Has(TreasuryFlaw.TipToStranger) ? Stranger : TipAccounts.All[2], new Lamports(tip),
                    SignedScene.DontFront),
            ],
        };
    }

    private ImmutableArray<Instruction> Nonce()
    {
        var made = SystemProgram.CreateNonce(Payer, "nonce 1");
        if (!Has(TreasuryFlaw.StrangerHasNonce)) return made;
        var data = made[1].Data.ToArray();
        Stranger.CopyTo(data.AsSpan(sizeof(uint)));
        return [made[0], made[1] with { Data = data }];
    }

    /// <summary>Lets a stranger move the wallet's wrapped SOL.</summary>
    private static Instruction Approval()
    {
        var data = new byte[9];
        data[0] = 4;
        BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(1), ulong.MaxValue);
        return new Instruction
        {
            Program = Programs.Token,
            Accounts = [
                AccountReference.Writable(AssociatedToken.Address(Payer, Mints.Wsol, Programs.Token)),
                AccountReference.ReadOnly(Stranger), AccountReference.Signer(Payer)],
            Data = data,
        };
    }

    /// <summary>The first key that only is written has to sign too.</summary>
    private static TransactionMessage WithSecondSigner(TransactionMessage message) => message with
    {
        Header = message.Header with { Signers = 2 },
    };
}
