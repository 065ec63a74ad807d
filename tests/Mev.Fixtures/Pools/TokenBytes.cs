using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Mev.Domain.Chain;
using Mev.Domain.Pools.Tokens;

namespace Mev.Fixtures.Pools;

/// <summary>Token accounts and mints as bytes.</summary>
public static class TokenBytes
{
    /// <summary>An address that is derived from a name.</summary>
    public static Pubkey Key(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    public static AccountWrite Write(Pubkey key, Pubkey owner, byte[] data, ulong version = 1) => new()
    {
        Key = key,
        Owner = owner,
        Lamports = 1,
        Slot = new Slot(1),
        WriteVersion = version,
        Data = data,
    };

    /// <summary>A token account; one of Token-2022 has room for withheld fees.</summary>
    public static byte[] Vault(Pubkey mint, ulong amount, bool isToken2022 = false)
    {
        var data = new byte[isToken2022 ? 178 : TokenLayout.AccountLength];
        mint.CopyTo(data.AsSpan(TokenLayout.AccountMint));
        Set(data, TokenLayout.AccountAmount, amount);
        data[TokenLayout.AccountState] = TokenLayout.Initialised;
        if (!isToken2022) return data;
        data[TokenLayout.ExtendedType] = TokenLayout.ExtendedAccount;
        Extension(data, TokenLayout.Extensions, TokenExtensionType.TransferFeeAmount, sizeof(ulong));
        return data;
    }

    /// <summary>A Token-2022 mint with one extension of that many zero bytes.</summary>
    public static byte[] Mint(TokenExtensionType type, int length)
    {
        var data = new byte[TokenLayout.Extensions + 4 + length];
        data[TokenLayout.MintIsInitialised] = 1;
        data[TokenLayout.ExtendedType] = TokenLayout.ExtendedMint;
        Extension(data, TokenLayout.Extensions, type, length);
        return data;
    }

    /// <summary>A Token-2022 mint with transfer fees.</summary>
    public static byte[] Mint(TransferFeeSchedule fees)
    {
        var data = Mint(TokenExtensionType.TransferFeeConfig, TokenLayout.TransferFeeLength);
        var value = data.AsSpan(TokenLayout.Extensions + 4);
        Fee(value[TokenLayout.OlderFee..], fees.Older);
        Fee(value[TokenLayout.NewerFee..], fees.Newer);
        Set(value, TokenLayout.NewerFee, fees.NewerEpoch);
        return data;
    }

    public static void Set(Span<byte> data, int offset, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(data[offset..], value);

    public static ulong Get(ReadOnlySpan<byte> data, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(data[offset..]);

    private static void Fee(Span<byte> data, TransferFee fee)
    {
        Set(data, TokenLayout.FeeMaximum, fee.Maximum);
        BinaryPrimitives.WriteUInt16LittleEndian(data[TokenLayout.FeeBasisPoints..], fee.BasisPoints);
    }

    private static void Extension(Span<byte> data, int offset, TokenExtensionType type, int length)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(data[offset..], (ushort)type);
        BinaryPrimitives.WriteUInt16LittleEndian(data[(offset + 2)..], (ushort)length);
    }
}
