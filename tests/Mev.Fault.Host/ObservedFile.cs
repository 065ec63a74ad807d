namespace Mev.Fault.Host;

/// <summary>
/// Lines appended to a file, each handed to the operating system before the call returns, so that it outlives a kill.
/// A kill may cut the write itself where a page ends: such a line was never told, so the next run takes it away before
/// it writes behind it, as a reader leaves it out at the end.
/// </summary>
internal sealed class ObservedFile : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _stream;

    public ObservedFile(string path)
    {
        if (File.Exists(path)) CutTornLine(path);
        _stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    }

    public void Add(string line)
    {
        lock (_gate) _stream.Write(System.Text.Encoding.ASCII.GetBytes(line + "\n"));
    }

    public void Dispose() => _stream.Dispose();

    private static void CutTornLine(string path)
    {
        var whole = File.ReadAllBytes(path).AsSpan().LastIndexOf((byte)'\n') + 1;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.SetLength(whole);
    }
}
