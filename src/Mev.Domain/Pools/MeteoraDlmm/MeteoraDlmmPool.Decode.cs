using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.MeteoraDlmm;

/// <content>Decoding of the accounts.</content>
public sealed partial class MeteoraDlmmPool
{
    private PoolDefect _pairDefect = PoolDefect.AccountMissing;
    private PoolDefect _mintsDefect;
    private bool _isPairNew; // its account, or a mint's
    private bool _arePartsNew;
    private bool _isX2022; // the mint is of Token-2022
    private bool _isY2022;

    /// <inheritdoc/>
    public override bool Take(in AccountWrite write)
    {
        var place = _accounts.PlaceOf(write.Key);
        if (place < 0 && !_accounts.TryAdd(write, out place)) return false;
        _accounts[place].Set(write);
        if (place == 0) _accounts.NameMints();
        if (place == 0 || _accounts.TakesMint(place))
        {
            _isPairNew = true;
        }
        else
        {
            // Before the pair account came there is no step: it decodes the arrays with it then.
            _accounts.DecodePart(place, BinStep);
            _arePartsNew = true;
        }
        return true;
    }

    /// <inheritdoc/>
    public override ulong MarkOfNames(ReadOnlySpan<byte> data)
    {
        if (!MeteoraDlmmLayout.IsPair(data)) return 0;
        var mark = AccountBytes.Mark(data, [MeteoraDlmmLayout.MintX, MeteoraDlmmLayout.MintY]);
        // Which mints are of Token-2022, and so named, is mixed in; may wrap.
        var programs = data[MeteoraDlmmLayout.ProgramX] + 256UL * data[MeteoraDlmmLayout.ProgramY];
        return unchecked(mark + programs * 0x9E3779B97F4A7C15UL) | 1;
    }

    /// <inheritdoc/>
    public override void Settle()
    {
        if (!_isPairNew && !_arePartsNew) return;
        if (_isPairNew) ReadPair();
        (_isPairNew, _arePartsNew) = (false, false);
        Defect = _pairDefect != PoolDefect.None ? _pairDefect
            : _mintsDefect != PoolDefect.None ? _mintsDefect : _accounts.Defect;
        if (Defect != PoolDefect.None) return;
        FillWindow(ref _state.Down, isDown: true);
        FillWindow(ref _state.Up, isDown: false);
    }

    private void ReadPair()
    {
        (_isX2022, _isY2022, _mintsDefect) = (false, false, PoolDefect.None);
        _pairDefect = AccountCheck.Owned(_accounts.Pair, Programs.MeteoraDlmm);
        if (_pairDefect != PoolDefect.None) return;
        var pair = _accounts.Pair.Data;
        _pairDefect = MeteoraDlmmLayout.IsPair(pair) ? PoolDefect.None : PoolDefect.WrongLayout;
        if (_pairDefect != PoolDefect.None) return;
        MintA = AccountBytes.Key(pair, MeteoraDlmmLayout.MintX);
        MintB = AccountBytes.Key(pair, MeteoraDlmmLayout.MintY);
        var step = BinStep;
        _pairDefect = _state.DecodePair(pair);
        if (MintA == MintB) _pairDefect = PoolDefect.ImpossibleValue;
        if (step != BinStep) _accounts.DecodeParts(BinStep);
        if (_pairDefect == PoolDefect.None) _mintsDefect = ReadMints(pair);
    }

    private PoolDefect ReadMints(ReadOnlySpan<byte> pair)
    {
        (_state.TransferFeeX, _state.TransferFeeY) = (default, default);
        _isX2022 = pair[MeteoraDlmmLayout.ProgramX] != 0;
        _isY2022 = pair[MeteoraDlmmLayout.ProgramY] != 0;
        var defect = _isX2022 ? TokenMint.Read(_accounts.MintX!, out _state.TransferFeeX) : PoolDefect.None;
        if (defect != PoolDefect.None || !_isY2022) return defect;
        return TokenMint.Read(_accounts.MintY!, out _state.TransferFeeY);
    }

    private void FillWindow(ref BinWindow window, bool isDown)
    {
        window.Cut(0);
        var from = _state.ActiveArray;
        while (BinArrayBitmap.TryFind(_accounts.Pair.Data, from, isDown, out var index))
        {
            if (window.Count == ArraysPerSwap)
            {
                window.End = QuoteError.BinArrayNotPassed;
                return;
            }
            var place = _accounts.PlaceOfArray(index);
            window.Add(index, place, place < 0 ? [] : _accounts.PricesAt(place));
            from = index + (isDown ? -1 : 1);
        }
        // Where the bitmap extension exists the program goes on with it.
        window.End = _accounts.Extension is null ? QuoteError.BitmapExtensionMissing : QuoteError.NotQuotable;
    }

    // The same for an instruction that passes these arrays only.
    private void FillWindow(ref BinWindow window, bool isDown, ReadOnlySpan<Pubkey> arrays)
    {
        FillWindow(ref window, isDown);
        for (var i = 0; i < window.Count; i++)
        {
            var place = window[i].Account;
            if (place >= 0 && arrays.Contains(_accounts[place].Key)) continue;
            window.Cut(i);
            window.End = QuoteError.BinArrayNotPassed;
            return;
        }
    }
}
