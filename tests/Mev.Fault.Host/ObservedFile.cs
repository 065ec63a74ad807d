namespace Mev.Fault.Host;

/// <summary>
/// Lines appended to a file, each handed to the operating system before the call returns, so that it outlives a kill.
/// </summary>
internal sealed class ObservedFile(string path) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _stream = new(
        path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Add(string line)
    {
        lock (_gate) _stream.Write(System.Text.Encoding.ASCII.GetBytes(line + "\n"));
    }

    public void Dispose() => _stream.Dispose();
}
