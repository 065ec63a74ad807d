namespace Mev.Integration.Tests;

/// <summary>One host for the tests that only look: a generated market taken to its end, then serving.</summary>
public sealed class RunningHost : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("running-host-");
    private HostProcess? _host;

    internal HostProcess Host => _host ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync() =>
        _host = await HostProcess.Start(_folder.FullName, HostProcess.Generator(400));

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
