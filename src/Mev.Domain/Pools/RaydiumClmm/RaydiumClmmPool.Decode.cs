using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Domain.Pools.RaydiumClmm;

/// <content>Decoding of the accounts, and the ticks of a swap that was executed.</content>
public sealed partial class RaydiumClmmPool
{
    /// <inheritdoc/>
    public override bool Take(in AccountWrite write)
    {
        var place = _accounts.PlaceOf(write.Key);
        if (place < 0 && !_accounts.TryAdd(write, out place)) return false;
        _accounts[place].Set(write);
        if (place == 0) _accounts.NameParts();
        if (place == 0 || _accounts.TakesOther(place)) _isPoolNew = true;
        // Before the pool account came there is no spacing: it decodes the arrays with it then.
        else _areTicksNew |= _accounts.TryDecodeArray(place, _state.Spacing);
        return true;
    }

    /// <inheritdoc/>
    public override ulong MarkOfNames(ReadOnlySpan<byte> data) => RaydiumClmmLayout.IsPool(data)
        ? AccountBytes.Mark(data, [RaydiumClmmLayout.Config, RaydiumClmmLayout.Mint0, RaydiumClmmLayout.Mint1])
        : 0;

    /// <inheritdoc/>
    public override void Settle()
    {
        if (!_isPoolNew && !_areTicksNew) return;
        if (_isPoolNew) _accountsDefect = ReadAccounts();
        _isPoolNew = false;
        Defect = _accountsDefect;
        if (Defect != PoolDefect.None) return;
        if (_areTicksNew) _arraysDefect = _accounts.Prepare(_state.Bitmap, _state.Span, out _state.Ticks);
        Defect = _arraysDefect;
        if (Defect == PoolDefect.None)
        {
            _state.Locate(_accounts, _areTicksNew);
            if (_state.Up.Defect != PoolDefect.None) Defect = _state.Down.Defect; // none when one direction is open
        }
        _areTicksNew = false;
    }

    private PoolDefect ReadAccounts()
    {
        var (spacing, bitmap) = (_state.Spacing, _state.Bitmap);
        var defect = _state.DecodePool(_accounts.Pool);
        (MintA, MintB) = (_state.MintA, _state.MintB);
        if (spacing != _state.Spacing && _state.Spacing != 0)
        {
            _accounts.DecodeArrays(_state.Spacing);
            _areTicksNew = true;
        }
        if (defect != PoolDefect.None) return defect;
        defect = _state.DecodeConfig(_accounts.Config);
        if (defect != PoolDefect.None) return defect;
        defect = FeelessMint.Check(_accounts.MintA, _accounts.Pool, SplTokenUntil);
        if (defect != PoolDefect.None) return defect;
        defect = FeelessMint.Check(_accounts.MintB, _accounts.Pool, SplTokenUntil);
        if (defect != PoolDefect.None) return defect;
        defect = _state.DecodeBitmaps(_accounts.Pool, _accounts.Extension);
        _areTicksNew |= !ReferenceEquals(bitmap, _state.Bitmap);
        return defect;
    }

    // Walks the swap again and turns over the growths outside of each tick that it crosses.
    private void TurnTicksOver(
        SwapDirection direction, TokenAmount amountIn, in ChainClock clock, ulong writeVersion)
    {
        var crossings = RaydiumClmmQuoting.Crossings(in _state, direction, amountIn.Units);
        for (var i = 0; i < crossings.Count;)
        {
            var number = _state.NumberOf(crossings[i].Tick);
            var start = number * _state.Span;
            var account = _accounts.EditArray(start, out var data);
            for (; i < crossings.Count && _state.NumberOf(crossings[i].Tick) == number; i++)
            {
                var place = (crossings[i].Tick - start) / _state.Spacing;
                var tick = data.Slice(
                    RaydiumClmmLayout.ArrayTicks + place * RaydiumClmmLayout.TickLength, RaydiumClmmLayout.TickLength);
                RaydiumClmmExecution.TurnTickOver(tick, _accounts.Pool.Data, direction, crossings[i].FeeGrowth);
            }
            AccountBytes.Set(data, RaydiumClmmLayout.ArrayEpoch, clock.Epoch);
            account.Stamp(clock.Slot, writeVersion++);
        }
    }
}
