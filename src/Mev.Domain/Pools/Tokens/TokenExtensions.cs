namespace Mev.Domain.Pools.Tokens;

/// <summary>Walks the extensions of a Token-2022 account or mint in place. Never reads past the end.</summary>
public ref struct TokenExtensions(ReadOnlySpan<byte> data)
{
    private const int HeaderLength = 4;

    private readonly ReadOnlySpan<byte> _data = data;
    private int _next = TokenLayout.Extensions;

    /// <summary>The extension stood upon.</summary>
    public TokenExtensionType Type { get; private set; }

    /// <summary>Offset of its value in the account's data.</summary>
    public int Offset { get; private set; }

    /// <summary>Bytes of its value.</summary>
    public int Length { get; private set; }

    /// <summary>An extension says that it is longer than the account: the list cannot be trusted.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>Steps to the next extension; false at the end or at a torn one.</summary>
    public bool MoveNext()
    {
        if (IsTorn || _next + HeaderLength > _data.Length) return false;
        Type = (TokenExtensionType)AccountBytes.U16(_data, _next);
        if (Type == TokenExtensionType.None) return false;
        Length = AccountBytes.U16(_data, _next + 2);
        Offset = _next + HeaderLength;
        _next = Offset + Length;
        IsTorn = _next > _data.Length;
        return !IsTorn;
    }
}
