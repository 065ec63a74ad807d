using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.RaydiumCpmm;

/// <content>Decoding of the accounts.</content>
public sealed partial class RaydiumCpmmPool
{
    /// <summary>Where the creator's fee is taken (values of the program).</summary>
    private const byte OnInput = 0;
    private const byte OnTokenA = 1;
    private const byte OnTokenB = 2;

    /// <inheritdoc/>
    protected override PoolDefect Decode()
    {
        (_aIn, _bIn, _state, _refusal) = (default, default, default, QuoteError.NotQuotable);
        var account = Account(PoolIndex);
        var defect = AccountCheck.Owned(account, Programs.RaydiumCpmm);
        if (defect != PoolDefect.None) return defect;
        var pool = account.Data;
        if (!IsPool(pool)) return PoolDefect.WrongLayout;
        if (MintA == MintB || pool[RaydiumCpmmLayout.CreatorFeeOn] > OnTokenB) return PoolDefect.ImpossibleValue;

        defect = ReadFees(pool[RaydiumCpmmLayout.CreatorFeeEnabled] != 0, out var fees);
        if (defect != PoolDefect.None) return defect;
        defect = ReadSide(pool, 0, Vault0Index, MintA, out var a);
        if (defect != PoolDefect.None) return defect;
        defect = ReadSide(pool, 1, Vault1Index, MintB, out var b);
        if (defect != PoolDefect.None) return defect;

        Prepare(pool, fees, a, b);
        var isDisabled = (pool[RaydiumCpmmLayout.Status] & RaydiumCpmmLayout.SwapDisabled) != 0;
        _refusal = isDisabled ? QuoteError.SwapDisabled : QuoteError.None;
        return PoolDefect.None;
    }

    /// <inheritdoc/>
    public override ulong MarkOfNames(ReadOnlySpan<byte> data) => IsPool(data)
        ? AccountBytes.Mark(data, [
            RaydiumCpmmLayout.Config, RaydiumCpmmLayout.Vault0, RaydiumCpmmLayout.Vault1, RaydiumCpmmLayout.Mint0,
            RaydiumCpmmLayout.Mint1, RaydiumCpmmLayout.Program0, RaydiumCpmmLayout.Program1])
        : 0;

    /// <inheritdoc/>
    protected override void Name(PoolAccount pool)
    {
        var data = pool.Data;
        if (AccountCheck.Owned(pool, Programs.RaydiumCpmm) != PoolDefect.None || !IsPool(data)) return;
        MintA = AccountBytes.Key(data, RaydiumCpmmLayout.Mint0);
        MintB = AccountBytes.Key(data, RaydiumCpmmLayout.Mint1);
        Span<Pubkey> keys =
        [
            AccountBytes.Key(data, RaydiumCpmmLayout.Config), AccountBytes.Key(data, RaydiumCpmmLayout.Vault0),
            AccountBytes.Key(data, RaydiumCpmmLayout.Vault1), default, default,
        ];
        var count = MintsIndex - 1;
        if (AccountBytes.Key(data, RaydiumCpmmLayout.Program0) == Programs.Token2022) keys[count++] = MintA;
        if (AccountBytes.Key(data, RaydiumCpmmLayout.Program1) == Programs.Token2022) keys[count++] = MintB;
        NameAccounts(keys[..count]);
    }

    private static bool IsPool(ReadOnlySpan<byte> data) =>
        data.Length == RaydiumCpmmLayout.PoolLength && data.StartsWith(RaydiumCpmmLayout.PoolDiscriminator);

    /// <summary>Without any fee the program divides by zero: no vector tells what then happens.</summary>
    private PoolDefect ReadFees(bool isCreatorEnabled, out RaydiumCpmmFees fees)
    {
        fees = default;
        var account = Account(ConfigIndex);
        var defect = AccountCheck.Owned(account, Programs.RaydiumCpmm);
        if (defect != PoolDefect.None) return defect;
        var config = account.Data;
        var isConfig = config.Length == RaydiumCpmmLayout.ConfigLength
            && config.StartsWith(RaydiumCpmmLayout.ConfigDiscriminator);
        if (!isConfig) return PoolDefect.WrongLayout;
        if (!RaydiumCpmmFees.TryRead(config, isCreatorEnabled, out fees)) return PoolDefect.ImpossibleValue;
        return fees.Trade + fees.Creator == 0 ? PoolDefect.UnprovenRule : PoolDefect.None;
    }

    private PoolDefect ReadSide(ReadOnlySpan<byte> pool, int token, int vaultIndex, Pubkey mint, out TokenSide side)
    {
        side = default;
        var program = AccountBytes.Key(
            pool, token == 0 ? RaydiumCpmmLayout.Program0 : RaydiumCpmmLayout.Program1);
        if (program != Programs.Token && program != Programs.Token2022) return PoolDefect.ImpossibleValue;
        var transferFees = default(TransferFeeSchedule);
        if (program == Programs.Token2022)
        {
            var defectOfMint = TokenMint.Read(AccountOf(mint), out transferFees);
            if (defectOfMint != PoolDefect.None) return defectOfMint;
        }
        var defect = TokenVault.Read(Account(vaultIndex), program, mint, out var vault);
        if (defect != PoolDefect.None) return defect;
        var offset = token * sizeof(ulong);
        var owed = (UInt128)AccountBytes.U64(pool, RaydiumCpmmLayout.ProtocolOwed + offset)
            + AccountBytes.U64(pool, RaydiumCpmmLayout.FundOwed + offset)
            + AccountBytes.U64(pool, RaydiumCpmmLayout.CreatorOwed + offset);
        if (owed >= vault.Amount) return PoolDefect.ImpossibleValue;
        side = new TokenSide(vault, vault.Amount - (ulong)owed, transferFees);
        return PoolDefect.None;
    }

    private PoolAccount AccountOf(Pubkey mint) =>
        Account(MintsIndex).Key == mint ? Account(MintsIndex) : Account(MintsIndex + 1);

    private void Prepare(ReadOnlySpan<byte> pool, RaydiumCpmmFees fees, in TokenSide a, in TokenSide b)
    {
        var creatorFeeOn = pool[RaydiumCpmmLayout.CreatorFeeOn];
        _openTime = (long)Math.Min(AccountBytes.U64(pool, RaydiumCpmmLayout.OpenTime), long.MaxValue);
        _aIn = Side(fees, creatorFeeOn is OnInput or OnTokenA, a, b);
        _bIn = Side(fees, creatorFeeOn is OnInput or OnTokenB, b, a);
        _state = new RaydiumCpmmState
        {
            Fees = fees,
            HasTransferFee = a.TransferFees.HasFee || b.TransferFees.HasFee,
            TransferFeeA = a.TransferFees,
            TransferFeeB = b.TransferFees,
            WithheldOffsetA = a.Vault.WithheldOffset,
            WithheldOffsetB = b.Vault.WithheldOffset,
        };
    }

    private static RaydiumCpmmSide Side(
        RaydiumCpmmFees fees, bool isCreatorFeeOnInput, in TokenSide input, in TokenSide output) => new(
        input.Reserve, output.Reserve, ulong.MaxValue - input.Vault.Amount, ulong.MaxValue - input.Vault.Withheld,
        isCreatorFeeOnInput ? fees.Trade + fees.Creator : fees.Trade, isCreatorFeeOnInput ? 0 : fees.Creator);

    /// <summary>One token of the pool.</summary>
    private readonly record struct TokenSide(TokenVault Vault, ulong Reserve, TransferFeeSchedule TransferFees);
}
