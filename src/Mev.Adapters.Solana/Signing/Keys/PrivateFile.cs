using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Mev.Adapters.Solana.Signing.Keys;

/// <summary>
/// A small file of ours alone. What is asked about it is asked of the open file, so nothing can be put in its place
/// between question and answer. Owners are known on Linux only; elsewhere no file is taken.
/// </summary>
public static class PrivateFile
{
    /// <summary>Bytes of a key file at most.</summary>
    public const int LengthMax = 4_096;

    private const int StatusLength = 256; // struct statx, the same on every architecture
    private const int UserOffset = 20;
    private const int ModeOffset = 28;
    private const int KindMask = 0xF000;
    private const int PlainFile = 0x8000;
    private const int OthersMask = 0x3F; // all of group and world
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH: the open file itself
    private const uint BasicStatus = 0x7FF;

    /// <summary>The whole file, in bytes for the caller to wipe; none, and why, when it is not taken.</summary>
    public static byte[]? Read(string path, out KeyFileDefect defect)
    {
        try
        {
            using var file = File.OpenHandle(path);
            defect = Check(file);
            return defect == KeyFileDefect.None ? Read(file, out defect) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            defect = Directory.Exists(path) ? KeyFileDefect.NotAFile : KeyFileDefect.Missing;
            return null;
        }
    }

    /// <summary>A new file that its owner alone may read and write.</summary>
    /// <exception cref="IOException">It exists, or cannot be written.</exception>
    public static void Create(string path, ReadOnlySpan<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    private static KeyFileDefect Check(SafeFileHandle file)
    {
        var status = new byte[StatusLength];
        if (!OperatingSystem.IsLinux() || Status(file, [0], EmptyPath, BasicStatus, status) != 0)
            return KeyFileDefect.Owner;
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(ModeOffset));
        if ((mode & KindMask) != PlainFile) return KeyFileDefect.NotAFile;
        if ((mode & OthersMask) != 0) return KeyFileDefect.Permissions;
        var user = BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(UserOffset));
        return user == EffectiveUser() ? KeyFileDefect.None : KeyFileDefect.Owner;
    }

    private static byte[]? Read(SafeFileHandle file, out KeyFileDefect defect)
    {
        defect = KeyFileDefect.Form;
        var length = RandomAccess.GetLength(file);
        if (length is 0 or > LengthMax) return null;
        var bytes = KeyFile.SecretBytes((int)length);
        if (RandomAccess.Read(file, bytes, fileOffset: 0) == length)
        {
            defect = KeyFileDefect.None;
            return bytes;
        }
        CryptographicOperations.ZeroMemory(bytes);
        return null;
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Status(SafeFileHandle file, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();
}
