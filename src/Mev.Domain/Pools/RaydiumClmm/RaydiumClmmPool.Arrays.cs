using System.Buffers.Binary;
using System.Collections.Immutable;
using Mev.Domain.Chain;

namespace Mev.Domain.Pools.RaydiumClmm;

/// <content>Which tick arrays a swap comes to.</content>
public sealed partial class RaydiumClmmPool
{
    /// <summary>The address of a pool's tick array by its start (public source of the program).</summary>
    public static Pubkey ArrayAddress(Pubkey pool, int start)
    {
        var number = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, start);
        return ProgramAddress.Find(Programs.RaydiumClmm, "tick_array"u8.ToArray(), pool.ToArray(), number).Address;
    }

    /// <summary>
    /// Start of the nearest array with ticks that the price gets to when it moves against a swap, by the bytes of the
    /// pool account; null where the pool's own bitmap names none.
    /// </summary>
    public static int? ArrayBehind(ReadOnlySpan<byte> pool, SwapDirection direction)
    {
        var span = RaydiumClmmLayout.TicksPerArray * AccountBytes.U16(pool, RaydiumClmmLayout.Spacing);
        var tick = RaydiumClmmLayout.ReadInt32(pool, RaydiumClmmLayout.Tick);
        var current = (tick - (tick % span + span) % span) / span;
        var bitmap = RaydiumClmmBitmap.Read(pool, [], RaydiumClmmBitmap.Empty);
        var behind = direction == SwapDirection.AToB
            ? bitmap.Next(current + 1, isDown: false)
            : bitmap.Next(current - 1, isDown: true);
        return behind == RaydiumClmmBitmap.None ? null : behind * span;
    }

    /// <summary>
    /// The tick arrays that the program asks for while it swaps that input, in its order: the first one with ticks from
    /// the price on, and each that holds a tick that the swap heads for, reached or not. Empty for a swap that is
    /// refused.
    /// </summary>
    public ImmutableArray<Pubkey> ArraysOf(SwapDirection direction, TokenAmount amountIn, in ChainClock clock)
    {
        var swap = Swap(direction, amountIn, isExactIn: true, clock);
        if (swap.Error != QuoteError.None) return [];
        var isDown = direction == SwapDirection.AToB;
        var (last, arrays) = (_state.Bitmap.Next(_state.Current, isDown), ImmutableArray.CreateBuilder<Pubkey>());
        Add(last);
        var isEnd = false;
        for (var position = _state.Position; !isEnd; position += isDown ? -1 : 1)
        {
            var place = isDown ? position - 1 : position;
            if (place < 0 || place >= _state.Ticks.Length) break;
            ref readonly var tick = ref _state.Ticks[place];
            var number = _state.NumberOf(tick.Index);
            if (number != last) Add(last = number);
            isEnd = isDown ? tick.SqrtPrice <= swap.SqrtPrice : tick.SqrtPrice >= swap.SqrtPrice;
        }
        return arrays.ToImmutable();

        void Add(int number)
        {
            var place = _accounts.PlaceOfArray(number * _state.Span);
            if (place > 0) arrays.Add(_accounts[place].Key);
        }
    }
}
