using System.Collections.Immutable;
using Mev.Adapters.Solana.Instructions;
using Mev.Adapters.Solana.Transactions;
using Mev.Domain.Chain;

namespace Mev.Adapters.Solana.Signing;

/// <summary>
/// Reads an own transaction completely: compute budget, token accounts of the payer, swaps, transfers, in that order.
/// An instruction that is none of these, or has anything more to it, leaves the transaction undecoded. Never throws.
/// </summary>
internal sealed class CycleDecoder
{
    private const int MicroLamportsPerLamport = 1_000_000;

    private readonly TransactionMessage _message;
    private readonly ImmutableArray<DecodedSwap>.Builder _hops = ImmutableArray.CreateBuilder<DecodedSwap>();
    private readonly ImmutableArray<Pubkey>.Builder _created = ImmutableArray.CreateBuilder<Pubkey>();
    private readonly ImmutableArray<DecodedTransfer>.Builder _transfers =
        ImmutableArray.CreateBuilder<DecodedTransfer>();
    private uint? _limit;
    private ulong? _price;
    private string _defect = "";

    private CycleDecoder(TransactionMessage message) => _message = message;

    private bool IsBeforeSwaps => _hops.Count == 0 && _transfers.Count == 0;

    /// <summary>What the transaction does; none, and why, when that is not known.</summary>
    public static DecodedCycle? Read(
        TransactionMessage message, ImmutableArray<Instruction> instructions, out string undecoded)
    {
        var decoder = new CycleDecoder(message);
        undecoded = "";
        foreach (var (place, instruction) in instructions.Index())
        {
            if (decoder.Take(instruction)) continue;
            undecoded = $"instruction {place} of program {instruction.Program} is not known";
            return null;
        }
        var cycle = decoder.Cycle();
        undecoded = decoder._defect;
        return cycle;
    }

    private DecodedCycle? Cycle()
    {
        var units = (UInt128)(_price ?? 0) * (_limit ?? TransactionLimits.ComputeUnitsMax);
        var priority = (units + MicroLamportsPerLamport - 1) / MicroLamportsPerLamport;
        if (priority > int.MaxValue)
        {
            _defect = $"a priority fee of {priority} lamports is no fee";
            return null;
        }
        var signatures = _message.Header.Signers * TransactionFee.PerSignature.Value;
        return new DecodedCycle
        {
            UnitsLimit = _limit,
            UnitPrice = _price ?? 0,
            Fee = new Lamports(signatures + (long)priority),
            Created = _created.ToImmutable(),
            Hops = _hops.ToImmutable(),
            Transfers = _transfers.ToImmutable(),
        };
    }

    private bool Take(Instruction instruction)
    {
        if (instruction.Program == Programs.ComputeBudget) return TakeBudget(instruction);
        if (instruction.Program == Programs.AssociatedToken) return TakeCreate(instruction);
        if (instruction.Program == Programs.System) return TakeTransfer(instruction);
        if (_transfers.Count > 0 || SwapForms.Read(instruction) is not { } swap) return false;
        _hops.Add(swap);
        return true;
    }

    /// <summary>The program ignores accounts: one may only be the key that asks not to be preceded.</summary>
    private bool TakeBudget(Instruction instruction)
    {
        var data = instruction.Data.Span;
        var accounts = instruction.Accounts;
        if (!IsBeforeSwaps || accounts.Length > 1) return false;
        if (accounts.Length == 1 && !DontFrontKey.Is(accounts[0].Key)) return false;
        if (_limit is null && ComputeBudget.TryReadLimit(data, out var units)) _limit = units;
        else if (_price is null && ComputeBudget.TryReadPrice(data, out var microLamports)) _price = microLamports;
        else return false;
        return true;
    }

    private bool TakeCreate(Instruction instruction)
    {
        if (!IsBeforeSwaps || instruction.Accounts.Length != 6) return false;
        var (mint, program) = (instruction.Accounts[3].Key, instruction.Accounts[5].Key);
        if (program != Programs.Token && program != Programs.Token2022) return false;
        var expected = AssociatedToken.Create(_message.Payer, _message.Payer, mint, program);
        if (!instruction.Data.Span.SequenceEqual(expected.Data.Span)) return false;
        foreach (var (account, other) in instruction.Accounts.Zip(expected.Accounts))
            if (account.Key != other.Key) return false;
        _created.Add(expected.Accounts[1].Key);
        return true;
    }

    /// <summary>A third account may only be the one that asks not to be preceded.</summary>
    private bool TakeTransfer(Instruction instruction)
    {
        var accounts = instruction.Accounts;
        if (accounts.Length is < 2 or > 3) return false;
        if (!SystemProgram.TryReadTransfer(instruction.Data.Span, out var amount)) return false;
        if (amount > long.MaxValue || (accounts.Length == 3 && !DontFrontKey.Is(accounts[2].Key))) return false;
        var (from, to) = (accounts[0].Key, accounts[1].Key);
        _transfers.Add(new DecodedTransfer(
            from, to, new Lamports((long)amount), _message.StaticKeys.Contains(to)));
        return true;
    }
}
